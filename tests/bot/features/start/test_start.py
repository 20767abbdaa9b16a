"""The first press on Start, deep links, and the language."""

import pytest

from bot.features.shared.buttons import JOIN_LINK, LIVE_LINK, ROLE_LINK
from bot.features.shared.question_buttons import REFERENCES_LINK, QuestionRef
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.features.start.start import choose_language, start
from bot.services import Services
from content.codes import case_code
from storage.case_facts import CasePosted
from storage.facts import LanguageChosen
from storage.outcome import Outcome
from tests.storage.samples import ADA
from tests.support.served_chats import answer, join, put, said
from tests.support.services import commit


async def ada(services: Services) -> Visit:
    """Ada comes."""
    return await receive(services, Visitor(ADA, "en"))


async def started(services: Services, payload: str) -> Outcome:
    """What a press on Start brings with this payload; it is on record."""
    visit = await ada(services)
    outcome = await commit(services, await start(services, visit, payload))
    assert visit.met in outcome.facts
    return outcome


@pytest.mark.parametrize("payload", ["", "newsletter", "case", "why"])
async def test_a_newcomer_is_welcomed(services: Services, payload: str) -> None:
    """Whatever link they came by, if it names nothing of the bot's."""
    (welcome,) = (await started(services, payload)).owed
    assert "Good morning" in said(welcome)
    assert "6" in said(welcome), "as many cases as there are"


@pytest.mark.parametrize("by_code", [True, False])
async def test_a_link_brings_its_case(services: Services, by_code: bool) -> None:
    """By its code, or by its id for those who know it."""
    name = case_code("made-3") if by_code else "made-3"
    outcome = await started(services, f"case_{name}")
    assert [f.case_id for f in outcome.facts if isinstance(f, CasePosted)] == ["made-3"]


async def test_a_link_to_no_case_says_so(services: Services) -> None:
    """It is old, or made up."""
    (line,) = (await started(services, "case_atlantis")).owed
    assert "no case and no topic of that name" in said(line)


async def test_a_link_brings_an_explanation(services: Services) -> None:
    """To whoever answered the chat's question; of what is no question, it says so."""
    asked = await put(services, await join(services))
    await answer(services, asked, ADA, 1)
    outcome = await started(services, f"why_{QuestionRef(asked.post_id, 0)}")
    assert "Right." in said(outcome.owed[0])
    for payload in ("why_", "why_nonsense", "why_1-0"):
        (line,) = (await started(services, payload)).owed
        assert said(line) == "I don't have this question any more."


@pytest.mark.parametrize(
    ("code", "says"), [("es", "español"), ("en", "English"), (None, "English")]
)
async def test_a_language_is_spoken_at_once(
    services: Services, code: str | None, says: str
) -> None:
    """None follows the person's Telegram again."""
    visit = await ada(services)
    outcome = choose_language(services, visit, code)
    (call,) = outcome.owed
    assert says in said(call)
    assert outcome.facts == (visit.met, LanguageChosen(ADA, code))


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (f"{JOIN_LINK}forged", "lets nobody in"),
        (f"{ROLE_LINK}forged", "lets nobody in any more: it was used"),
        (f"{LIVE_LINK}QQQQQQ", "No live round is open"),
    ],
)
async def test_a_link_to_what_is_over_says_so(services: Services, payload: str, words: str) -> None:
    """A cohort, a role, a live round: each is answered by those that it is for."""
    (call, *_) = (await started(services, payload)).owed
    assert words in said(call)


async def test_a_link_brings_references(services: Services) -> None:
    """To whoever answered the question, as its explanation does."""
    asked = await put(services, await join(services))
    payload = f"{REFERENCES_LINK}{QuestionRef(asked.post_id, 0)}"
    (refused,) = (await started(services, payload)).owed
    await answer(services, asked, ADA, 1)
    (listed,) = (await started(services, payload)).owed
    assert said(listed) != said(refused)
    (unknown,) = (await started(services, f"{REFERENCES_LINK}1-0")).owed
    assert said(unknown) == said(refused)
