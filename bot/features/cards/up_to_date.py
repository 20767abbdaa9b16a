"""A person's cards with all their answers in them: folded when somebody looks, never by a vote."""

import asyncio
from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from bot.base.time_units import DAY_MS
from bot.features.cards.card import CardState, Given, folded
from bot.services import Services
from content.objectives import Key, Objectives
from content.revision import question_revision
from content.snapshot import case_of
from storage.facts import Fact
from storage.practice import DueCard, PractisedAnswer
from storage.practice_facts import AnswersFolded, CardFolded, FoldingBegun


class Cards(Struct, frozen=True):
    """What is new of a person's cards, and the facts that keep it, to be left in an Outcome.

    ``anew``: they are all here, since none that was kept counts any more.
    """

    person_id: int
    objectives: Objectives
    facts: tuple[Fact, ...] = ()
    changed: Mapping[str, CardState] = {}
    anew: bool = False


async def cards_of(services: Services, person_id: int) -> Cards:
    """Fold the answers that are in no card yet; all of them where objectives have changed."""
    practices = services.store.practices
    objectives = services.library.objectives
    kept = await practices.folded(person_id)
    anew = kept is None or kept.objectives != objectives.digest
    through = 0 if anew or kept is None else kept.through_answer
    answers = await practices.answers(person_id, through)
    if not answers and not (anew and kept):
        return Cards(person_id, objectives)
    found = ((objectives.name(each.case_id, each.question_id), each) for each in answers)
    named = [(name, answer) for name, answer in found if name is not None]
    today = {name: _today(objectives, name) for name in {name for name, _ in named}}
    counted = await _counted(services, objectives, named, today)
    before = {} if anew else await _kept(services, person_id, {name for name, _ in counted})
    wordings = {name: each.wordings for name, each in today.items()}
    # Of many answers it takes long enough for others to notice.
    changed = await asyncio.to_thread(fold_all, person_id, before, counted, wordings)
    last = answers[-1].id if answers else 0
    facts = (
        *((FoldingBegun(person_id),) if anew else ()),
        *(_fact(person_id, name, card) for name, card in changed.items()),
        AnswersFolded(person_id, max(last, through), objectives.digest),
    )
    return Cards(person_id, objectives, facts, changed, anew)


async def due_cards(
    services: Services, cards: Cards, until: int, topic: str | None = None, most: int = -1
) -> list[DueCard]:
    """The cards that fall due by ``until``, UTC milliseconds: the most urgent first.

    Paused ones, cases out of the library, and those that are to be met in an assignment, are left
    out; so are those that are not on the topic, where one is given. Of those that were kept
    ``most`` are looked at, -1: all.
    """
    practices = services.store.practices
    looked_at = most + len(cards.changed) if most >= 0 else most
    kept = [] if cards.anew else await practices.due(cards.person_id, until, looked_at)
    found = [card for card in kept if card.objective not in cards.changed]
    if cards.changed:
        paused = await practices.paused(cards.person_id)
        found += [
            DueCard(name, card.due_at, card.urgency, card.memory.stability, card.memory.reviewed_at)
            for name, card in cards.changed.items()
            if card.due_at is not None and card.due_at <= until and name not in paused
        ]
    held_back = (await services.store.assignments.held_back(cards.person_id)).ids
    asked = [
        card
        for card in found
        if card.objective in cards.objectives.names
        and not _is_in(held_back, cards.objectives, card.objective)
    ]
    if topic is not None:
        asked = [card for card in asked if _is_on(topic, cards.objectives, card.objective)]
    return most_urgent_first(asked, until)


def _is_on(topic: str, objectives: Objectives, name: str) -> bool:
    return any(topic in each.case.topics for each in objectives.wordings(name))


def _is_in(case_ids: Collection[str], objectives: Objectives, name: str) -> bool:
    return any(each.case.id in case_ids for each in objectives.wordings(name))


