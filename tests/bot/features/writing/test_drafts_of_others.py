"""Drafts by rules alone: whose they are at each press, how large they get, and how they end."""

import pytest

from bot.base.time_units import DAY_MS
from bot.features.drafts.at_draft import at_draft
from bot.features.drafts.case_draft import CaseDraft
from bot.features.drafts.draft_buttons import DraftPress, DraftVerb
from bot.features.drafts.parts import OF_CASE, OF_QUESTION, WantedPart, option_key
from bot.features.drafts.sent_message import SentMessage
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.features.writing.own_drafts import end_idle, warn_of_end
from bot.features.writing.press_draft import press
from bot.features.writing.take_file import take_file
from bot.features.writing.take_message import take_message
from bot.services import Services
from bot.telegram.downloads import NoFile
from content.drafting import Reading
from storage.draft_facts import DraftWritten
from storage.drafts import DRAFT_WARNING_MS, IDLE_DRAFT_MS
from storage.facts import PersonMet
from storage.flag_facts import CommandAwaited
from storage.outcome import Outcome
from storage.role_facts import RoleAccepted, RoleLinkMade
from storage.sent_files import SentFile
from tests.content.html_reader import read_html
from tests.storage.samples import ADA, BEN, NOW
from tests.support.services import StillClock, commit

DRAFT, MESSAGE = 7, 50


@pytest.fixture
async def services(services: Services) -> Services:
    """Ada and Ben are authors, and Ada has a draft."""
    links = (RoleLinkMade(str(one), "author", 99, "Root", NOW, NOW + 1) for one in (ADA, BEN))
    roles = (RoleAccepted(str(one), one, "Ada", None, None, NOW) for one in (ADA, BEN))
    met = (PersonMet(one, "en", NOW) for one in (ADA, BEN))
    draft = CaseDraft(read=True, base={"title": "Lumps"}).to_json()
    await commit(services, Outcome((*met, *links, *roles, DraftWritten(DRAFT, ADA, draft, NOW))))
    return services


async def visit(services: Services, person_id: int) -> Visit:
    """Somebody comes."""
    return await receive(services, Visitor(person_id, "en", "Ada"))


async def pressed(services: Services, by: int, button: DraftPress) -> Outcome:
    """Somebody presses a button."""
    return await commit(services, await press(services, await visit(services, by), button, MESSAGE))


async def sent(services: Services, words: str, wanted: WantedPart) -> Outcome:
    """Ada sends this where a part is waited for."""
    await commit(services, Outcome((CommandAwaited(ADA, str(wanted), services.clock.now()),)))
    who = await visit(services, ADA)
    done = await take_message(services, who, SentMessage(60, words))
    assert done is not None
    return await commit(services, done)


def texts(outcome: Outcome) -> str:
    """All that is said."""
    said = [read_html(call.params.get("text", ""))[0] for call in outcome.owed]
    return "\n".join([*said, outcome.toast.text if outcome.toast else ""])


async def case(services: Services) -> CaseDraft:
    """Ada's draft."""
    at = await at_draft(services, await visit(services, ADA), DRAFT)
    assert at is not None
    return at.draft


@pytest.mark.parametrize("verb", [*DraftVerb])
async def test_nobody_presses_on_anothers_draft(services: Services, verb: DraftVerb) -> None:
    """A forged button shows nothing of it, and changes nothing."""
    before = await services.store.drafts.of(ADA)
    done = await pressed(services, BEN, DraftPress(verb, DRAFT, 0, "title"))
    assert "Lumps" not in texts(done)
    assert await services.store.drafts.of(ADA) == before


@pytest.mark.parametrize("verb", [*DraftVerb])
@pytest.mark.parametrize("part", ["", "title", "id", "prompt", "prompt.7", "correct.x", "rest"])
@pytest.mark.parametrize("number", [0, 3, 1 << 62])
async def test_any_button_is_answered(
    services: Services, verb: DraftVerb, part: str, number: int
) -> None:
    """However it was forged, its own author gets an answer, and no error."""
    done = await pressed(services, ADA, DraftPress(verb, DRAFT, number, part))
    assert done.owed or done.toast


def test_buttons_fit_and_are_read_back() -> None:
    """All within 64 bytes."""
    for verb in DraftVerb:
        for part in (*OF_CASE, *(f"{one}.199" for one in OF_QUESTION)):
            made = DraftPress(verb, (1 << 63) - 1, option_key(part), part)
            assert DraftPress.parse(str(made)) == made
            assert len(str(made).encode()) <= 64
    for forged in ("draft:", "draft:page", "draft:page:zz:0:", "draft:page:01:0:", "x"):
        assert DraftPress.parse(forged) is None


