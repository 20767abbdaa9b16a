"""`/review_cases` and where its buttons lead; who may review is judged at each press."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.features.library import apply_decisions
from bot.features.reviewing import review_cases
from bot.features.reviewing.reviewer_buttons import ReviewerPress, ReviewerVerb, short
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.services import Services
from bot.settings import Settings
from content.codes import case_code
from content.library import load_library
from content.retiring import retiring
from content.revision import item_revision
from content.signing import digest_of, signing
from storage.facts import PersonMet
from storage.flag_facts import CommandAwaited
from storage.outcome import Outcome
from storage.publication_facts import PublicationAsked, PublicationWritten
from storage.role_facts import RoleAccepted, RoleLinkMade, RoleTakenBack
from storage.roles import REVIEWER
from storage.signature_facts import CaseSigned, SignatureTakenBack
from tests.content.html_reader import read_html
from tests.content.samples import question_data, write_case
from tests.storage.samples import ADA, BEN
from tests.support.new_store import new_store
from tests.support.services import commit, services_at

NOW = 1_772_409_600_000  # 2 March 2026
MESSAGE = 7
CASES = {"ecg": ("An ECG", "cardiology"), "lumps": ("Lumps", "rheumatology")}
VARIANT = {"id": "man", "vignette": "A man of 70 has lumps."}


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot with two cases of two specialties; Ada reviews, and Root runs it."""
    for case_id, (title, topic) in CASES.items():
        write_case(tmp_path / f"{case_id}.yaml", id=case_id, title=title, topics=[topic])
    store = await new_store(tmp_path / "bot.db", NOW)
    services = services_at(NOW, store, load_library(tmp_path))
    services.settings = Settings(admins=frozenset({BEN}))
    made = RoleLinkMade("token", REVIEWER, BEN, "Root", NOW, NOW + 1)
    accepted = RoleAccepted("token", ADA, "Ada", None, "Ada Byron, MD", NOW)
    await done(services, Outcome((PersonMet(ADA, "en", NOW), PersonMet(BEN, "en", NOW), made)))
    await done(services, Outcome((accepted,)))
    yield services
    await store.close()


async def done(services: Services, outcome: Outcome) -> Outcome:
    """Record it, and what follows from it for the library."""
    apply_decisions.note(services, (await commit(services, outcome)).facts)
    return outcome


async def visit(services: Services, person_id: int = ADA) -> Visit:
    """Somebody comes."""
    return await receive(services, Visitor(person_id, "en", "Ada"))


async def asked(services: Services, argument: str = "", by: int = ADA) -> Outcome:
    """Somebody sends the command."""
    who = await visit(services, by)
    return await done(services, await review_cases.review_cases(services, who, argument))


async def pressed(
    services: Services,
    verb: ReviewerVerb,
    ref: str = "",
    *,
    by: int = ADA,
    digest: str | None = None,
    page: int = 0,
) -> Outcome:
    """Somebody presses a button: about a case, by its code, as it is now."""
    case = services.library.find(ref)
    if digest is None:
        digest = short(digest_of(services.library, case)) if case else ""
    who = await visit(services, by)
    press = ReviewerPress(verb, ref, digest, page)
    return await done(services, await review_cases.press(services, who, press, MESSAGE))


def texts(outcome: Outcome) -> str:
    """All that is said, on buttons as well."""
    said = [read_html(str(call.params.get("text", "")))[0] for call in outcome.owed]
    said += [str(call.params.get("reply_markup", "")) for call in outcome.owed]
    said += [str(call.params.get("question", "")) for call in outcome.owed]
    return "\n".join([*said, outcome.toast.text if outcome.toast else ""])


ECG, LUMPS = case_code("ecg"), case_code("lumps")


