"""Cases that their author published, at each press; and what a publication comes to."""

from datetime import date
from pathlib import Path

import pytest

from bot.features.library.take_over import Failed
from bot.features.publishing.own_published import press
from bot.features.publishing.published_buttons import PublishedPress, PublishedVerb
from bot.features.publishing.settle_publication import (
    FileDone,
    FileFailed,
    FileLeft,
    after_reading,
    after_writing,
    do_file,
)
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from bot.settings import Settings
from content.candidate import Broken, Difference, Sound
from content.drafting import from_case, to_yaml
from content.library import Library, load_library
from content.retiring import retiring
from content.revision import item_revision
from content.signed_digest import Signature
from content.signing import digest_of, signing
from storage.facts import PersonForgotten, PersonMet
from storage.outcome import Outcome, OwedCall
from storage.publication_facts import PublicationAsked, PublicationWritten
from storage.publications import Publication
from storage.role_facts import RoleAccepted, RoleLinkMade, RoleTakenBack
from storage.roles import AUTHOR
from tests.storage.samples import ADA, BEN, NOW
from tests.support.services import commit, only_case

ROOT, MESSAGE = 99, 7


@pytest.fixture
async def services(services: Services, tmp_path: Path) -> Services:
    """Ada and Ben are authors; she published the one case that there is."""
    folder = tmp_path / "cases"
    case = only_case(services, folder)
    services.settings = Settings(admins=frozenset({ROOT}), content=folder)
    roles = [
        fact
        for one in (ADA, BEN)
        for fact in (
            RoleLinkMade(f"token {one}", AUTHOR, ROOT, "Root", NOW, NOW + 1),
            RoleAccepted(f"token {one}", one, "A", None, None, NOW),
        )
    ]
    content = to_yaml(from_case(case))
    met = [PersonMet(one, "en", NOW) for one in (ADA, BEN, ROOT)]
    asked = PublicationAsked(case.id, ADA, None, content, (), None, NOW)
    await commit(services, Outcome((*met, *roles, asked)))
    await commit(services, Outcome((PublicationWritten(1, "digest", "hard-lumps.yaml", NOW),)))
    return services


async def pressed(services: Services, by: int, verb: PublishedVerb, number: int = 1) -> Outcome:
    """Somebody presses a button about a published case."""
    who = await receive(services, Visitor(by, "en", "Ada"))
    return await press(services, who, PublishedPress(verb, number), MESSAGE)


def texts(calls: tuple[OwedCall, ...]) -> str:
    """All that is said."""
    return "\n".join(str(call.params.get("text", call.params)) for call in calls)


async def owed(services: Services) -> Publication:
    """What is still to be told of, by its only row."""
    (one,) = await services.store.publications.written()
    return one


@pytest.mark.parametrize("verb", [verb for verb in PublishedVerb if verb is not PublishedVerb.LIST])
async def test_anothers_case_is_an_old_button(services: Services, verb: PublishedVerb) -> None:
    """Whatever was forged: nothing is shown, and nothing is owed."""
    for number in (1, 2, 1 << 62):
        outcome = await pressed(services, BEN, verb, number)
        assert (len(outcome.facts), outcome.owed) == (1, ())
        assert outcome.toast is not None


@pytest.mark.parametrize(
    "verb", [PublishedVerb.CHANGE, PublishedVerb.WITHDRAW, PublishedVerb.WITHDRAWN]
)
async def test_who_is_no_author_any_more_only_looks(
    services: Services, verb: PublishedVerb
) -> None:
    """The case stays theirs to see."""
    await commit(services, Outcome((RoleTakenBack(ADA, AUTHOR),)))
    outcome = await pressed(services, ADA, verb)
    assert "You do not write cases here" in texts(outcome.owed)
    assert len(outcome.facts) == 1
    assert "Hard lumps" in texts((await pressed(services, ADA, PublishedVerb.CARD)).owed)


async def test_a_press_says_which_case_by_a_number_alone(services: Services) -> None:
    """The id may be the diagnosis, and stands in no button."""
    await commit(services, await after_reading(services, sound(services.library)))
    for verb in (PublishedVerb.LIST, PublishedVerb.CARD, PublishedVerb.WITHDRAW):
        outcome = await pressed(services, ADA, verb)
        assert "hard-lumps" not in texts(outcome.owed)
        assert "hard-lumps" not in str(outcome.owed[0].params["reply_markup"])


async def test_changing_twice_opens_the_same_draft(services: Services) -> None:
    """So no two changes of one case lie side by side."""
    for _ in range(2):
        await commit(services, await pressed(services, ADA, PublishedVerb.CHANGE))
    (draft,) = await services.store.drafts.of(ADA)
    assert '"case_id":"hard-lumps"' in draft.document


async def test_what_is_held_up_by_others_can_be_withdrawn(services: Services) -> None:
    """Its file is there, and its author may think better of it."""
    await commit(services, await after_reading(services, Broken((), frozenset())))
    await commit(services, await pressed(services, ADA, PublishedVerb.WITHDRAWN))
    (asked,) = await services.store.publications.owed(5)
    assert asked.content is None


