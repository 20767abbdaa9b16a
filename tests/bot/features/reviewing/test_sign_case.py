"""A reviewer signs: what is asked before, and what is owed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.features.library import apply_decisions
from bot.features.reviewing import review_cases, send_back
from bot.features.reviewing.reviewer_buttons import ReviewerPress, ReviewerVerb, reviewer_button
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.services import Services
from bot.settings import Settings
from content.codes import case_code
from content.library import load_library
from content.signing import digest_of
from storage.facts import PersonMet
from storage.flag_facts import CommandAwaited
from storage.outcome import Outcome
from storage.role_facts import RoleAccepted, RoleLinkMade, RoleTakenBack
from storage.roles import REVIEWER
from storage.signature_facts import CaseSentBack, CaseSigned, SignatureTakenBack
from tests.content.samples import write_case
from tests.storage.samples import ADA, BEN
from tests.support.new_store import new_store
from tests.support.services import commit, services_at

NOW = 1_772_409_600_000
CODE = case_code("hard-lumps")


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot with one case; Ada reviews, and nobody asked her for her name."""
    write_case(tmp_path / "hard-lumps.yaml")
    store = await new_store(tmp_path / "bot.db", NOW)
    services = services_at(NOW, store, load_library(tmp_path))
    made = RoleLinkMade("token", REVIEWER, BEN, "Root", NOW, NOW + 1)
    accepted = RoleAccepted("token", ADA, "Ada", None, None, NOW)
    await done(services, Outcome((made,)))
    await done(services, Outcome((accepted,)))
    yield services
    await store.close()


async def done(services: Services, outcome: Outcome) -> Outcome:
    """Record it, and what follows from it for the library."""
    apply_decisions.note(services, (await commit(services, outcome)).facts)
    return outcome


async def ada(services: Services) -> Visit:
    """Ada comes."""
    return await receive(services, Visitor(ADA, "en", "Ada"))


def pressing(services: Services, verb: ReviewerVerb) -> ReviewerPress:
    """What the button under the case as it is sends back."""
    digest = digest_of(services.library, services.library.cases["hard-lumps"])
    pressed = ReviewerPress.parse(reviewer_button("", verb, CODE, digest)["callback_data"])
    assert pressed
    return pressed


async def press(services: Services, verb: ReviewerVerb) -> Outcome:
    """Ada presses it."""
    who = await ada(services)
    return await done(
        services, await review_cases.press(services, who, pressing(services, verb), 7)
    )


async def test_the_name_is_asked_for_before_the_first_signature(services: Services) -> None:
    """Then what it would say is shown; nothing is signed until she presses again."""
    asked = await press(services, ReviewerVerb.SIGN)
    assert "How shall learners read your name?" in str(asked.owed[0].params["text"])
    assert not [fact for fact in asked.facts if isinstance(fact, CaseSigned)]
    named = await send_back.take(services, await ada(services), f"name {CODE}", "Ada Byron, MD")
    assert named
    await done(services, named)
    said = [str(call.params["text"]) for call in named.owed]
    assert "From now on learners read your name as: Ada Byron, MD." in said[0]
    assert "“Reviewed by Ada Byron, MD on 2 Mar 2026.”" in said[1]
    signed = await press(services, ReviewerVerb.SIGN)
    (fact,) = [fact for fact in signed.facts if isinstance(fact, CaseSigned)]
    assert (fact.name, fact.person_id, fact.signed_at) == ("Ada Byron, MD", ADA, NOW)
    assert [one.name for one in services.library.signed["hard-lumps"]] == ["Ada Byron, MD"]
    assert [(quote.person_id, quote.words) for quote in signed.owed[0].quotes] == [
        (ADA, "Ada Byron, MD")
    ]


async def test_what_is_signed_is_not_sent_back_before_it_is_taken_back(services: Services) -> None:
    """By an old button; nor is anything taken back that was not signed."""
    taken = await press(services, ReviewerVerb.TAKE_BACK)
    assert not [fact for fact in taken.facts if isinstance(fact, SignatureTakenBack)]
    named = await send_back.take(services, await ada(services), "name", "Ada Byron")
    assert named
    await done(services, named)
    await press(services, ReviewerVerb.SIGN)
    for verb in (ReviewerVerb.CHANGE, ReviewerVerb.REJECT):
        told = await press(services, verb)
        assert "take your signature back first" in str(told.owed[-1].params["text"])


async def test_nobody_is_there_to_be_told(services: Services) -> None:
    """Without an administrator who has written, words would go nowhere: that is said at once."""
    for verb in (ReviewerVerb.CHANGE, ReviewerVerb.REJECT):
        told = await press(services, verb)
        assert "Nobody would read it" in str(told.owed[0].params["text"])


@pytest.mark.parametrize(
    "data",
    ["", "sign:", "sign:sign", "sign:eat:0:x:", "sign:sign:0:x:12", "sign:of:00000:a:", "x:0::"],
)
def test_what_no_button_sends_means_nothing(data: str) -> None:
    """People can send anything."""
    assert ReviewerPress.parse(data) is None


def test_buttons_fit() -> None:
    """The longest specialty on the last page takes what Telegram takes."""
    longest = ReviewerPress(ReviewerVerb.OF, "a" * 50, "", 0xFFFF)
    assert len(str(longest).encode()) <= 64
    assert ReviewerPress.parse(str(longest)) == longest


async def test_words_on_a_case_that_changed_meanwhile_are_passed_on(
    services: Services, tmp_path: Path
) -> None:
    """But the new wording waits for the reviewer; one that is gone is told, and nothing is sent."""
    services.settings = Settings(admins=frozenset({BEN}))
    await done(services, Outcome((PersonMet(BEN, "en", NOW),)))
    asked = await press(services, ReviewerVerb.CHANGE)
    (awaited,) = [fact.command for fact in asked.facts if isinstance(fact, CommandAwaited)]
    what = awaited.removeprefix(f"{send_back.REVIEWING} ")
    who = await ada(services)
    sent = await send_back.take(services, who, what, "Cite it.")
    assert sent
    assert [fact.verdict for fact in sent.facts if isinstance(fact, CaseSentBack)] == ["change"]
    write_case(tmp_path / "hard-lumps.yaml", vignette="A man of 64.")
    services.library = load_library(tmp_path)
    sent = await send_back.take(services, who, what, "Cite it.")
    assert sent
    assert not [fact for fact in sent.facts if isinstance(fact, CaseSentBack)]
    assert [call.chat_id for call in sent.owed] == [ADA, BEN]
    (tmp_path / "hard-lumps.yaml").unlink()
    services.library = load_library(tmp_path)
    sent = await send_back.take(services, who, what, "Cite it.")
    assert sent
    assert [call.chat_id for call in sent.owed] == [ADA]
    assert "What you wrote was not sent." in str(sent.owed[0].params["text"])


async def test_whoever_is_no_reviewer_any_more_writes_nothing(services: Services) -> None:
    """What they write is taken for what anybody writes."""
    await done(services, Outcome((RoleTakenBack(ADA, REVIEWER),)))
    assert await send_back.take(services, await ada(services), f"change {CODE} x", "Hm.") is None
