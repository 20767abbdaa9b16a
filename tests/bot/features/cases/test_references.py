"""References, whole: for whom, of which case, and how many of them."""

from pathlib import Path
from typing import Any

import pytest

from bot.features.cases.references import of_case, of_question
from bot.features.posts.close_question import close
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.services import Services
from content.codes import case_code
from content.library import load_library
from content.model import Case
from storage.outcome import Outcome
from storage.question_facts import QuestionClosed
from storage.questions import PutQuestion
from tests.content import samples
from tests.storage.samples import ADA, BEN
from tests.support.served_chats import again, answer, join, put, put_by, said, served
from tests.support.services import commit, only_case

FIRST = "1. Callen JP. First work. <i>Lancet</i>. 2000."
SECOND = "2. Berg A. Second work. <i>Lancet</i>. 2001."


def two_questions() -> dict[str, Any]:
    """A case whose first question cites the first of its two references."""
    choices = [{"text": "Fat", "why": "Soft [1]."}, {"text": "Tin", "correct": "true"}]
    return {
        "questions": [
            samples.question_data(id="first", choices=choices),
            samples.question_data(id="second", prompt="What then?"),
        ],
        "references": [
            {"authors": ["Callen JP"], "title": "First work", "journal": "Lancet", "year": 2000},
            {"authors": ["Berg A"], "title": "Second work", "journal": "Lancet", "year": 2001},
        ],
    }


@pytest.fixture
def case(services: Services, tmp_path: Path) -> Case:
    """All that the library has."""
    return only_case(services, tmp_path / "one", **two_questions())


@pytest.fixture
async def ben(services: Services, case: Case) -> Visit:
    """A learner."""
    return await receive(services, Visitor(BEN, "en"))


@pytest.fixture
async def asked(services: Services, case: Case) -> PutQuestion:
    """The first question, in a group."""
    return await put(services, await join(services))


async def second(services: Services, asked: PutQuestion) -> PutQuestion:
    """The second question of the same post."""
    closing = await close(services, await served(services), asked)
    return await put_by(services, await commit(services, closing))


def told(outcome: Outcome) -> str:
    """The one message, to Ben alone."""
    (call,) = outcome.owed
    assert call.chat_id == BEN
    return said(call)


async def test_before_the_last_question_no_more_is_listed_than_its_explanation_did(
    services: Services, ben: Visit, asked: PutQuestion
) -> None:
    """The others might tell what is still to be asked."""
    await answer(services, asked, BEN, 0)
    ref = QuestionRef(asked.post_id, 0)
    for outcome in (await of_question(services, ben, ref), await of_case(services, ben, "")):
        assert told(outcome) == f"<b>References</b> · Hard lumps\n\n{FIRST}"


@pytest.mark.parametrize("name", ["", "hard-lumps", case_code("hard-lumps")])
async def test_after_it_all_are(
    services: Services, ben: Visit, asked: PutQuestion, name: str
) -> None:
    """By code and id too; a first question answered anew takes nothing back."""
    await answer(services, asked, BEN, 0)
    await answer(services, await second(services, asked), BEN, 0)
    await answer(services, await put(services, await join(services)), BEN, 0)
    outcome = await of_case(services, ben, name)
    assert told(outcome) == f"<b>References</b> · Hard lumps\n\n{FIRST}\n\n{SECOND}"


async def test_the_case_answered_last_is_meant_as_it_was_then(
    services: Services, ben: Visit, asked: PutQuestion, tmp_path: Path
) -> None:
    """Although it is in the library no more, or says something else by now."""
    await answer(services, asked, BEN, 0)
    (tmp_path / "none").mkdir()
    services.library = load_library(tmp_path / "none")
    assert FIRST in told(await of_case(services, ben, ""))


async def test_who_has_not_answered_gets_none(
    services: Services, ben: Visit, asked: PutQuestion
) -> None:
    """A title can be the diagnosis: not by a made-up button, a code, or somebody else's answer."""
    await answer(services, asked, ADA, 0)
    for outcome in (
        await of_question(services, ben, QuestionRef(asked.post_id, 0)),
        await of_question(services, ben, QuestionRef(asked.post_id, 7)),
        await of_question(services, ben, None),
        await of_case(services, ben, ""),
        await of_case(services, ben, "hard-lumps"),
    ):
        assert told(outcome).startswith("References come once you have answered")
        assert ben.met in outcome.facts
    assert "no case" in told(await of_case(services, ben, "nowhere"))


async def test_of_a_closed_question_everybody_may_read_them(
    services: Services, ben: Visit, asked: PutQuestion
) -> None:
    """As its explanation."""
    now = services.clock.now()
    await commit(services, Outcome((QuestionClosed(asked.post_id, 0, now),)))
    assert (await again(services, asked)).closed_at == now
    assert FIRST in told(await of_question(services, ben, QuestionRef(asked.post_id, 0)))


async def test_a_case_without_any_says_so(services: Services, tmp_path: Path) -> None:
    """No message is empty."""
    only_case(services, tmp_path / "bare")
    ben = await receive(services, Visitor(BEN, "en"))
    await answer(services, await put(services, await join(services)), BEN, 0)
    assert "None are listed." in told(await of_case(services, ben, ""))
