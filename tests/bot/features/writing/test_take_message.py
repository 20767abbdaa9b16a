"""What an author sends while a case, or a part of one, is waited for."""

import json

import pytest

from bot.features.drafts.case_draft import CaseDraft
from bot.features.drafts.part_change import PartChange
from bot.features.drafts.parts import WantedPart
from bot.features.drafts.sent_message import MessageKind, SentMessage
from bot.features.writing.take_file import about_draft
from bot.services import Services
from storage.draft_facts import DraftDeleted
from storage.outcome import Outcome
from storage.sent_file_facts import FileSent
from tests.content.drafting.pasted import REFERENCE, pasted
from tests.storage.samples import ADA, BEN
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
)
from tests.support.services import commit

WORDS = SentMessage(60, "Hard lumps")
FILE = FileSent(ADA, 60, "BQAC", "case.txt", "draft")
QUESTION = {"prompt": "What?", "choices": [{"text": "Fat"}, {"text": "Urate", "correct": True}]}


@pytest.fixture
async def services(services: Services) -> Services:
    """Ada and Ben are authors."""
    await make_authors(services, ADA, BEN)
    return services


async def only_draft(services: Services) -> CaseDraft:
    """The one that Ada has."""
    (kept,) = await services.store.drafts.of(ADA)
    return CaseDraft.from_json(kept.document)


async def test_words_are_no_case_unless_one_is_waited_for(services: Services) -> None:
    """They are for whoever else takes words."""
    assert await send(services, WORDS) is None
    assert await services.store.drafts.of(ADA) == []


@pytest.mark.parametrize("text", ["/drafts", "/unknown", " /case ecg "])
async def test_a_command_is_never_a_part(services: Services, text: str) -> None:
    """What was waited for still is."""
    await await_part(services, WantedPart())
    assert await send(services, SentMessage(60, text)) is None
    assert await awaited(services) == WantedPart()


@pytest.mark.parametrize("text", ["/ means per\nas in mg/kg", "/" + "x" * 64])
async def test_what_only_begins_like_a_command_is_a_part(services: Services, text: str) -> None:
    """Of several lines, or longer than any command."""
    await await_part(services, WantedPart("vignette", DRAFT))
    await keep_draft(services, read=True)
    assert await send(services, SentMessage(60, text)) is not None


async def test_a_text_comes_in_as_many_messages_as_it_takes(services: Services) -> None:
    """The first begins a draft; the next goes into the same; it is read at its end alone."""
    await await_part(services, WantedPart())
    first, rest = pasted().split("\n\n", 1)
    done = await send(services, SentMessage(60, first))
    assert "Done" in str(done and done.owed[-1].params["reply_markup"])
    (kept,) = await services.store.drafts.of(ADA)
    assert await awaited(services) == WantedPart("text", kept.id)
    await send(services, SentMessage(61, rest))
    draft = await only_draft(services)
    assert [one.message_id for one in draft.texts] == [60, 61]
    assert not draft.read
    assert draft.reading().case()["title"] == "Chest pain at night"


async def test_more_of_a_text_that_was_read_is_read_with_it(services: Services) -> None:
    """The case is shown anew."""
    draft = CaseDraft().with_text(60, pasted()).reading()
    await keep_draft(services, texts=draft.texts, read=True, base=draft.base)
    await await_part(services, WantedPart("text", DRAFT))
    done = await send(services, SentMessage(61, "Reference\n2. Kaski JC. Angina. Lancet 2000."))
    assert len((await the_draft(services)).texts) == 2
    assert "Chest pain at night" in texts(done)


async def test_a_draft_that_came_as_a_file_takes_no_more_text(services: Services) -> None:
    """Its parts are changed by their buttons."""
    await keep_draft(services, read=True, base={"title": "Lumps"})
    await await_part(services, WantedPart("text", DRAFT))
    assert "change its parts by their buttons" in texts(await send(services, WORDS))
    assert (await the_draft(services)).texts == ()


