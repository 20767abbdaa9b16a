"""A sitting ends: what stands in it is answered, once, and what it came to is told."""

from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.cases.record_answer import PostedQuestion, Response, graded_answer
from bot.features.shared.visitors import words_of, zone_of
from bot.features.sittings import score_view
from bot.features.sittings import sitting_replies_view as replies
from bot.features.sittings.exam import taken_away
from bot.features.sittings.plan import Mode, minutes_left
from bot.features.sittings.sitting_replies_view import SittingProgress
from bot.services import Services
from content.snapshot import Snapshot
from storage.facts import AnswerGiven, Fact
from storage.outcome import Outcome, OwedCall
from storage.sitting_facts import HandInWarned, ScreenTakenAway, SittingHandedIn, SittingSealed
from storage.sittings import Sitting, SittingItem

ANYWHERE = "UTC"


async def hand_in(
    services: Services,
    sitting: Sitting,
    items: Sequence[SittingItem],
    words: Words,
    beside: Collection[int] = (),
) -> Outcome:
    """Answers, score and results in one; ``beside``: messages that go with those of an exam.

    Of an exam that is explained later nothing is answered yet, so that nothing tells how it went.
    """
    now = services.clock.now()
    in_time = sitting.deadline is None or now < sitting.deadline
    if sitting.sealed_until is not None and now < sitting.sealed_until:
        gone = await taken_away(services, sitting, beside)
        sealed = await _sealed(services, sitting, words, in_time=in_time)
        facts = (SittingSealed(sitting.id, now), ScreenTakenAway(sitting.id))
        return Outcome(facts, (sealed, *gone))
    graded = await grade_all(services, sitting, items)
    told = score_view.results(sitting, graded.counting, words, in_time=in_time)
    gone = await taken_away(services, sitting, beside)
    return Outcome((*graded.facts, ScreenTakenAway(sitting.id)), (told, *gone))


class Graded(Struct, frozen=True):
    """What a sitting came to: the facts that keep it, and its questions that count."""

    facts: tuple[Fact, ...]
    counting: list[SittingItem]


async def grade_all(services: Services, sitting: Sitting, items: Sequence[SittingItem]) -> Graded:
    """Answer what stands, and count."""
    answers = await _answers(services, sitting, items)
    given = {(answer.post_id, answer.position): answer for answer in answers}
    final = [
        replace(item, answer=answer.choices, score=answer.score)
        if (answer := given.get((item.post_id, item.position)))
        else item
        for item in items
    ]
    counting = that_count(sitting, final)
    score = sum(item.score or 0 for item in counting)
    over = SittingHandedIn(sitting.id, services.clock.now(), score)
    return Graded((*answers, over), counting)


def that_count(sitting: Sitting, items: Sequence[SittingItem]) -> list[SittingItem]:
    """The questions that count: in an exam also those that were not answered."""
    return [
        item
        for item in items
        if not item.dropped
        and (item.answer is not None or (sitting.mode == Mode.EXAM and item.counts))
    ]


async def explain_sealed(services: Services, sitting: Sitting) -> Outcome:
    """An exam that was handed in some time ago is explained now."""
    items = await services.store.sittings.items(sitting.id)
    words = await words_of(services, sitting.person_id)
    graded = await grade_all(services, sitting, items)
    told = score_view.results(sitting, graded.counting, words, later=True)
    return Outcome(graded.facts, (replace(told, broadcast=True),))


async def look_again(services: Services, sitting: Sitting, words: Words) -> Outcome:
    """What a sitting that is over came to; of an exam that is explained later, when that is."""
    if sitting.score is None and sitting.state == "handed_in":
        return Outcome(owed=(await _sealed(services, sitting, words),))
    items = await services.store.sittings.items(sitting.id)
    told = score_view.results(sitting, that_count(sitting, items), words)
    return Outcome(owed=(told,))


async def _sealed(
    services: Services, sitting: Sitting, words: Words, *, in_time: bool = True
) -> OwedCall:
    zone = await _zone(services, sitting)
    at = sitting.sealed_until or services.clock.now()
    return score_view.sealed(sitting, at, zone, words, in_time=in_time)


async def _zone(services: Services, sitting: Sitting) -> str:
    """By which dates of an assignment are told: its cohort's; of who left, their own."""
    assignments, cohorts = services.store.assignments, services.store.cohorts
    of = sitting.assignment_id and await assignments.get(sitting.assignment_id)
    cohort = of and await cohorts.get(of.cohort_id)
    if cohort:
        return cohort.zone
    return await zone_of(services, sitting.person_id) or ANYWHERE


def is_late(services: Services, sitting: Sitting) -> bool:
    """Whether somebody who does something now does it too late.

    What waited in a backlog may have come in time, and nothing is handed in before it counts.
    """
    due = sitting.deadline
    return due is not None and services.arrival.fresh and services.clock.now() >= due


async def _answers(
    services: Services, sitting: Sitting, items: Sequence[SittingItem]
) -> list[AnswerGiven]:
    """What stands, graded; of equal wordings the first counts as a first answer."""
    drafted = [
        (_asked(item), item.draft) for item in items if item.draft is not None and not item.dropped
    ]
    wanted = {(sitting.person_id, asked.revision) for asked, _ in drafted}
    past = await services.store.votes.past(wanted)
    known = {revision for _, revision in past.answered}
    at, answers = sitting.ended_at or services.clock.now(), []
    for asked, draft in drafted:
        response = Response(draft, at, None)
        # Another wording of what they have met is a repeat.
        first = asked.revision not in known and asked.snapshot.variant is None
        answers.append(graded_answer(sitting.person_id, asked, response, first=first))
        known.add(asked.revision)
    return answers


def _asked(item: SittingItem) -> PostedQuestion:
    return PostedQuestion(Snapshot.from_json(item.snapshot), item.position, item.post_id)


async def time_up(services: Services, sitting: Sitting) -> Outcome:
    """The deadline of an exam has passed."""
    items = await services.store.sittings.items(sitting.id)
    words = await words_of(services, sitting.person_id)
    return await hand_in(services, sitting, items, words)


async def overtaken(services: Services, sitting: Sitting) -> Outcome:
    """The assignment that a sitting is of closes, for everybody at once."""
    ended = await time_up(services, sitting)
    return replace(ended, owed=tuple(replace(call, broadcast=True) for call in ended.owed))


async def warn(services: Services, sitting: Sitting) -> Outcome:
    """The deadline of an exam is near."""
    items = await services.store.sittings.items(sitting.id)
    words = await words_of(services, sitting.person_id)
    left = minutes_left(sitting.deadline or 0, services.clock.now())
    done = sum(item.draft is not None for item in items)
    told = replies.time_runs_out(
        sitting.person_id, sitting, SittingProgress(done, len(items), left), words
    )
    return Outcome((HandInWarned(sitting.id),), (told,) if left else ())
