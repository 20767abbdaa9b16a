"""A bot whose learners can flag questions: who they are, and what they do."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.features.cases.choose_case import Named
from bot.features.cases.send_case import send_case
from bot.features.flags import flag_question
from bot.features.flags.reasons import FlagReason
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.features.start.typed_text import take_text
from bot.services import Services
from bot.settings import Settings
from content.library import load_library
from storage.facts import CasePosted
from storage.outcome import Outcome
from tests.content.samples import write_case
from tests.storage.samples import ADA, BEN, answered
from tests.support.new_store import new_store
from tests.support.services import commit, services_at

NOW = 1_772_409_600_000
CLEO = BEN + 1


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot administered by Ada and Cleo, with one case."""
    write_case(tmp_path / "hard-lumps.yaml")
    store = await new_store(tmp_path / "bot.db", NOW)
    services = services_at(NOW, store, load_library(tmp_path))
    services.settings = Settings(admins=frozenset({ADA, CLEO}))
    yield services
    await store.close()


async def visit(services: Services, person_id: int) -> Visit:
    """A person comes."""
    return await receive(services, Visitor(person_id, "en"))


async def posted(services: Services, person_id: int = BEN) -> QuestionRef:
    """A person is given the case; its question."""
    who = await visit(services, person_id)
    given_case = await commit(services, await send_case(services, who, Named("hard-lumps")))
    (post,) = (fact for fact in given_case.facts if isinstance(fact, CasePosted))
    return QuestionRef(post.post_id, 0)


async def post(services: Services) -> QuestionRef:
    """Ben is given the case and answers it."""
    ref = await posted(services)
    await commit(services, Outcome((answered(BEN, ref.post_id),)))
    return ref


async def flag(
    services: Services, ref: QuestionRef, reason: FlagReason | None, person_id: int = BEN
) -> Outcome:
    """Somebody presses the button of a reason, or of no reason yet."""
    press = flag_question.ReasonPress(ref, reason, message_id=5)
    return await commit(
        services, await flag_question.press(services, await visit(services, person_id), press)
    )


async def taken(services: Services, person_id: int, text: str) -> Outcome:
    """What comes of a text in private, which is no command."""

    async def run(name: str, argument: str) -> Outcome:
        raise AssertionError(f"/{name} {argument} was not meant")

    return await take_text(services, await visit(services, person_id), text, run)