async def test_the_next_part_that_is_missing_is_asked_for(services: Services) -> None:
    """Where this one was missing too."""
    await keep_draft(services, read=True)
    await await_part(services, WantedPart("title", DRAFT))
    await send(services, WORDS)
    assert (await the_draft(services)).case()["title"] == "Hard lumps"
    assert await awaited(services) == WantedPart("vignette", DRAFT)


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        (WantedPart("title", DRAFT), "Title"),
        (WantedPart("prompt", DRAFT, 1), "Question"),
        (WantedPart("language", DRAFT), "Language"),
    ],
)
async def test_a_part_that_is_changed_comes_back_to_the_page(
    services: Services, wanted: WantedPart, part: str
) -> None:
    """One that was there, one of a later question, one that is never asked for in turn."""
    base = {"title": "Lumps", "questions": [QUESTION, {"prompt": "Then?"}]}
    await keep_draft(services, read=True, base=base)
    await await_part(services, wanted)
    done = await send(services, SentMessage(60, "es" if part == "Language" else "Hard lumps?"))
    assert "Changed:" in texts(done)
    assert await awaited(services) is None


async def test_what_cannot_be_placed_is_asked_for_again(services: Services) -> None:
    """With the reason; the draft is as it was."""
    await keep_draft(services, read=True, base={"title": "Lumps", "questions": [QUESTION]})
    await await_part(services, WantedPart("correct", DRAFT))
    assert "⚠️" in texts(await send(services, SentMessage(60, "Gold")))
    assert (await the_draft(services)).changes == ()
    assert await awaited(services) == WantedPart("correct", DRAFT)


@pytest.mark.parametrize(
    ("wanted", "began"),
    [(WantedPart(), False), (WantedPart("references", DRAFT), True)],
)
async def test_too_much_is_not_taken(services: Services, wanted: WantedPart, began: bool) -> None:
    """No draft is begun for it, and none is changed; what was waited for still is."""
    if began:
        await keep_draft(services, read=True, base={"title": "Lumps"})
    await await_part(services, wanted)
    done = await send(services, SentMessage(60, f"A. {'Long' * 60_000}. Lancet 2000;1:1-2."))
    assert "too much for one case" in texts(done)
    assert len(await services.store.drafts.of(ADA)) == began
    assert await awaited(services) == wanted


async def test_references_wait_to_be_confirmed(services: Services) -> None:
    """They are shown as they were understood; no words of one are no reference."""
    await keep_draft(services, read=True, base={"title": "Lumps"})
    await await_part(services, WantedPart("references", DRAFT))
    done = await send(services, SentMessage(60, REFERENCE))
    assert "Eur Heart J" in texts(done)
    draft = await the_draft(services)
    assert draft.pending is not None
    assert draft.pending.message_id == 60
    assert "references" not in draft.case()
    assert await awaited(services) == WantedPart("references", DRAFT)


async def test_of_a_draft_that_is_gone_it_is_said(services: Services) -> None:
    """And none is begun in its place."""
    await keep_draft(services, read=True)
    await await_part(services, WantedPart("title", DRAFT))
    await commit(services, Outcome((DraftDeleted(DRAFT, ADA),)))
    assert "no longer there" in texts(await send(services, WORDS))
    assert await services.store.drafts.of(ADA) == []


async def test_twenty_drafts_are_as_many_as_there_can_be(services: Services) -> None:
    """The twentieth is begun; then nothing of what is sent is taken."""
    for number in range(1, 20):
        await keep_draft(services, number, read=True, base={"title": "Lumps"})
    for many in (20, 20):
        await await_part(services, WantedPart())
        done = await send(services, SentMessage(60 + many, "A man has lumps."))
        assert len(await services.store.drafts.of(ADA)) == many
    assert "as many as I keep" in texts(done)


async def test_who_writes_no_more_is_told_so_and_asked_for_nothing(services: Services) -> None:
    """Words are words again."""
    await keep_draft(services, read=True)
    await await_part(services, WantedPart("title", DRAFT))
    await end_authorship(services)
    told = texts(await send(services, WORDS))
    assert "Cases are written by authors" in told
    assert "Your drafts are still yours" in told
    assert await awaited(services) is None
    assert (await the_draft(services)).changes == ()


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (MessageKind.PICTURE, "can't read what stands in a picture"),
        (MessageKind.OTHER, "I can't take that"),
    ],
)
async def test_what_has_no_words_is_no_part(
    services: Services, kind: MessageKind, words: str
) -> None:
    """A picture or a sticker, where words are waited for."""
    await keep_draft(services, read=True)
    await await_part(services, WantedPart("title", DRAFT))
    assert words in texts(await send(services, SentMessage(60, "", kind, photo="AgAC")))
    assert await awaited(services) == WantedPart("title", DRAFT)


