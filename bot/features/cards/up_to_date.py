"""A person's cards with all their answers in them: folded when somebody looks, never by a vote."""

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct

from bot.features.cards.card import CardState, Given, folded
from bot.services import Services
from content.objectives import Key, Objectives, objectives_of
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
    objectives = objectives_of(services.library)
    kept = await practices.folded(person_id)
    anew = kept is None or kept.objectives != objectives.digest
    through = 0 if anew or kept is None else kept.through_answer
    answers = await practices.answers(person_id, through)
    if not answers and not (anew and kept):
        return Cards(person_id, objectives)
    counted = await _counted(services, objectives, answers)
    before = {} if anew else await _kept(services, person_id, {name for name, _ in counted})
    changed = fold_all(person_id, before, counted, objectives)
    last = answers[-1].id if answers else 0
    facts = (
        *((FoldingBegun(person_id),) if anew else ()),
        *(_fact(person_id, name, card) for name, card in changed.items()),
        AnswersFolded(person_id, max(last, through), objectives.digest),
    )
    return Cards(person_id, objectives, facts, changed, anew)


async def due_cards(services: Services, cards: Cards, until: int) -> list[DueCard]:
    """The cards that fall due by ``until``, UTC milliseconds: the most urgent first.

    Paused ones, and cases out of the library, are left out.
    """
    practices = services.store.practices
    kept = [] if cards.anew else await practices.due(cards.person_id, until)
    found = [card for card in kept if card.objective not in cards.changed]
    found += [
        DueCard(name, card.due_at, card.urgency, card.memory.stability, card.memory.reviewed_at)
        for name, card in cards.changed.items()
        if card.due_at is not None and card.due_at <= until
    ]
    paused = await practices.paused(cards.person_id)
    asked = (
        card
        for card in found
        if card.objective not in paused and cards.objectives.wordings(card.objective)
    )
    return most_urgent_first(asked, until)


def most_urgent_first(cards: Iterable[DueCard], at: int) -> list[DueCard]:
    """In the order in which they are asked at that time: pure.

    Of the equally urgent that first which is least remembered: all forget along one curve, so it is
    the one that was away longest for its stability.
    """

    def place(card: DueCard) -> tuple[int, float, str]:
        away = (at - card.reviewed_at) / card.stability
        return card.urgency, -away, card.objective

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
    objectives: Objectives,
) -> dict[str, CardState]:
    """The cards of the objectives that these answers are about, by name; pure."""
    after: dict[str, CardState] = {}
    for name, answer in answers:
        given = Given(
            wording_name(answer.case_id, answer.question_id, answer.variant),
            answer.verdict,
            answer.score,
            answer.confidence,
            answer.answered_at,
            len(objectives.wordings(name)),
        )
        after[name] = folded(after.get(name) or before.get(name), given, f"{person_id}:{name}")
    return after


async def _counted(
    services: Services, objectives: Objectives, answers: Iterable[PractisedAnswer]
) -> list[tuple[str, PractisedAnswer]]:
    """The answers with their objectives; without those to questions whose key has changed since."""
    named = [
        (name, answer)
        for answer in answers
        if (name := objectives.name(answer.case_id, answer.question_id)) is not None
    ]
    then = {
        answer.snapshot
        for name, answer in named
        if answer.snapshot and not _as_today(objectives, name, answer)
    }
    contents = await services.store.practices.snapshots(then) if then else {}
    return [
        (name, answer)
        for name, answer in named
        if _as_today(objectives, name, answer)
        or _same_key(objectives, answer, contents.get(answer.snapshot or ""))
    ]


def _as_today(objectives: Objectives, name: str, answer: PractisedAnswer) -> bool:
    return answer.variant is None and any(
        question_revision(wording.case.questions[wording.position]) == answer.revision
        for wording in objectives.wordings(name)
        if wording.variant is None
    )


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