async def test_what_waits_is_counted_by_specialty(services: Services) -> None:
    """With the name by which learners read the reviewer, and what they signed."""
    told = texts(await asked(services))
    assert "2 cases wait for your review, of 2 in use" in told
    assert "Ada Byron, MD" in told
    assert "Cardiology" in told
    assert "Rheumatology" in told
    assert "You signed" not in told
    await pressed(services, ReviewerVerb.SIGN, ECG)
    told = texts(await pressed(services, ReviewerVerb.QUEUE))
    assert "1 case waits for your review, of 2 in use" in told
    assert "Cardiology" not in told
    assert "You signed 1 case" in told


@pytest.mark.parametrize("argument", ["ecg", ECG, ECG.lower()])
async def test_a_case_is_asked_for_by_its_id_or_code(services: Services, argument: str) -> None:
    """It comes as learners meet it, with what can be decided below."""
    told = texts(await asked(services, argument))
    assert f"Case {ECG}: An ECG" in told
    assert "If you sign, learners read" in told
    assert "What are they?" in told


async def test_no_case_by_that_name(services: Services) -> None:
    """It is not in use, or never was."""
    assert "not in use now" in texts(await asked(services, "nothing"))


async def test_who_does_not_review_is_told_who_does(services: Services) -> None:
    """Whatever they ask for."""
    for argument in ("", "ecg"):
        told = texts(await asked(services, argument, BEN))
        assert "Cases are reviewed by clinicians" in told
        assert "An ECG" not in told


@pytest.mark.parametrize("verb", [*ReviewerVerb])
async def test_every_button_of_who_reviews_no_more_is_old(
    services: Services, verb: ReviewerVerb
) -> None:
    """Nothing is shown, signed or taken back."""
    await pressed(services, ReviewerVerb.SIGN, ECG)
    await done(services, Outcome((RoleTakenBack(ADA, REVIEWER),)))
    outcome = await pressed(services, verb, ECG)
    assert (len(outcome.facts), outcome.owed) == (1, ())
    assert outcome.toast is not None


async def test_a_specialty_lists_its_cases(services: Services) -> None:
    """In place of the message; where nothing waits in it any more, all specialties stand there."""
    outcome = await pressed(services, ReviewerVerb.OF, "cardiology")
    assert "An ECG" in texts(outcome)
    assert "Lumps" not in texts(outcome)
    assert outcome.owed[0].params["message_id"] == MESSAGE
    for specialty in ("neurology", ""):
        assert "2 cases wait" in texts(await pressed(services, ReviewerVerb.OF, specialty))


async def test_what_one_signed_is_listed_latest_first(services: Services, tmp_path: Path) -> None:
    """Each case once; one that changed since says so, one that is gone is left out."""
    for code in (ECG, LUMPS):
        await pressed(services, ReviewerVerb.SIGN, code)
    mine = await pressed(services, ReviewerVerb.MINE)
    rows = mine.owed[0].params["reply_markup"]["inline_keyboard"]
    assert [row[0]["text"] for row in rows[:2]] == ["✓ Lumps", "✓ An ECG"]
    assert "has changed since you signed it" not in texts(mine)
    signatures = services.library.signatures
    write_case(tmp_path / "ecg.yaml", id="ecg", title="An ECG", vignette="Another story.")
    (tmp_path / "lumps.yaml").unlink()
    services.library = signing(load_library(tmp_path), signatures)
    told = texts(await pressed(services, ReviewerVerb.MINE))
    assert f"{ECG} has changed since you signed it" in told
    assert "Lumps" not in told


async def test_the_next_case_of_the_specialty_comes_whole(services: Services) -> None:
    """Until nothing else waits."""
    assert f"Case {LUMPS}: Lumps" in texts(await pressed(services, ReviewerVerb.NEXT, ECG))
    await pressed(services, ReviewerVerb.SIGN, LUMPS)
    assert "Nothing else waits" in texts(await pressed(services, ReviewerVerb.NEXT, ECG))


