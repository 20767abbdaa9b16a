"""An edited message that gave something to a draft: the draft follows, or it is said why not."""

import pytest

from bot.features.drafts.case_draft import CaseDraft, SentText
from bot.features.drafts.draft_pictures import DraftPicture
from bot.features.drafts.part_change import PartChange
from bot.features.drafts.parts import WantedPart
from bot.features.drafts.sent_message import SentMessage
from bot.features.writing.edit_message import edit_message
from bot.services import Services
from storage.draft_facts import (
    DraftDeleted,
    DraftMessageTaken,
    DraftPageAt,
    DraftShownNoMore,
    DraftWritten,
)
from storage.drafts import page_key
from storage.outcome import NOTHING, Outcome, OwedCall
from tests.content.drafting.pasted import REFERENCE, pasted
from tests.storage.samples import ADA, BEN, NOW
from tests.support.authors import (
    DRAFT,
    await_part,
    awaited,
    end_authorship,
    keep_draft,
    make_authors,
    send,
    texts,
    the_draft,
    visit,
)
from tests.support.services import commit

MESSAGE, PAGE = 60, 70
TITLE = PartChange("title", "Lumps", 0, MESSAGE)


@pytest.fixture
async def services(services: Services) -> Services:
    """Ada and Ben are authors."""
    await make_authors(services, ADA, BEN)
    return services


async def given(services: Services, draft: CaseDraft) -> None:
    """A message of Ada's gave this to her draft, whose page is shown."""
    written = DraftWritten(DRAFT, ADA, draft.to_json(), NOW)
    taken = DraftMessageTaken(ADA, MESSAGE, DRAFT, NOW)
    await commit(services, Outcome((written, taken, DraftPageAt(DRAFT, PAGE))))


async def edited(
    services: Services, words: str, by: int = ADA, message_id: int = MESSAGE
) -> Outcome:
    """Somebody changes a message of theirs into this."""
    who = await visit(services, by)
    return await commit(services, await edit_message(services, who, SentMessage(message_id, words)))


async def test_a_part_follows_its_message(services: Services) -> None:
    """The page is edited where it stands, and says what changed; no message is sent for it."""
    await given(services, CaseDraft(read=True, changes=(TITLE,)))
    done = await edited(services, "Stones")
    assert (await the_draft(services)).case()["title"] == "Stones"
    assert "Changed: Title." in texts(done)
    assert [(call.method, call.params["message_id"]) for call in done.owed] == [
        ("editMessageText", PAGE)
    ]


@pytest.mark.parametrize("known", [True, False], ids=["older one known", "none known"])
async def test_while_another_page_is_on_its_way_the_next_is_sent(
    services: Services, known: bool
) -> None:
    """In place of that one, and of the older one, which goes: what was said there would be lost."""
    await given(services, CaseDraft(read=True, changes=(TITLE,)))
    page = OwedCall(ADA, "sendMessage", {"text": "page"}, edit_key=page_key(DRAFT))
    gone = () if known else (DraftShownNoMore(DRAFT, PAGE),)
    await commit(services, Outcome(gone, (page,)))
    done = await edited(services, "Stones")
    assert [(call.method, call.edit_key) for call in done.owed] == [("sendMessage", page.edit_key)]


@pytest.mark.parametrize(("by", "message_id"), [(ADA, MESSAGE + 1), (BEN, MESSAGE)])
async def test_what_belongs_to_no_draft_means_nothing(
    services: Services, by: int, message_id: int
) -> None:
    """Another message; or another person's of the same number."""
    await given(services, CaseDraft(read=True, changes=(TITLE,)))
    assert await edited(services, "Stones", by, message_id) == NOTHING


async def test_an_edit_that_changes_nothing_says_nothing(services: Services) -> None:
    """Telegram tells of an edit where somebody only added a link's preview."""
    await given(services, CaseDraft(read=True, changes=(TITLE,)))
    assert await edited(services, "Lumps") == NOTHING


async def test_who_writes_no_more_changes_nothing(services: Services) -> None:
    """They are told so."""
    await given(services, CaseDraft(read=True, changes=(TITLE,)))
    await end_authorship(services)
    assert "Cases are written by authors" in texts(await edited(services, "Stones"))
    assert (await the_draft(services)).case()["title"] == "Lumps"


