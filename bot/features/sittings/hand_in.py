"""A sitting ends: what stands in it is answered, once, and what it came to is told."""

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.cases.record_answer import Asked, Response, graded_answer
from bot.features.shared.visitors import words_of
from bot.features.sittings import score_view
from bot.features.sittings import sitting_replies_view as replies
from bot.features.sittings.exam import taken_away
from bot.features.sittings.plan import Mode, minutes_left
from bot.features.sittings.sitting_replies_view import Standing
from bot.services import Services
from content.snapshot import Snapshot
from storage.facts import AnswerGiven
from storage.outcome import Outcome
from storage.sitting_facts import HandInWarned, ScreenTakenAway, SittingHandedIn
from storage.sittings import Sitting, SittingItem


async def hand_in(
    services: Services,
    sitting: Sitting,
    items: Sequence[SittingItem],
    words: Words,
    beside: Collection[int] = (),
) -> Outcome:
    """Answers, score and results in one; ``beside``: messages that go with those of an exam."""
    answers = await _answers(services, sitting, items)
    given = {(answer.post_id, answer.position): answer for answer in answers}
    final = [
        replace(item, answer=answer.choices, score=answer.score)
        if (answer := given.get((item.post_id, item.position)))
        else item
        for item in items
    ]
    counting = [item for item in final if _counts(item, sitting)]
    score, now = sum(item.score or 0 for item in counting), services.clock.now()
    over = SittingHandedIn(sitting.id, now, score)
    in_time = sitting.deadline is None or now < sitting.deadline
    told = score_view.results(sitting, counting, words, in_time=in_time)
    gone = await taken_away(services, sitting, beside)
    return Outcome((*answers, over, ScreenTakenAway(sitting.id)), (told, *gone))


def is_late(services: Services, sitting: Sitting) -> bool:
    """Whether somebody who does something now does it too late.

    What waited in a backlog may have come in time, and nothing is handed in before it counts.
    """
    due = sitting.deadline
    return due is not None and services.arrival.fresh and services.clock.now() >= due


def _counts(item: SittingItem, sitting: Sitting) -> bool:
    """Whether a question counts that was not answered: in an exam, unless it could not be asked."""
    return item.answer is not None or (sitting.mode == Mode.EXAM and not item.refused)


async def _answers(
    services: Services, sitting: Sitting, items: Sequence[SittingItem]
) -> list[AnswerGiven]:
    """What stands, graded; of equal wordings the first counts as a first answer."""
    drafted = [(_asked(item), item.draft) for item in items if item.draft is not None]
    wanted = {(sitting.person_id, asked.revision) for asked, _ in drafted}
    past = await services.store.votes.past(wanted)
    known = {revision for _, revision in past.answered}
    now, answers = services.clock.now(), []
    for asked, draft in drafted:
        response = Response(draft, now, None)
        # Another wording of what they have met is a repeat.
        first = asked.revision not in known and asked.snapshot.variant is None
        answers.append(graded_answer(sitting.person_id, asked, response, first=first))
        known.add(asked.revision)
    return answers


def _asked(item: SittingItem) -> Asked:
    return Asked(Snapshot.from_json(item.snapshot), item.position, item.post_id)


async def time_up(services: Services, sitting: Sitting) -> Outcome:
    """The deadline of an exam has passed."""
    items = await services.store.sittings.items(sitting.id)
    words = await words_of(services, sitting.person_id)
    return await hand_in(services, sitting, items, words)


async def warn(services: Services, sitting: Sitting) -> Outcome:
    """The deadline of an exam is near."""
    items = await services.store.sittings.items(sitting.id)
    words = await words_of(services, sitting.person_id)
    left = minutes_left(sitting.deadline or 0, services.clock.now())
    done = sum(item.draft is not None for item in items)
    told = replies.time_runs_out(
        sitting.person_id, sitting, Standing(done, len(items), left), words
    )
    return Outcome((HandInWarned(sitting.id),), (told,) if left else ())