async def test_the_words_below_a_picture_are_taken_where_words_are_waited_for(
    services: Services,
) -> None:
    """And it is said that the picture was not."""
    await keep_draft(services, read=True)
    await await_part(services, WantedPart("title", DRAFT))
    done = await send(services, SentMessage(60, "Hard lumps", MessageKind.PICTURE, photo="AgAC"))
    assert "the picture was not" in texts(done)
    assert (await the_draft(services)).case()["title"] == "Hard lumps"
    assert (await the_draft(services)).pictures == ()


async def test_a_picture_that_nobody_waits_for_is_not_kept(services: Services) -> None:
    """It is said how one comes into a case; to who is no author it is none of these rules'."""
    picture = SentMessage(60, "", MessageKind.PICTURE, photo="AgAC")
    done = await send(services, picture)
    assert "To put a picture into a case" in texts(done)
    await end_authorship(services)
    assert await send(services, picture) is None


@pytest.mark.parametrize("draft_id", [0, DRAFT])
async def test_a_file_of_an_authors_is_fetched(services: Services, draft_id: int) -> None:
    """For the draft that is waited for, or for a new one; words below it are not taken."""
    if draft_id:
        await keep_draft(services, draft_id)
        await await_part(services, WantedPart("text", draft_id))
    done = await send(services, SentMessage(60, "Below it", MessageKind.OTHER, FILE, size=1000))
    assert done is not None
    (fetch,) = [fact for fact in done.facts if isinstance(fact, FileSent)]
    assert (fetch.file_id, fetch.about) == ("BQAC", about_draft(draft_id))
    assert int(json.loads(fetch.about), 16) == draft_id
    assert "words below the file were not taken" in texts(done)


async def test_a_file_without_words_is_fetched_without_a_word(services: Services) -> None:
    """Whatever comes of it is said then."""
    done = await send(services, SentMessage(60, "", MessageKind.OTHER, FILE, size=1000))
    assert done is not None
    assert done.owed == ()


@pytest.mark.parametrize(
    ("name", "size", "drafts", "words"),
    [
        ("case.txt", 20 * 1024 * 1024 + 1, 0, "too large"),
        ("case.txt", 1, 20, "as many as I keep"),
        ("scan.tiff", 1, 0, "can't read what stands in a picture"),
    ],
)
async def test_a_file_that_would_be_of_no_use_is_not_fetched(
    services: Services, name: str, size: int, drafts: int, words: str
) -> None:
    """It is said at once why, and nothing else."""
    for number in range(1, drafts + 1):
        await keep_draft(services, number, read=True)
    file = FileSent(ADA, 60, "BQAC", name, "draft")
    done = await send(services, SentMessage(60, "Below", MessageKind.OTHER, file, size=size))
    assert done is not None
    assert not [fact for fact in done.facts if isinstance(fact, FileSent)]
    assert words in texts(done)
    assert "below the file" not in texts(done)


async def test_the_largest_file_that_telegram_gives_is_fetched(services: Services) -> None:
    """To the byte; also where there is room for one draft more."""
    for number in range(1, 20):
        await keep_draft(services, number, read=True)
    done = await send(services, SentMessage(60, "", MessageKind.OTHER, FILE, size=20 * 1024 * 1024))
    assert done is not None
    assert [fact for fact in done.facts if isinstance(fact, FileSent)]


async def test_a_change_keeps_its_message(services: Services) -> None:
    """By which an edit finds it."""
    await keep_draft(services, read=True)
    await await_part(services, WantedPart("title", DRAFT))
    await send(services, WORDS)
    assert (await the_draft(services)).changes == (PartChange("title", "Hard lumps", 0, 60),)
    known = await services.store.drafts.message(ADA, 60)
    assert known is not None
    assert known.draft_id == DRAFT
