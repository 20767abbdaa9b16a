"""Whatever people press, in whichever order, forgotten in between or not: each counts once."""

import asyncio
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.features.posts.post_case import post_case
from bot.features.posts.tap_choice import Tap, tap
from bot.features.privacy.own_data import forget
from bot.features.shared.chat_settings import ChatSettings, Layout
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.served_chat import served_chat
from bot.features.shared.visitors import Visitor, receive
from content.library import load_library
from storage.chat_facts import ChatJoined
from storage.outcome import Outcome
from storage.question_facts import QuestionClosed
from tests.content.samples import question_data, write_case
from tests.storage.samples import GROUP, NOW, mentions
from tests.support.lives import live
from tests.support.new_store import new_store
from tests.support.services import commit, services_at

PEOPLE = (8_310_420_001, 8_310_420_002, 8_310_420_003)
people = st.sampled_from(PEOPLE)
CHOICES = ("Iron", "Zinc", "Lead", "Tin")


class Presses(RuleBasedStateMachine):
    """A question with buttons in a group, with one right choice or two."""

    @initialize(several=st.booleans())
    def put(self, several: bool) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="presses-"))
        self.runner = asyncio.Runner()
        self.several, self.closed = several, False
        self.answered: dict[int, set[int]] = {}  # who ever answered, and the first answer of each
        self.forgotten: set[int] = set()
        self.marked: defaultdict[int, set[int]] = defaultdict(set)
        self.runner.run(self._put())

    async def _put(self) -> None:
        key = (0, 1) if self.several else (0,)
        choices = [{"text": t, "correct": str(n in key).lower()} for n, t in enumerate(CHOICES)]
        (self.folder / "cases").mkdir()
        questions = [question_data(choices=choices)]
        write_case(self.folder / "cases" / "hard-lumps.yaml", questions=questions)
        library = load_library(self.folder / "cases")
        self.store = await new_store(self.folder / "bot.db", NOW)
        self.services = services_at(NOW, self.store, library)
        settings = ChatSettings(layout=Layout.BUTTONS, language="en").to_json()
        joined = ChatJoined(GROUP, "supergroup", "Ward", settings, None, NOW)
        await commit(self.services, Outcome((joined,)))
        chat = await self.store.chats.get(GROUP)
        assert chat is not None
        case = library.cases["hard-lumps"]
        await commit(
            self.services, await post_case(self.services, served_chat(self.services, chat), case)
        )
        (asked, *_) = await self.store.questions.open_in(GROUP)
        self.ref = QuestionRef(asked.post_id, 0)

    def teardown(self) -> None:
        if hasattr(self, "runner"):
            self.runner.run(self.store.close())
            self.runner.close()
            shutil.rmtree(self.folder)

    def press(self, person: int, choice: int | None, chat_id: int = GROUP) -> str:
        async def pressed() -> str:
            visit = await receive(self.services, Visitor(person, "en"))
            made = await tap(self.services, visit, Tap(self.ref, choice, chat_id, 5))
            await commit(self.services, made)
            assert made.toast is not None
            assert made.toast.url is None  # beside a text it would not be opened
            return made.toast.text

        return self.runner.run(pressed())

    @rule(person=people, choice=st.integers(0, len(CHOICES)) | st.none())
    def tap(self, person: int, choice: int | None) -> None:
        """On a choice, on one that is not there, or on Submit."""
        said = self.press(person, choice)
        if person in self.answered:
            told = "before /forget" if person in self.forgotten else "Your first answer counts"
            # When it closes, who was forgotten is forgotten here too.
            assert told in said or self.closed
        elif self.closed:
            assert "closed" in said
        elif choice == len(CHOICES):
            assert "don't have this question" in said
        elif not self.several and choice is not None:
            self.answered[person] = {choice}
        elif choice is not None:
            self.marked[person] ^= {choice}
            assert all((CHOICES[n] in said) == (n in self.marked[person]) for n in range(4))
        elif self.several and self.marked[person]:
            self.answered[person] = self.marked.pop(person)

    @rule(person=people, choice=st.integers(0, 3) | st.none())
    def tap_elsewhere(self, person: int, choice: int | None) -> None:
        """From a message of another chat: nothing comes of it."""
        assert "no longer works" in self.press(person, choice, GROUP - 1)

    @rule(person=people)
    def forget(self, person: int) -> None:
        async def forgotten() -> None:
            visit = await receive(self.services, Visitor(person, "en"))
            facts = forget(self.services, visit).facts
            await commit(self.services, Outcome(facts))

        self.runner.run(forgotten())
        self.marked.pop(person, None)
        if person in self.answered:
            self.forgotten.add(person)
        assert mentions(self.folder / "bot.db", person) == {}

    @rule()
    def close(self) -> None:
        self.runner.run(commit(self.services, Outcome((QuestionClosed(self.ref.post_id, 0, NOW),))))
        self.closed = True
        self.marked.clear()

    @invariant()
    def each_counts_once_with_the_first_answer(self) -> None:
        """Whoever was forgotten is no longer known, but counts."""
        answers = self.runner.run(self.store.questions.answers(self.ref.post_id, 0))
        assert sorted(sorted(one.choices) for one in answers) == sorted(
            sorted(choices) for choices in self.answered.values()
        )

    @invariant()
    def drafts_are_what_was_marked(self) -> None:
        """And nobody's but theirs."""
        for person in PEOPLE:
            draft = self.runner.run(self.store.polls.draft(person, self.ref.post_id, 0))
            assert set(draft) == self.marked[person]


def test_presses() -> None:
    """Taps, submissions, erasures and the closing, in any order."""
    live(Presses, 25)
