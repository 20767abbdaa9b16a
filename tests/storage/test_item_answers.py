"""Which answers item analysis counts, against the same picked one by one."""

import json
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from content.item_statistics import Column
from content.model import Case
from content.one_question_case import alone
from content.reckoned_items import ItemKey
from content.revision import item_revision, revision_of
from content.snapshot import Snapshot
from storage.assignment_facts import AssignmentMade
from storage.case_facts import AnswerGiven, CasePosted, SnapshotTaken
from storage.cohort_facts import CohortJoined, CohortLeft, CohortMade
from storage.facts import Fact, PersonForgotten
from storage.item_answers import item_answers
from storage.sitting_facts import ItemAdded, SittingBegun, SittingHandedIn
from storage.store import Store
from tests.content.samples import case_data, question_data
from tests.storage.samples import ADA, BEN, NOW, answered, record

COHORT = 1
VARIANT = {"id": "other", "vignette": "A man of 50 has hard lumps."}


def lumps(**changes: Any) -> Case:
    """A case of two questions, the first with a variant."""
    first = question_data(variants=[VARIANT])
    second = question_data(id="cause", prompt="Why?", reveal="They are calcium.")
    return Case.model_validate(case_data(questions=[first, second]) | changes)


AS_IT_WAS = lumps()
REWORDED = lumps(questions=[question_data(prompt="What could they be?", variants=[VARIANT])])
OF_ANOTHER = lumps(vignette="A woman of 46 has hard lumps.")
CASES = (AS_IT_WAS, REWORDED, OF_ANOTHER)
SHOWN = [Snapshot(case, ()) for case in CASES]
REVIEWED = [Snapshot(alone(case, 0), ()) for case in CASES]
VARIED = Snapshot(alone(AS_IT_WAS, 0, "other"), (), "other")


class Given(Struct, frozen=True):
    """An answer as a test gives it; ``how`` its post came."""

    person_id: int
    snapshot: Snapshot
    position: int
    choices: tuple[int, ...]
    how: str


def numbers(column: Column) -> list[tuple[float, int]]:
    """Scores and choices, by person."""
    return list(zip(column.scores, column.chosen, strict=True))


async def counted(path: Path) -> dict[ItemKey, list[tuple[float, int]]]:
    """What item analysis counts, by item."""
    return {one.asked.key: numbers(one.answers) for one in item_answers(path)}


def key(snapshot: Snapshot, position: int = 0) -> ItemKey:
    """The item of a question."""
    question = snapshot.case.questions[position]
    return ItemKey(snapshot.case.id, question.id, item_revision(snapshot, position))


class Scene:
    """Gives answers as the bot records them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._posts = 0
        self._met: set[tuple[int, str]] = set()
        self.given: list[tuple[AnswerGiven, Given]] = []

    async def begin(self) -> None:
        """All is known that can be posted, and a cohort in which Ada is named and Ben is not."""
        await record(
            self._store,
            *(SnapshotTaken(one.digest, one.to_json(), NOW) for one in [*SHOWN, *REVIEWED, VARIED]),
            CohortMade(COHORT, "Interns", "UTC", NOW),
            *(
                CohortJoined(COHORT, who, "member", "x", None, who == ADA, 1, NOW)
                for who in (ADA, BEN)
            ),
        )

    async def answer(self, given: Given) -> None:
        """One more post, and the person's answer to it."""
        self._posts += 1
        await record(self._store, *self._facts(given, self._posts))

    def _facts(self, given: Given, post: int) -> Iterator[Fact]:
        purpose = {"assigned": "sitting", "sitting": "sitting", "review": "review"}
        snapshot, who = given.snapshot, given.person_id
        yield CasePosted(
            post, who, who, snapshot.case.id, snapshot.digest, NOW,
            purpose=purpose.get(given.how, "case"), variant=snapshot.variant,
        )  # fmt: skip
        if given.how in {"sitting", "assigned"}:
            number = post if given.how == "assigned" else None
            if number:
                yield AssignmentMade(
                    number, COHORT, 9, "T", "study", "at_once", False, NOW, NOW, NOW + 1, NOW + 2
                )
            spec = json.dumps({"assignment": number} if number else {})
            yield SittingBegun(post, who, "exam", spec, NOW, assignment_id=number)
            yield ItemAdded(post, 0, post, given.position, (0, 1, 2))
            yield SittingHandedIn(post, NOW, 1.0)
        revision = revision_of(snapshot, given.position)
        again = (who, revision) in self._met
        self._met.add((who, revision))
        right = given.choices == (1,)
        fact = answered(
            who,
            None if given.how == "nowhere" else post,
            position=given.position,
            case_id=snapshot.case.id,
            question_id=snapshot.case.questions[given.position].id,
            revision=revision,
            choices=given.choices,
            verdict="correct" if right else "wrong",
            score=float(right),
            first=not again and given.how != "review",
        )
        self.given.append((fact, given))
        yield fact