def test_what_is_waited_for_is_read_back() -> None:
    """And nothing else is taken for it."""
    wanted = WantedPart("title", 0xAB, 2)
    assert WantedPart.parse(str(wanted)) == wanted
    assert WantedPart.parse("daily zone") is None
    assert WantedPart.parse("write") is None


async def test_an_option_that_is_gone_is_asked_for_again(services: Services) -> None:
    """A button that is older than the choices never means another one."""
    question = {"prompt": "What?", "choices": [{"text": "Fat"}, {"text": "Urate"}]}
    draft = CaseDraft(read=True, base={"title": "Lumps", "questions": [question]})
    await commit(services, Outcome((DraftWritten(DRAFT, ADA, draft.to_json(), NOW),)))
    old = DraftPress(DraftVerb.CHOOSE, DRAFT, option_key("Calcium"), "correct")
    assert "Which one is right?" in texts(await pressed(services, ADA, old))
    assert (await case(services)).changes == ()
    new = DraftPress(DraftVerb.CHOOSE, DRAFT, option_key("Urate"), "correct")
    await pressed(services, ADA, new)
    assert [one.value for one in (await case(services)).changes] == ["Urate"]


async def test_a_part_that_is_too_large_changes_nothing(services: Services) -> None:
    """What is there stays; it is said."""
    wanted = WantedPart("discussion", DRAFT)
    done = await sent(services, "word " * 50_000, wanted)
    assert "too much for one case" in texts(done)
    assert (await case(services)).changes == ()


async def test_what_is_waited_for_is_so_for_a_day(services: Services) -> None:
    """Afterwards words are words again."""
    who, asked = await visit(services, ADA), WantedPart("title", DRAFT)
    await commit(services, Outcome((CommandAwaited(ADA, str(asked), NOW),)))
    services.clock = StillClock(at=NOW + DAY_MS)
    assert await take_message(services, who, SentMessage(60, "Stones")) is not None
    services.clock = StillClock(at=services.clock.now() + 1)
    assert await take_message(services, who, SentMessage(60, "Stones")) is None


async def test_an_idle_draft_is_told_of_and_goes(services: Services) -> None:
    """Told once; what was changed meanwhile stays."""
    services.clock = StillClock(at=NOW + IDLE_DRAFT_MS - DRAFT_WARNING_MS)
    (kept,) = await services.store.drafts.to_warn(services.clock.now(), 5)
    done = await commit(services, await warn_of_end(services, kept))
    assert "Lumps" in texts(done)
    assert "goes in 7 days" in texts(done)
    assert (await warn_of_end(services, kept)).owed == ()
    services.clock = StillClock(at=NOW + IDLE_DRAFT_MS)
    (kept,) = await services.store.drafts.to_end(services.clock.now(), 5)
    await sent(services, "Stones", WantedPart("title", DRAFT))
    assert (await end_idle(services, kept)).facts == ()
    services.clock = StillClock(at=services.clock.now() + 2 * IDLE_DRAFT_MS)
    (kept,) = await services.store.drafts.to_warn(services.clock.now(), 5)
    await commit(services, await warn_of_end(services, kept))
    services.clock = StillClock(at=services.clock.now() + DRAFT_WARNING_MS)
    (kept,) = await services.store.drafts.to_end(services.clock.now(), 5)
    await commit(services, await end_idle(services, kept))
    assert await services.store.drafts.of(ADA) == []


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (NoFile.TOO_BIG, "too large"),
        (NoFile.GONE, "no longer has that file"),
        (NoFile.UNREACHABLE, "could not be fetched"),
    ],
)
async def test_a_file_that_cannot_be_had(services: Services, why: NoFile, words: str) -> None:
    """Its sender hears why."""
    assert words in texts(await take_file(services, FILE, why))


FILE = SentFile(ADA, 60, "BQAC", "bank.gift", "draft", '"0"')


async def test_a_file_of_more_cases_than_there_is_room_for(services: Services) -> None:
    """As many as fit; how many do not is told."""
    cases = tuple({"title": f"Case {n}"} for n in range(25))
    done = await commit(services, await take_file(services, FILE, Reading(cases, ("Odd.",))))
    assert "19 cases were found" in texts(done)
    assert "6 more were not taken" in texts(done)
    assert "Odd." in texts(done)
    assert len(await services.store.drafts.of(ADA)) == 20
    assert "20 drafts" in texts(await take_file(services, FILE, Reading(cases)))
