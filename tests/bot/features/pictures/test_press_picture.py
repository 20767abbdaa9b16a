"""Buttons about the pictures of a draft: what is asked, listed, changed and left out."""

import pytest
from msgspec.structs import replace

from bot.features.drafts.draft_buttons import DraftPress, DraftVerb
from bot.features.drafts.draft_pictures import DraftPicture
from bot.features.drafts.parts import PICTURE, WantedPart
from bot.features.drafts.sent_message import MessageKind, SentMessage
from bot.features.pictures.picture_steps import NEW_PICTURE
from bot.features.shared.visitors import Visitor, receive
from bot.features.writing.press_draft import press
from bot.services import Services
from storage.draft_facts import DraftPictureDropped, DraftPictureKept
from storage.outcome import Outcome
from storage.sent_file_facts import FileSent
from tests.storage.samples import ADA
from tests.support.authors import (
    DRAFT,
    await_part,
    awaited,
    keep_draft,
    make_authors,
    send,
    texts,
    the_draft,
)
from tests.support.services import commit

PAGE = 50
BARE = DraftPicture(1, 0, "AgAC", 60)
SAID = replace(BARE, creator="Ada", licence="CC0-1.0", consent="obtained")
HERE = replace(
    SAID, caption="Lumps.", alt="A hand with lumps.", sha256="ab" * 32, ending="png", width=900
)
CASE = {"title": "Lumps", "licence": "CC-BY-4.0", "questions": [{"prompt": "What?"}]}


@pytest.fixture
async def services(services: Services) -> Services:
    """Ada is an author."""
    await make_authors(services, ADA)
    return services


async def given(services: Services, *pictures: DraftPicture) -> None:
    """Her draft has these pictures; the bytes are kept of those that are here."""
    many = max((one.number for one in pictures), default=0)
    await keep_draft(services, read=True, base=CASE, pictures=pictures, pictures_so_far=many)
    kept = [DraftPictureKept(DRAFT, ADA, one.sha256, b"x") for one in pictures if one.here]
    await commit(services, Outcome(tuple(kept)))


async def pressed(
    services: Services, verb: DraftVerb, number: int = 1, part: str = "", name: str = "Ada"
) -> Outcome:
    """She presses a button."""
    who = await receive(services, Visitor(ADA, "en", name))
    button = DraftPress(verb, DRAFT, number, part)
    return await commit(services, await press(services, who, button, PAGE))


async def numbers(services: Services) -> list[int]:
    """The pictures of the draft."""
    return [one.number for one in (await the_draft(services)).pictures]


def fetched(outcome: Outcome) -> list[str]:
    """What is to be fetched."""
    return [fact.file_id for fact in outcome.facts if isinstance(fact, FileSent)]


@pytest.mark.parametrize(
    ("questions", "number", "place"), [(1, 0, 0), (1, 1, 1), (1, 2, 0), (2, 2, 2)]
)
async def test_the_next_picture_is_of_the_question_that_the_button_names(
    services: Services, questions: int, number: int, place: int
) -> None:
    """Or with the vignette; also where there is no such question any more."""
    base = {**CASE, "questions": [{"prompt": "What?"}] * questions}
    await keep_draft(services, read=True, base=base)
    await pressed(services, DraftVerb.PICTURE_ADD, number)
    assert await awaited(services) == WantedPart(PICTURE, DRAFT, place)


async def test_all_of_them_are_listed(services: Services) -> None:
    """Where there is none, one is asked for."""
    await given(services)
    await pressed(services, DraftVerb.PICTURES, 0)
    assert await awaited(services) == WantedPart(PICTURE, DRAFT)
    await given(services, HERE)
    assert "Lumps." in str((await pressed(services, DraftVerb.PICTURES, 0)).owed[0].params)
    assert await awaited(services) is None


async def test_one_that_is_gone_leads_to_the_others(services: Services) -> None:
    """By an old button: looked at, the list stands; asked about, it says so."""
    await given(services, HERE)
    assert "Lumps." in str((await pressed(services, DraftVerb.PICTURE, 9)).owed[0].params)
    for verb in (DraftVerb.PICTURE_NEW, DraftVerb.PICTURE_GONE, DraftVerb.PICTURE_SAY):
        outcome = await pressed(services, verb, 9, "creator.me")
        assert outcome.owed == ()
        assert outcome.toast is not None


async def test_left_out_its_bytes_go(services: Services) -> None:
    """The others are listed; of the last, the page stands."""
    await given(services, HERE, replace(HERE, number=2, sha256="cd" * 32))
    outcome = await pressed(services, DraftVerb.PICTURE_GONE, 1)
    assert [f.sha256 for f in outcome.facts if isinstance(f, DraftPictureDropped)] == ["ab" * 32]
    assert await numbers(services) == [2]
    assert await services.store.drafts.picture_bytes(ADA) == 1
    await pressed(services, DraftVerb.PICTURE_GONE, 2)
    assert await numbers(services) == []
    assert await services.store.drafts.picture_bytes(ADA) == 0