async def test_withdrawing_waits_for_what_is_under_way(services: Services) -> None:
    """And is owed once."""
    busy = await pressed(services, ADA, PublishedVerb.WITHDRAWN)
    assert "just being published" in texts(busy.owed)
    await commit(services, await after_reading(services, sound(services.library)))
    outcome = await commit(services, await pressed(services, ADA, PublishedVerb.WITHDRAWN))
    assert "sendDocument" in [call.method for call in outcome.owed]
    (asked,) = await services.store.publications.owed(5)
    assert (asked.content, asked.replaces) == (None, "digest")


def sound(library: Library) -> Sound:
    """These cases were read, and are in order."""
    return Sound(library, Difference((), (), ()), 0)


async def test_its_author_hears_once_that_it_is_in_use(services: Services) -> None:
    """As soon as the cases in use hold it as it was written."""
    outcome = await commit(services, await after_reading(services, sound(services.library)))
    assert [call.chat_id for call in outcome.owed] == [ADA]
    assert "Published and in use" in texts(outcome.owed)
    assert await after_reading(services, sound(services.library)) == Outcome()


@pytest.mark.parametrize("found", [Broken((), frozenset()), Failed("ValueError")])
async def test_its_author_hears_once_that_it_is_not(
    services: Services, found: Broken | Failed
) -> None:
    """And again when it is, however long that takes."""
    outcome = await commit(services, await after_reading(services, found))
    assert "not in use yet" in texts(outcome.owed)
    assert await after_reading(services, found) == Outcome()
    outcome = await commit(services, await after_reading(services, sound(services.library)))
    assert "Published and in use" in texts(outcome.owed)


async def test_a_file_changed_before_it_was_read_is_told(
    services: Services, tmp_path: Path
) -> None:
    """Between writing and reading somebody was at work in the folder."""
    only_case(services, tmp_path / "others", title="Other lumps")
    outcome = await commit(services, await after_reading(services, sound(services.library)))
    assert "changed by hand" in texts(outcome.owed)
    assert "Your draft stays" not in texts(outcome.owed)
    assert "sendDocument" in [call.method for call in outcome.owed]
    empty = load_library(tmp_path / "nowhere")
    assert await after_reading(services, sound(empty)) == Outcome()


async def test_a_signature_that_holds_still_is_told(services: Services) -> None:
    """What changed is not what it covers, so learners read the reviewer's name."""
    case, library = services.library.cases["hard-lumps"], services.library
    mark = Signature(case.id, digest_of(library, case), BEN, "Ben", date(2026, 3, 1))
    services.library = signing(library, [mark])
    told = texts((await after_reading(services, sound(library))).owed)
    assert "It is still signed" in told
    assert "no clinician has reviewed" not in told


async def test_the_card_of_a_case_tells_who_signed_it(services: Services) -> None:
    """Its author sees what learners read, and nobody else's name stays where it is erased."""
    card = await pressed(services, ADA, PublishedVerb.CARD)
    assert "Not yet reviewed by a clinician." in texts(card.owed)
    case, library = services.library.cases["hard-lumps"], services.library
    mark = Signature(case.id, digest_of(library, case), BEN, "Ben", date(2026, 3, 1))
    services.library = signing(library, [mark])
    card = await pressed(services, ADA, PublishedVerb.CARD)
    assert "Reviewed by Ben on 1 Mar 2026." in texts(card.owed)
    assert [(one.person_id, one.words) for one in card.owed[0].quotes] == [(BEN, "Ben")]


async def test_a_question_that_was_retired_is_not_told_to_be_in_use(services: Services) -> None:
    """Its author hears what keeps the case from learners."""
    case, library = services.library.cases["hard-lumps"], services.library
    item = (case.id, item_revision(library.snapshot(case), 0))
    services.library = retiring(library, frozenset({item}))
    told = texts((await after_reading(services, sound(library))).owed)
    assert "not in use" in told
    assert "have retired" in told


@pytest.mark.parametrize("result", [FileFailed("No space left"), FileLeft(), FileDone("digest")])
async def test_who_was_erased_while_their_file_was_written_is_not_written_to(
    services: Services, result: FileDone | FileLeft | FileFailed
) -> None:
    """Nothing about them is on record again."""
    one = await owed(services)
    await commit(services, Outcome((PersonForgotten(ADA),)))
    assert await after_writing(services, one, result) == Outcome()


async def test_what_cannot_be_written_is_told_to_all_whom_it_concerns(services: Services) -> None:
    """The author in plain words, administrators with the system's."""
    outcome = await after_writing(services, await owed(services), FileFailed("No space left"))
    assert [call.chat_id for call in outcome.owed] == [ADA, ROOT]
    assert "No space left" not in texts(outcome.owed[:1])
    assert "No space left" in texts(outcome.owed[1:])


async def test_a_setting_that_went_or_a_strange_file_is_no_crash(
    services: Services, tmp_path: Path
) -> None:
    """Each has its result."""
    one = await owed(services)
    assert isinstance(do_file(None, one, {}), FileFailed)
    assert isinstance(do_file(tmp_path / "new", one, {}), FileFailed)
    (tmp_path / "new").mkdir()
    assert isinstance(do_file(tmp_path / "new", one, {}), FileDone)
    (tmp_path / "new" / "hard-lumps.yaml").write_text("mine")
    assert isinstance(do_file(tmp_path / "new", one, {}), FileLeft)
    (tmp_path / "file").write_text("no folder")
    assert isinstance(do_file(tmp_path / "file", one, {}), FileFailed)