@pytest.mark.parametrize("verb", [ReviewerVerb.SIGN, ReviewerVerb.CHANGE, ReviewerVerb.REJECT])
@pytest.mark.parametrize("digest", ["", "0" * 12])
async def test_nothing_is_decided_on_a_case_that_changed(
    services: Services, verb: ReviewerVerb, digest: str
) -> None:
    """It is shown as it is now, and that is said; a button without a digest is no better."""
    outcome = await pressed(services, verb, ECG, digest=digest)
    assert outcome.toast is not None
    assert outcome.toast.alert
    assert "has changed since you were shown it" in outcome.toast.text
    assert f"Case {ECG}: An ECG" in texts(outcome)
    assert not [f for f in outcome.facts if isinstance(f, CaseSigned | CommandAwaited)]


@pytest.mark.parametrize("verb", [ReviewerVerb.SIGN, ReviewerVerb.CHANGE, ReviewerVerb.REJECT])
async def test_nobody_decides_on_their_own_case(services: Services, verb: ReviewerVerb) -> None:
    """Which they published in the chat."""
    asked_for = PublicationAsked("ecg", ADA, None, "", (), None, NOW)
    await done(services, Outcome((asked_for,)))
    await done(services, Outcome((PublicationWritten(1, "digest", "ecg.yaml", NOW),)))
    outcome = await pressed(services, verb, ECG)
    assert "You are among its authors" in texts(outcome)
    assert len(outcome.facts) == 1
    assert "You are among its authors" in texts(await asked(services, "ecg"))


@pytest.mark.parametrize(
    ("verb", "what"),
    [
        (ReviewerVerb.CHANGE, "change {code} {digest}"),
        (ReviewerVerb.REJECT, "rejected {code} {digest}"),
    ],
)
async def test_the_next_message_says_what_is_wrong(
    services: Services, verb: ReviewerVerb, what: str
) -> None:
    """With it is noted of which case, as it is."""
    digest = short(digest_of(services.library, services.library.cases["ecg"]))
    outcome = await pressed(services, verb, ECG)
    (awaited,) = [fact.command for fact in outcome.facts if isinstance(fact, CommandAwaited)]
    assert awaited == f"reviewing {what.format(code=ECG, digest=digest)}"


async def test_the_next_message_may_be_another_name(services: Services) -> None:
    """Whatever case is looked at."""
    outcome = await pressed(services, ReviewerVerb.NAME, ECG)
    assert [f.command for f in outcome.facts if isinstance(f, CommandAwaited)] == ["reviewing name"]


@pytest.mark.parametrize(
    "verb",
    [
        ReviewerVerb.SIGN,
        ReviewerVerb.CHANGE,
        ReviewerVerb.REJECT,
        ReviewerVerb.NEXT,
        ReviewerVerb.SHOW,
    ],
)
async def test_a_case_that_is_gone_is_not_decided_on(
    services: Services, verb: ReviewerVerb
) -> None:
    """That is said."""
    outcome = await pressed(services, verb, "00000")
    assert "not in use now" in texts(outcome)
    assert (len(outcome.facts), outcome.owed) == (1, ())


async def test_of_a_case_with_a_retired_question_signatures_are_still_taken_back(
    services: Services,
) -> None:
    """It is shown, and not signed."""
    await pressed(services, ReviewerVerb.SIGN, ECG)
    snapshot = services.library.snapshot(services.library.cases["ecg"])
    retired = frozenset({("ecg", item_revision(snapshot, 0))})
    services.library = retiring(services.library, retired)
    assert "ecg" not in services.library.cases
    assert f"Case {ECG}: An ECG" in texts(await pressed(services, ReviewerVerb.SHOW, ECG))
    assert "not in use now" in texts(await pressed(services, ReviewerVerb.SIGN, ECG))
    outcome = await pressed(services, ReviewerVerb.TAKE_BACK, ECG)
    assert [fact for fact in outcome.facts if isinstance(fact, SignatureTakenBack)]
    assert services.library.signatures == ()


async def test_every_wording_of_a_question_is_shown(services: Services, tmp_path: Path) -> None:
    """A signature holds for variants as well."""
    questions = [question_data(variants=[VARIANT])]
    write_case(tmp_path / "ecg.yaml", id="ecg", title="An ECG", questions=questions)
    services.library = load_library(tmp_path)
    assert "A man of 70 has lumps." in texts(await asked(services, "ecg"))