async def test_bytes_that_another_needs_stay(services: Services) -> None:
    """The same picture, sent twice."""
    await given(services, HERE, replace(HERE, number=2))
    await pressed(services, DraftVerb.PICTURE_GONE, 1)
    assert await services.store.drafts.picture_bytes(ADA) == 1


async def test_without_consent_it_goes(services: Services) -> None:
    """Whether it was taken already or not; another may be sent for the same place."""
    for picture, words in ((HERE, "is taken out"), (replace(BARE, place=1), "is not taken")):
        await given(services, picture)
        outcome = await pressed(services, DraftVerb.PICTURE_SAY, 1, "consent.no")
        assert words in texts(outcome)
        assert await numbers(services) == []
        assert await awaited(services) == WantedPart(PICTURE, DRAFT, picture.place)
    assert await services.store.drafts.picture_bytes(ADA) == 0


async def test_of_all_that_nothing_was_said_of_the_same_is_said_at_once(
    services: Services,
) -> None:
    """As of the last of which all was; each of them is fetched then, and no other."""
    second, third = (replace(BARE, number=n, file_id=f"file {n}") for n in (2, 3))
    half = replace(BARE, number=4, file_id="file 4", creator="Ben")
    await given(services, SAID, second, third, half)
    outcome = await pressed(services, DraftVerb.PICTURE_SAY, 2, "creator.same")
    assert fetched(outcome) == ["file 2", "file 3"]
    pictures = (await the_draft(services)).pictures
    assert [(one.creator, one.licence, one.consent) for one in pictures] == [
        *[("Ada", "CC0-1.0", "obtained")] * 3,
        ("Ben", "", ""),
    ]


async def test_the_same_as_of_none_is_nothing(services: Services) -> None:
    """By a button that is older than what it speaks of: the question is asked again."""
    await given(services, BARE)
    outcome = await pressed(services, DraftVerb.PICTURE_SAY, 1, "creator.same")
    assert fetched(outcome) == []
    assert "Who made" in texts(outcome)


async def test_somebody_else_made_it(services: Services) -> None:
    """Their name is written; so is that of who has none that can be seen."""
    await given(services, BARE)
    wanted = WantedPart("picture-creator", DRAFT, 1)
    await pressed(services, DraftVerb.PICTURE_SAY, 1, "creator.else")
    assert await awaited(services) == wanted
    await await_part(services, None)
    await pressed(services, DraftVerb.PICTURE_SAY, 1, "creator.me", name="\u200b")
    assert await awaited(services) == wanted
    await send(services, SentMessage(61, "Ben Ali"))
    assert (await the_draft(services)).pictures[0].creator == "Ben Ali"


async def test_the_licence_of_the_case_can_be_the_pictures(services: Services) -> None:
    """Also one that no button of the bot's offers else."""
    await keep_draft(services, read=True, base={**CASE, "licence": "MIT"}, pictures=(BARE,))
    await pressed(services, DraftVerb.PICTURE_SAY, 1, "licence.MIT")
    assert (await the_draft(services)).pictures[0].licence == "MIT"
    await pressed(services, DraftVerb.PICTURE_SAY, 1, "licence.BSD")
    assert (await the_draft(services)).pictures[0].licence == "MIT"


async def test_what_is_said_anew_comes_back_to_the_picture(services: Services) -> None:
    """It is not fetched a second time."""
    await given(services, HERE)
    await pressed(services, DraftVerb.PICTURE_ASK, 1, "licence")
    outcome = await pressed(services, DraftVerb.PICTURE_SAY, 1, "licence.CC-BY-4.0")
    assert "Changed:" in texts(outcome)
    assert fetched(outcome) == []


async def test_one_is_sent_in_the_place_of_another(services: Services) -> None:
    """By a button; the old one stays until the new one is here."""
    await given(services, HERE)
    await pressed(services, DraftVerb.PICTURE_NEW, 1)
    assert await awaited(services) == WantedPart(NEW_PICTURE, DRAFT, 1)
    await send(services, SentMessage(61, "", MessageKind.PICTURE, photo="AgAD"))
    assert await numbers(services) == [1, 2]
    outcome = await pressed(services, DraftVerb.PICTURE_SAY, 2, "creator.same")
    assert fetched(outcome) == ["AgAD"]


async def test_what_is_too_much_to_say_changes_nothing(services: Services) -> None:
    """The draft is full."""
    await given(services, BARE)
    await await_part(services, WantedPart("picture-alt", DRAFT, 1))
    assert "too much for one case" in texts(await send(services, SentMessage(61, "a" * 200_001)))
    assert (await the_draft(services)).pictures == (BARE,)


async def test_while_one_is_being_fetched_it_is_waited_for(services: Services) -> None:
    """All was said of it: another may be sent meanwhile."""
    await given(services, replace(SAID, caption="Lumps.", alt="A hand."))
    assert "fetch" in texts(await pressed(services, DraftVerb.PICTURE_NEXT, 0)).lower()
    assert await awaited(services) == WantedPart(PICTURE, DRAFT)
