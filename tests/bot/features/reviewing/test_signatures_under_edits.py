"""Signatures under edits: whatever happens in whichever order, learners read who signed a text."""

import asyncio
import shutil
import tempfile
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.features.library import apply_decisions
from bot.features.library.take_over import TakeOver
from bot.features.reviewing import review_cases
from bot.features.reviewing.reviewer_buttons import ReviewerPress, ReviewerVerb
from bot.features.shared.visitors import Visit, Visitor, receive
from content.candidate import Sound, read_candidate
from content.codes import case_code
from content.library import load_library
from content.one_question_case import alone
from content.signing import holding
from content.snapshot import Snapshot
from storage.facts import Fact, PersonForgotten
from storage.outcome import Outcome
from storage.role_facts import RoleAccepted, RoleLinkMade
from storage.roles import REVIEWER
from storage.store import Store
from tests.content.samples import question_data, write_case
from tests.support.lives import live
from tests.support.new_store import new_store
from tests.support.services import commit, services_at

NOW = 1_772_409_600_000
CASE, CODE = "hard-lumps", case_code("hard-lumps")
ANN, BEN = 7_310_420_001, 7_310_420_002
NAMES = {ANN: "Ann Lee", BEN: "Ben Ali"}
VARIANT = {"id": "man", "vignette": "A man of 70 has lumps."}
WITH_VARIANT = {"questions": [question_data(variants=[VARIANT])]}
# By itself its question is what the case says without it.
_ALONE = {repr(WITH_VARIANT): "{}"}
people = st.sampled_from((ANN, BEN))
covered = st.sampled_from(
    (
        {},
        {"vignette": "A man of 64 has hard lumps."},
        {"based_on": "An article."},
        WITH_VARIANT,
    )
)
uncovered = st.sampled_from(
    (
        {},
        {"topics": ["oncology"]},
        {"difficulty": 0.5},
        {"review": {"confirm": ["Is it calcium?"]}},
        {"lint": {"ignore": {"no-vignette": "as it is"}}},
    )
)


class Signatures(RuleBasedStateMachine):
    """Two reviewers, an author who edits a file, and a bot that reads it now and then."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="signatures-"))
        self.runner = asyncio.Runner()
        self.cases = self.folder / "cases"
        self.cases.mkdir()
        self.text, self.around = "{}", "{}"  # of the file
        self.used = "{}"  # what is covered of the case in use
        self.signed: dict[int, set[str]] = {ANN: set(), BEN: set()}
        self.shown: dict[int, tuple[str, ReviewerPress]] = {}
        self.posted: list[tuple[str, Snapshot]] = []
        self.write({}, {})
        self.store = self.runner.run(new_store(self.folder / "bot.db", NOW))
        self.services = services_at(NOW, self.store, load_library(self.cases))
        for person in NAMES:
            self.become_reviewer(person)

    def teardown(self) -> None:
        if hasattr(self, "runner"):
            self.runner.run(self.store.close())
            self.runner.close()
            shutil.rmtree(self.folder)

    def write(self, text: dict[str, object], around: dict[str, object]) -> None:
        write_case(self.cases / "hard-lumps.yaml", **text, **around)
        self.text, self.around = repr(text), repr(around)

    def done(self, outcome: Outcome) -> None:
        self.runner.run(commit(self.services, outcome))
        apply_decisions.note(self.services, outcome.facts)

    def record(self, *facts: Fact) -> None:
        self.done(Outcome(facts))

    def become_reviewer(self, person: int) -> None:
        token = f"token of {person}"
        self.record(RoleLinkMade(token, REVIEWER, 9, "Root", NOW, NOW + 1))
        self.record(RoleAccepted(token, person, NAMES[person], None, NAMES[person], NOW))

    def visit(self, person: int) -> Visit:
        return self.runner.run(receive(self.services, Visitor(person, "en", NAMES[person])))

    def press(self, person: int, pressed: ReviewerPress) -> Outcome:
        who = self.visit(person)
        outcome = self.runner.run(review_cases.press(self.services, who, pressed, 101))
        self.done(outcome)
        return outcome

    @rule(text=covered, around=uncovered)
    def edit(self, text: dict[str, object], around: dict[str, object]) -> None:
        """The file is saved; texts return."""
        self.write(text, around)

    @rule()
    def reload(self) -> None:
        """The bot reads it."""
        found = read_candidate(self.services.library, self.cases, needed=lambda: True)
        assert isinstance(found, Sound)
        TakeOver(self.services, [self.cases]).settle(found)
        self.used = self.text

    @rule()
    def restart(self) -> None:
        """Another process opens the database and reads the files as they are."""
        self.runner.run(self.store.close())
        self.store = self.runner.run(Store.open(self.folder / "bot.db", NOW))
        self.services = services_at(NOW, self.store, load_library(self.cases))
        self.runner.run(apply_decisions.load(self.services))
        self.used = self.text

    @rule(person=people)
    def show(self, person: int) -> None:
        """A reviewer has the case before them as it is in use."""
        outcome = self.press(person, ReviewerPress(ReviewerVerb.SHOW, CODE))
        rows = outcome.owed[-1].params["reply_markup"]["inline_keyboard"]
        datas = [button["callback_data"] for row in rows for button in row]
        presses = [found for data in datas if (found := ReviewerPress.parse(data))]
        for pressed in presses:
            if pressed.verb is ReviewerVerb.SIGN:
                self.shown[person] = (self.used, pressed)

    @precondition(lambda self: self.shown)
    @rule(person=people)
    def sign(self, person: int) -> None:
        """They press what they were shown, however long ago."""
        if person in self.shown:
            text, pressed = self.shown[person]
            self.press(person, pressed)
            if text == self.used:
                self.signed[person].add(text)

    @rule(person=people)
    def show_and_sign(self, person: int) -> None:
        """They read it, and sign at once."""
        self.show(person)
        self.sign(person)

    @rule(person=people)
    def take_back(self, person: int) -> None:
        """Whatever they signed of it."""
        self.press(person, ReviewerPress(ReviewerVerb.TAKE_BACK, CODE))
        self.signed[person].clear()

    @rule(person=people)
    def forget(self, person: int) -> None:
        """A reviewer has themselves erased, and is made one again."""
        self.record(PersonForgotten(person))
        self.signed[person].clear()
        self.become_reviewer(person)

    @rule(by_itself=st.booleans())
    def post(self, by_itself: bool) -> None:
        """Learners get the case, or its question as a review."""
        case = self.services.library.cases[CASE]
        snapshot = self.services.library.snapshot(alone(case, 0) if by_itself else case)
        as_posted = _ALONE.get(self.used, self.used) if by_itself else self.used
        self.posted.append((as_posted, Snapshot.from_json(snapshot.to_json())))

    @invariant()
    def learners_read_who_signed_this_text(self) -> None:
        """Of the text in use; of an older post only where it says the same."""
        library = self.services.library
        expected = {NAMES[person] for person in NAMES if self.used in self.signed[person]}
        assert {one.name for one in library.signed.get(CASE, ())} == expected
        in_use = {self.used, _ALONE.get(self.used, self.used)}
        for text, snapshot in self.posted:
            read = {one.name for one in holding(library, snapshot)}
            assert read == (expected if text in in_use else set())


def test_signatures_under_edits() -> None:
    """Edits of what they cover and what not, signing, taking back, reloads, restarts, erasing."""
    live(Signatures, 40)