@pytest.fixture
async def scene(store: Store) -> Scene:
    """Nobody has answered anything yet."""
    scene = Scene(store)
    await scene.begin()
    return scene


def picked(scene: Scene) -> dict[ItemKey, list[tuple[float, int]]]:
    """The same, by going through all answers again."""
    found: defaultdict[ItemKey, list[tuple[float, int]]] = defaultdict(list)
    met: set[tuple[int, str]] = set()
    for fact, given in scene.given:
        question = (given.person_id, fact.question_id)
        if (
            question not in met
            and given.how not in {"review", "nowhere"}
            and not (given.how == "assigned" and given.person_id != ADA)
        ):
            chosen = sum(1 << place for place in fact.choices)
            found[key(given.snapshot, given.position)].append((fact.score, chosen))
        met.add(question)
    return dict(found)


@pytest.mark.parametrize("seed", range(6))
async def test_first_unprompted_answers_count(scene: Scene, path: Path, seed: int) -> None:
    """Over all ways in which answers come: those are counted that a recount picks."""
    chance = random.Random(seed)
    for _ in range(60):
        how = chance.choice(["case", "case", "sitting", "assigned", "review", "nowhere"])
        which = chance.randrange(3)
        snapshot = SHOWN[which]
        if how == "review":
            snapshot = chance.choice([REVIEWED[which], VARIED])
        position = chance.randrange(len(snapshot.case.questions))
        who = chance.choice([ADA, BEN, *range(1, 8)])
        await scene.answer(Given(who, snapshot, position, (chance.randrange(3),), how))
    assert await counted(path) == picked(scene)


async def test_every_wording_and_vignette_is_an_item_of_its_own(scene: Scene, path: Path) -> None:
    """Of three people each met another; the last wording is also the latest to be shown."""
    for who, snapshot in enumerate(SHOWN, 1):
        await scene.answer(Given(who, snapshot, 0, (1,), "case"))
    assert await counted(path) == {key(snapshot): [(1.0, 2)] for snapshot in SHOWN}
    found = {one.asked.key: one.asked for one in item_answers(path)}
    # Of a case of one question its review shows the same.
    assert [found[key(each)].snapshot for each in SHOWN[::2]] == [
        each.digest for each in SHOWN[::2]
    ]
    assert found[key(SHOWN[1])].snapshot in {SHOWN[1].digest, REVIEWED[1].digest}
    assert {(one.item.choices, one.item.key) for one in found.values()} == {(3, frozenset({1}))}


async def test_the_same_person_is_the_same_in_every_item(scene: Scene, path: Path) -> None:
    """And others are others, in whatever order they came."""
    for who, position in ((ADA, 0), (BEN, 0), (BEN, 1), (ADA, 1)):
        await scene.answer(Given(who, SHOWN[0], position, (1,), "case"))
    first, second = item_answers(path)
    assert [*first.answers.persons] == [*second.answers.persons][::-1]
    assert len({*first.answers.persons}) == 2


async def test_who_was_erased_stays_as_nobody(scene: Scene, store: Store, path: Path) -> None:
    """In the counts as in tallies, each answer somebody else's; what was assigned goes."""
    for position in (0, 1):
        await scene.answer(Given(BEN, SHOWN[0], position, (1,), "case"))
    await scene.answer(Given(ADA, SHOWN[2], 0, (2,), "assigned"))
    await record(store, PersonForgotten(BEN))
    await record(store, PersonForgotten(ADA))
    found = item_answers(path)
    assert {one.asked.key: numbers(one.answers) for one in found} == {
        key(SHOWN[0], position): [(1.0, 2)] for position in (0, 1)
    }
    assert len({person for one in found for person in one.answers.persons}) == 2


async def test_who_leaves_a_cohort_takes_what_was_assigned(
    scene: Scene, store: Store, path: Path
) -> None:
    """As with the report, from which they go at once."""
    await scene.answer(Given(ADA, SHOWN[0], 0, (1,), "assigned"))
    assert await counted(path) == {key(SHOWN[0]): [(1.0, 2)]}
    await record(store, CohortLeft(COHORT, ADA))
    assert await counted(path) == {}


async def test_a_draft_of_an_exam_is_no_answer(scene: Scene, path: Path) -> None:
    """Nor is a case that was posted and not answered."""
    scene._posts += 1
    given = Given(ADA, SHOWN[0], 0, (1,), "sitting")
    *before, _answer = scene._facts(given, scene._posts)
    await record(scene._store, *before)
    assert await counted(path) == {}
