"""A press on a number is a vote: it stands until another, and can be changed until closing.

A late one is "Closed" however long it waited before it came here. Telegram gives presses no time,
but hands them over in the order in which they were made, the presenter's among them, and
``intake.rounds`` keeps that order: what is looked at after the closing was pressed after it, and
what was pressed before counts though it waited in a backlog. Of a second vote it is likewise known
that it was pressed after the first was closed, also under buttons that came with the first.

To a webhook Telegram posts what different people did at once: there that holds of what waits here
together. What could not be posted it tries again, for each person by a delay of their own that
doubles up to two minutes, and it tells how much is pending, not of whom. To hear an earlier vote
first, a closing would have to wait that long, and a room does not.
"""

from bot.features.live import vote_view as views
from bot.features.live.phone_buttons import PhonePress
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit
from bot.services import Services
from content.grading import needs_multiple
from content.snapshot import Snapshot
from storage.live_facts import VoteCast
from storage.live_rounds import CLOSED, OPEN, REVEALED, LiveRound
from storage.outcome import Outcome


async def vote(services: Services, visit: Visit, pressed: PhonePress) -> Outcome:
    """What was chosen stands, and its person is told so; or why it cannot be chosen."""
    words, rounds = visit.words, services.store.live_rounds
    live = await rounds.get(pressed.round_id)
    if live is None:
        return Outcome(toast=old_button(words))
    if not await rounds.takes_part(live.id, visit.person_id):
        # Somebody who blocked the bot would hear nothing more: they are not met by this.
        refusal = views.round_over if live.is_over else views.not_joined
        return Outcome(toast=refusal(words))
    came = () if visit.known else (visit.met,)
    return Outcome(came) + await _by_somebody_in_it(services, visit, live, pressed)


async def _by_somebody_in_it(
    services: Services, visit: Visit, live: LiveRound, pressed: PhonePress
) -> Outcome:
    words, choice = visit.words, pressed.choice
    questions = Snapshot.from_json(live.content).case.questions
    if pressed.position >= len(questions):
        return Outcome(toast=old_button(words))
    question, order = questions[pressed.position], live.choice_orders[pressed.position]
    if choice is None or choice >= len(question.choices):
        return Outcome(toast=old_button(words))
    if live.is_over:
        return Outcome(toast=views.round_over(words))
    if pressed.position != live.position:
        earlier = pressed.position < live.position
        return Outcome(toast=views.question_over(words) if earlier else views.not_open(words))
    cast = await services.store.live_votes.of_person(live.id, live.position, visit.person_id)
    stood = cast.get(live.ballot, ())
    if live.state != OPEN:
        stands = stood or cast.get(1, ())
        late = live.state in {CLOSED, REVEALED}
        return Outcome(
            toast=views.closed(question, order, stands, words) if late else views.not_open(words)
        )
    chosen: tuple[int, ...] = (choice,)
    if needs_multiple(question):
        chosen = tuple(sorted({*stood} ^ {choice}))
    at = services.clock.now()
    fact = VoteCast(live.id, live.position, live.ballot, visit.person_id, chosen, at)
    return Outcome((fact,), toast=views.stands(question, order, chosen, words))