async def test_of_a_draft_that_is_gone_it_is_told_once(services: Services) -> None:
    """However many of its messages are edited."""
    await given(services, CaseDraft(read=True, changes=(TITLE,)))
    await commit(services, Outcome((DraftMessageTaken(ADA, MESSAGE + 1, DRAFT, NOW),)))
    await commit(services, Outcome((DraftDeleted(DRAFT, ADA),)))
    assert "no longer there" in texts(await edited(services, "Stones"))
    assert await edited(services, "More stones") == NOTHING
    assert await edited(services, "Stones", message_id=MESSAGE + 1) == NOTHING


async def test_what_cannot_be_placed_changes_nothing(services: Services) -> None:
    """The page says why."""
    question = {"prompt": "What?", "choices": [{"text": "Fat"}, {"text": "Urate"}]}
    correct = PartChange("correct", "Fat", 0, MESSAGE)
    await given(services, CaseDraft(read=True, base={"questions": [question]}, changes=(correct,)))
    done = await edited(services, "Gold")
    assert "⚠️" in texts(done)
    assert (await the_draft(services)).changes == (correct,)


async def test_a_message_whose_part_was_sent_anew_is_part_of_it_no_more(
    services: Services,
) -> None:
    """That is said, and what is there stays."""
    await given(services, CaseDraft(read=True, changes=(TITLE,)))
    await await_part(services, WantedPart("title", DRAFT))
    await send(services, SentMessage(MESSAGE + 1, "Stones"))
    assert "no part of the draft any more" in texts(await edited(services, "Gravel"))
    assert (await the_draft(services)).case()["title"] == "Stones"


async def test_too_much_changes_nothing(services: Services) -> None:
    """The draft is as it was."""
    await given(services, CaseDraft(read=True, changes=(TITLE,)))
    assert "too much for one case" in texts(await edited(services, "long " * 50_000))
    assert (await the_draft(services)).case()["title"] == "Lumps"


async def test_a_text_is_read_anew(services: Services) -> None:
    """Once it was read; while it is still being sent, it only counts."""
    text = pasted()
    await given(services, CaseDraft(texts=(SentText(MESSAGE, text),)))
    done = await edited(services, text + "\n\nOne more thing.")
    assert (await the_draft(services)).base == {}
    assert "Done" in str(done.owed[0].params["reply_markup"])
    await given(services, CaseDraft(texts=(SentText(MESSAGE, text),)).reading())
    done = await edited(services, text.replace("Chest pain at night", "Pain at night"))
    assert (await the_draft(services)).case()["title"] == "Pain at night"
    assert "Changed:" in texts(done)


async def test_references_are_shown_again_to_be_confirmed(services: Services) -> None:
    """As the message says now; the same words once more are no news."""
    await given(services, CaseDraft(read=True, changes=(TITLE,)))
    await await_part(services, WantedPart("references", DRAFT))
    await send(services, SentMessage(MESSAGE + 1, REFERENCE))
    assert await edited(services, REFERENCE, message_id=MESSAGE + 1) == NOTHING
    changed = REFERENCE.replace("2017", "2018")
    done = await edited(services, changed, message_id=MESSAGE + 1)
    assert "2018" in texts(done)
    pending = (await the_draft(services)).pending
    assert pending is not None
    assert pending.text == changed
    assert "references" not in (await the_draft(services)).case()


async def test_a_pictures_words_follow_while_more_is_asked_of_it(services: Services) -> None:
    """What was asked for is asked again."""
    picture = DraftPicture(1, 0, "AgAC", MESSAGE, caption="Lumps.", said_in={"caption": MESSAGE})
    draft = CaseDraft(read=True, base={"title": "Lumps", "questions": [{"prompt": "What?"}]})
    await given(services, draft.with_picture(picture))
    done = await edited(services, "Hard lumps.")
    assert (await the_draft(services)).pictures[0].caption == "Hard lumps."
    assert "Who made" in texts(done)


@pytest.mark.parametrize(
    ("wanted", "stays"),
    [
        (WantedPart("vignette", DRAFT), None),
        (WantedPart("vignette", DRAFT + 1), WantedPart("vignette", DRAFT + 1)),
    ],
)
async def test_what_another_draft_waits_for_is_waited_for_still(
    services: Services, wanted: WantedPart, stays: WantedPart | None
) -> None:
    """Only of its own nothing more is: its page is what is looked at now."""
    await given(services, CaseDraft(read=True, changes=(TITLE,)))
    await keep_draft(services, DRAFT + 1)
    await await_part(services, wanted)
    await edited(services, "Stones")
    assert await awaited(services) == stays
