"""Files, pictures, albums, voice: what is taken for a case, and kind answers to the rest."""

from tests.conversations.writing.conftest import (
    ARTICLE,
    all_said,
    answered,
    press,
    pressed,
    until,
)
from tests.sandbox.conftest import picture
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import asked, buttons, says, text_of

GIFT = b"""
::One:: What is it? {=Calcium ~Fat ~Urate}

::Two:: And what is this? {~Calcium =Fat ~Urate}
"""
YAML = b"""
id: lumps
title: Lumps like stone
vignette: A 64-year-old woman has lumps.
questions:
  - prompt: What are they?
    choices:
      - text: Fat
      - text: Calcium
        correct: true
"""


async def test_a_file_is_a_draft(ada: Person) -> None:
    """Without being asked for; a case file as far as it goes."""
    sent = await ada.send_document("lumps.yaml", YAML)
    page = await ada.wait_for(says("Draft: Lumps like stone"), after=sent["message_id"])
    page = await pressed(ada, page, "Change a part", "Which part?")
    assert "Add text" not in buttons(page)
    await pressed(ada, page, "Right answer", "Now it says:", "Calcium")


async def test_words_below_a_file_are_not_lost_in_silence(ada: Person) -> None:
    """Who writes them is told that they were not taken."""
    sent = await ada.send_document("lumps.yaml", YAML, caption="Key point: calcium")
    await ada.wait_for(says("words below the file were not taken"), after=sent["message_id"])
    await ada.wait_for(says("Draft: Lumps like stone"), after=sent["message_id"])


async def test_a_file_of_too_many_words_is_told_to_be_so(ada: Person) -> None:
    """Not that she had too many drafts, of which she has none."""
    sent = await ada.send_document("lumps.yaml", YAML + b"series: " + b"long " * 50_000)
    told = await ada.wait_for(lambda m: m["from"]["is_bot"], after=sent["message_id"])
    assert "too much for one case" in text_of(told)


async def test_a_file_of_several_cases(ada: Person) -> None:
    """Each is a draft of its own; the first is shown."""
    await asked(ada, "/write", "Send it now")
    sent = await ada.send_document("bank.gift", GIFT)
    await ada.wait_for(says("Draft:", "2 cases were found"), after=sent["message_id"])
    await answered(ada, "/drafts", "2 drafts of at most 20")


async def test_a_file_without_words(ada: Person) -> None:
    """It is told, and nothing is begun; nor of a picture that comes as a file."""
    sent = await ada.send_document("noise.bin", bytes(range(256)) * 4)
    await ada.wait_for(says("no words of a case in that file"), after=sent["message_id"])
    sent = await ada.send_document("ecg.png", picture())
    await ada.wait_for(says("can't read what stands in a picture"), after=sent["message_id"])
    await answered(ada, "/drafts", "You have no drafts")


async def test_a_file_comes_into_the_draft_that_waits_for_it(ada: Person) -> None:
    """One that was begun part by part, while nothing is in it."""
    begin = await asked(ada, "/write", "Send it now")
    await pressed(ada, begin, "Part by part", "Title.")
    sent = await ada.send_document("article.txt", ARTICLE.encode())
    await ada.wait_for(says("Draft: Stone-hard lumps"), after=sent["message_id"])
    await answered(ada, "/drafts", "1 draft of at most")


async def test_pictures_and_what_stands_below_them(ada: Person) -> None:
    """The captions of an album are one text; words are asked for as text; pictures wait."""
    await asked(ada, "/write", "Send it now")
    sent = await ada.send_photo(picture())
    await ada.wait_for(says("send the text as text", "1 picture"), after=sent["message_id"])
    first, second = ARTICLE.split("\n\nWhat are", 1)
    await ada.send_album(
        {"photo": picture(), "caption": first}, {"photo": picture(), "caption": "What are" + second}
    )
    page = await ada.wait_for(says("2 messages taken", "3 pictures noted"))
    page = await pressed(ada, page, "Done", "Picture 1 of 3", "Who made the picture?")
    await pressed(ada, page, "The whole draft", "Draft: Stone-hard lumps")


async def test_a_picture_with_a_caption_where_a_part_is_asked_for(ada: Person) -> None:
    """The words are the part; that the picture was not taken is told."""
    begin = await asked(ada, "/write", "Send it now")
    await pressed(ada, begin, "Part by part", "Title.")
    sent = await ada.send_photo(picture(), caption="Lumps like stone")
    page = await ada.wait_for(says("Vignette.", "the picture was not"), after=sent["message_id"])
    await pressed(ada, page, "Back", "Title.", "Lumps like stone")


async def test_voice_is_answered_kindly(ada: Person) -> None:
    """And what was asked for is still waited for."""
    begin = await asked(ada, "/write", "Send it now")
    await pressed(ada, begin, "Part by part", "Title.")
    sent = await ada.send_voice()
    await ada.wait_for(says("I can't take that"), after=sent["message_id"])
    await answered(ada, "Lumps", "Vignette.")


async def test_a_forwarded_text_is_text(ada: Person) -> None:
    """Whoever wrote it first."""
    await asked(ada, "/write", "Send it now")
    await ada.forward(ARTICLE)
    page = await ada.wait_for(says("1 message taken"))
    await press(ada, page, "Done")
    await ada.wait_for(says("Draft: Stone-hard lumps"))


async def test_others_files_are_not_taken(sandbox: SandboxClient, ada: Person) -> None:
    """Whoever is no author is told how one becomes one; their files are not kept."""
    ben = await sandbox.person("Ben", language_code="en")
    await asked(ben, "/start", "Good morning.")
    await asked(ben, "/write", "Cases are written by authors")
    sent = await ben.send_document("lumps.yaml", YAML)
    await ben.wait_for(says("can't look at pictures or files"), after=sent["message_id"])
    await asked(ben, "next", "")
    await until(ben, lambda said: not any(map(says("Draft:"), said)))
    assert not [one for one in await all_said(ben) if says("taken")(one)]
