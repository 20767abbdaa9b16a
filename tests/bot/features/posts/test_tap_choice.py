"""What a press on a choice may do, whatever a client sends."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.base.i18n import Languages
from bot.features.posts.post_case import post_case
from bot.features.posts.tap_choice import Tap, tap
from bot.features.posts.verdict_view import verdict_toast
from bot.features.shared.chat_settings import ChatSettings, Layout
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.served_chat import served_chat
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from content.model import Question
from storage.chat_facts import ChatJoined
from storage.outcome import Outcome
from storage.store import DAY
from tests.content.samples import question_data
from tests.storage.samples import ADA, BEN, GROUP, NOW
from tests.support.services import commit, services_with_cases

MESSAGE = 5


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot with six cases."""
    async with services_with_cases(tmp_path, NOW) as services:
        yield services


async def put(services: Services, layout: Layout) -> QuestionRef:
    """Ask a group a question in this layout."""
    settings = ChatSettings(layout=layout, language="en").to_json()
    joined = ChatJoined(GROUP, "supergroup", "Ward 7", settings, ADA, NOW - DAY)
    await commit(services, Outcome((joined,)))
    chat = await services.store.chats.get(GROUP)
    assert chat is not None
    case = next(iter(services.library.cases.values()))
    await commit(services, await post_case(services, served_chat(services, chat), case))
    last = await services.store.chats.last_put(GROUP, case.id)
    assert last is not None
    return QuestionRef(last.post_id, 0)


@pytest.mark.parametrize(
    ("layout", "counts", "said"),
    [(Layout.BUTTONS, 1, "Not this time."), (Layout.POLL, 0, "This button no longer works.")],
)
async def test_only_what_has_buttons_takes_a_tap(
    services: Services, layout: Layout, counts: int, said: str
) -> None:
    """A poll's question is answered in the poll, where everybody sees who has."""
    ref = await put(services, layout)
    visit = await receive(services, Visitor(BEN, "en"))
    outcome = await commit(services, await tap(services, visit, Tap(ref, 0, GROUP, MESSAGE)))
    assert outcome.toast is not None
    assert said in outcome.toast.text
    assert len(await services.store.chats.answers(ref.post_id, 0)) == counts


async def test_only_marks_are_submitted(services: Services) -> None:
    """Where one choice is right a tap is the answer: there is no button to submit."""
    ref = await put(services, Layout.BUTTONS)
    visit = await receive(services, Visitor(BEN, "en"))
    outcome = await commit(services, await tap(services, visit, Tap(ref, None, GROUP, MESSAGE)))
    assert outcome.toast is not None
    assert "This button no longer works." in outcome.toast.text
    assert await services.store.chats.answers(ref.post_id, 0) == []


@pytest.mark.parametrize(
    ("point", "chosen", "said"),
    [
        (None, 1, "✅ Right. Calcium"),
        (None, 0, "❌ Not this time. Correct: Calcium"),
        ("Hard means calcium.", 0, "❌ Not this time. Hard means calcium."),
        ("Hard means calcium. " * 10, 0, "❌ Not this time. Correct: Calcium"),
        ("Hard means calcium. " * 10, 1, "✅ Right."),
    ],
)
def test_a_verdict_never_reads_as_if_the_right_choice_were_wrong(
    point: str | None, chosen: int, said: str
) -> None:
    """Beside "not this time" the right choice stands as what is correct."""
    question = Question.model_validate(question_data()).model_copy(update={"key_point": point})
    assert verdict_toast(question, (chosen,), Languages.load().choose("en", None)) == said
