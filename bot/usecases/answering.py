"""A vote in a poll: graded, recorded once, and answered with the explanation."""

from dataclasses import dataclass

from bot.context import Services
from bot.usecases.giving import post_facts
from bot.usecases.recording import Asked, Response, given_answer
from bot.usecases.visiting import Visit, Visitor, receive
from bot.views import texts
from bot.views.buttons import what_next
from bot.views.case import Place, next_question
from bot.views.chats.buttons import QuestionRef
from bot.views.explanation import Answered, after_case, after_question
from bot.views.flags import flag_row
from bot.views.messages import Keyboard, pages
from content.grading import Grade, Verdict
from content.snapshot import Snapshot
from storage.facts import AnswerGiven, AnswerParked, AnswerWithdrawn, Fact
from storage.outcome import NOTHING, Outcome, OwedCall
from storage.polls import KnownPoll, Tally


@dataclass(frozen=True, slots=True)
class Vote:
    """A person's vote; ``option_ids`` are places in the poll as sent, none if taken back.

    ``received_at`` is UTC milliseconds; ``fresh``: the vote did not wait in a backlog.
    """

    update_id: int
    poll_id: str
    visitor: Visitor
    option_ids: tuple[int, ...]
    received_at: int
    fresh: bool


async def answer(services: Services, vote: Vote) -> Outcome:
    """Record a vote, or park it while its poll is not known."""
    known = await services.store.polls.known(vote.poll_id)
    if known is not None:
        return await record(services, vote, known)
    if not vote.option_ids:
        return NOTHING
    parked = AnswerParked(
        vote.update_id,
        vote.poll_id,
        vote.visitor.person_id,
        vote.visitor.language_code,
        vote.option_ids,
        vote.received_at,
        vote.fresh,
    )
    return Outcome((parked,))


async def record(services: Services, vote: Vote, poll: KnownPoll) -> Outcome:
    """Grade and record a vote in a known poll; only the first answer counts.

    In a private chat the explanation follows. In a group it would spoil the case for others: there
    it waits behind a button.
    """
    visit = await receive(services, vote.visitor)
    asked = poll.question
    in_group = asked.chat_id is not None and asked.chat_id < 0
    answered = asked.post_id is not None and await services.store.polls.has_answered(
        visit.person_id, asked.post_id, asked.position
    )
    if not vote.option_ids:
        return _withdrawn(visit, poll, vote, in_group=in_group) if answered else NOTHING
    if answered:
        again = texts.already_answered(visit.person_id, visit.words)
        return NOTHING if in_group else Outcome((visit.met,), (again,))
    snapshot = Snapshot.from_json(asked.snapshot)
    question = Asked(snapshot.case, asked.position, asked.post_id)
    response = Response(vote.option_ids, vote.received_at, _time_taken(vote, poll))
    given = await given_answer(services, visit.person_id, question, response)
    if in_group:
        return Outcome((given,))
    tally = _with(await services.store.polls.tally(given.revision), given)
    graded = Grade(Verdict(given.verdict), given.score)
    shown = Answered(snapshot.case, question.question, given.choices, graded)
    facts, calls = _follow_up(services, visit, poll, shown, tally)
    return Outcome((visit.met, given, *facts), tuple(calls))


def _follow_up(
    services: Services, visit: Visit, poll: KnownPoll, shown: Answered, tally: Tally
) -> tuple[tuple[Fact, ...], list[OwedCall]]:
    """The explanation, which always goes to the person alone, and the next question if any."""
    position, person_id = poll.question.position, visit.person_id
    post_id = poll.question.post_id
    flag: Keyboard = ()
    if post_id is not None:
        flag = flag_row(QuestionRef(post_id, position), services.settings.admins, visit.words)
    reply_to = poll.message_id if poll.question.chat_id == person_id else None
    if position + 1 == len(shown.case.questions):
        parts = after_case(shown, tally, visit.words)
        return (), pages(person_id, parts, (*what_next(visit.words), *flag), reply_to)
    parts = after_question(shown, visit.words)
    facts: tuple[Fact, ...] = ()
    if post_id is None:
        # It is not known which of several posts this was: the rest of the case is a new one.
        snapshot = Snapshot.from_json(poll.question.snapshot)
        facts, post_id = post_facts(services, snapshot, person_id)
    calls = pages(person_id, parts, flag, reply_to)
    return facts, [*calls, *next_question(shown.case, position + 1, Place(post_id, person_id))]


def _withdrawn(visit: Visit, poll: KnownPoll, vote: Vote, *, in_group: bool) -> Outcome:
    asked = poll.question
    if asked.post_id is None:
        return NOTHING
    fact = AnswerWithdrawn(visit.person_id, asked.post_id, asked.position, vote.received_at)
    if in_group:
        return Outcome((fact,))
    return Outcome((visit.met, fact), (texts.answer_stands(visit.person_id, visit.words),))


def _time_taken(vote: Vote, poll: KnownPoll) -> int | None:
    """Milliseconds from sending to receipt; a vote itself carries no date."""
    if poll.sent_at is None or not vote.fresh:
        return None
    return max(0, vote.received_at - poll.sent_at)


def _with(tally: Tally, given: AnswerGiven) -> Tally:
    """The tally with this answer in it, as it will be once committed."""
    if not given.first:
        return tally
    choices = dict(tally.choices)
    for place in given.choices:
        choices[place] = choices.get(place, 0) + 1
    return Tally(tally.answers + 1, choices)