def most_urgent_first(cards: Iterable[DueCard], at: int) -> list[DueCard]:
    """In the order in which they are asked at that time: pure. As in ``storage.practice``.

    What was sure and wrong comes first, then what has been due for most days: what stays hard would
    else keep all others from ever being asked (tests/bench/RESULTS.md). Of one day the more urgent
    comes first, then what is least remembered: all forget along one curve, so it is what was away
    longest for its stability.
    """

    def place(card: DueCard) -> tuple[bool, int, int, float, str]:
        away = (at - card.reviewed_at) / card.stability
        day = card.due_at // DAY_MS
        return card.urgency > 0, day, card.urgency, -away, card.objective

    return sorted(cards, key=place)


async def card_of(services: Services, cards: Cards, objective: str) -> CardState | None:
    """The card of an objective, if the person has met it."""
    if objective in cards.changed or cards.anew:
        return cards.changed.get(objective)
    return (await _kept(services, cards.person_id, {objective})).get(objective)


def wording_name(case_id: str, question_id: str, variant: str | None) -> str:
    """How a card knows a way in which its objective was asked."""
    return f"{case_id}/{question_id}" + (f"#{variant}" if variant else "")


def fold_all(
    person_id: int,
    before: Mapping[str, CardState],
    answers: Iterable[tuple[str, PractisedAnswer]],
    wordings: Mapping[str, int],
) -> dict[str, CardState]:
    """The cards of the objectives that these answers are about, by name; pure.

    ``wordings`` is in how many each can be asked today.
    """
    after: dict[str, CardState] = {}
    for name, answer in answers:
        given = Given(
            wording_name(answer.case_id, answer.question_id, answer.variant),
            answer.verdict,
            answer.score,
            answer.confidence,
            answer.answered_at,
            wordings[name],
        )
        after[name] = folded(after.get(name) or before.get(name), given, f"{person_id}:{name}")
    return after


class _Today(Struct, frozen=True):
    """An objective as it is asked today: in how many wordings, and its questions' revisions."""

    wordings: int
    revisions: frozenset[str]


def _today(objectives: Objectives, name: str) -> _Today:
    wordings = objectives.wordings(name)
    questions = (each.case.questions[each.position] for each in wordings if each.variant is None)
    return _Today(len(wordings), frozenset(map(question_revision, questions)))


async def _counted(
    services: Services,
    objectives: Objectives,
    named: Iterable[tuple[str, PractisedAnswer]],
    today: Mapping[str, _Today],
) -> list[tuple[str, PractisedAnswer]]:
    """The answers but for those to questions whose key has changed since."""

    def unchanged(name: str, answer: PractisedAnswer) -> bool:
        return answer.variant is None and answer.revision in today[name].revisions

    named = list(named)
    then = {
        answer.snapshot for name, answer in named if answer.snapshot and not unchanged(name, answer)
    }
    contents = await services.store.practices.snapshots(then) if then else {}
    return [
        (name, answer)
        for name, answer in named
        if unchanged(name, answer)
        or _same_key(objectives, answer, contents.get(answer.snapshot or ""))
    ]


def _same_key(objectives: Objectives, answer: PractisedAnswer, snapshot: str | None) -> bool:
    """Whether the choices that were right then are right today; of what is not known, yes."""
    today = objectives.key(answer.case_id, answer.question_id, answer.variant)
    posted = None if snapshot is None else case_of(snapshot)
    asked = () if posted is None else posted.questions
    question = next((each for each in asked if each.id == answer.question_id), None)
    return today is None or question is None or today.matches(Key.of(question))


async def _kept(services: Services, person_id: int, names: Collection[str]) -> dict[str, CardState]:
    kept = await services.store.practices.cards(person_id, names)
    return {card.objective: CardState.from_json(card.document) for card in kept}


def _fact(person_id: int, name: str, card: CardState) -> CardFolded:
    memory = card.memory
    return CardFolded(
        *(person_id, name, card.due_at, card.urgency),
        *(memory.stability, memory.reviewed_at, card.to_json()),
    )
