"""What is published is the draft as its author saw it, by whichever way it was written."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.settings import Settings
from content.loader import read_case
from content.model import Case
from tests.conversations.writing.conftest import ARTICLE, answered, press, pressed
from tests.support.sandbox import Message, Person
from tests.support.seeing import asked, buttons, says

WHOLE = "It can be published"
YAML = """\
title: Stone-hard lumps, 18 years on
topics: [rheumatology]
level: resident
vignette: |
  A 64-year-old woman has **stone-hard** lumps; her eGFR is 60 mL/min/1.73 m².
questions:
  - id: nodules
    prompt: What are these nodules?
    choices:
      - {text: Deposits of calcium, correct: true, why: "Hard: as stone [1]."}
      - {text: Lipomas, why: "Soft, *no* stone."}
      - {text: "010", why: A number.}
    shuffle: false
    key_point: "Stone-hard: calcium."
discussion:
  - heading: Cause
    text: |
      It follows dermatomyositis [1].

      - Rash
      - Weakness
references:
  - {title: Dermatomyositis, authors: [Callen JP], journal: Lancet, year: 2000, pages: 53-57}
authors: [Ada]
licence: CC0-1.0
"""


async def pasted(ada: Person) -> Message:
    """An article in two messages."""
    first, second = ARTICLE.split("Discussion\n")
    await answered(ada, first, "1 message taken")
    page = await answered(ada, f"Discussion\n{second}", "2 messages taken")
    await press(ada, page, "Done")
    return await ada.wait_for(says("Draft: Stone-hard lumps"), after=page["message_id"])


async def filed(ada: Person) -> Message:
    """A text file."""
    sent = await ada.send_document("case.txt", ARTICLE.encode())
    return await ada.wait_for(says("Draft: Stone-hard lumps"), after=sent["message_id"])


async def case_file(ada: Person) -> Message:
    """A whole case in YAML."""
    sent = await ada.send_document("case.yaml", YAML.encode())
    return await ada.wait_for(says(WHOLE), after=sent["message_id"])


async def step_by_step(ada: Person) -> Message:
    """One part after the other, of which one is mended by editing its message."""
    page = await asked(ada, "/write", "Send it now")
    await pressed(ada, page, "Part by part", "Title.")
    title = await ada.send("Stone-hard lumps: 18 years")
    await ada.wait_for(says("Vignette."), after=title["message_id"])
    page = await answered(ada, "A woman has lumps.\n\nThey are *hard*: 1_000 g/m².", "Picture.")
    await pressed(ada, page, "Skip", "Question.")
    await answered(ada, "What are they?", "Choices.")
    page = await answered(ada, "yes\nno *\n# 3", "Why is each right or wrong?", "A. yes", "C. # 3")
    await answered(ada, "A. It is: not.\nB. Right [1].\nC. A 'number'.", "Key point.")
    await answered(ada, "No: it's calcium.", "Discussion.")
    await answered(ada, "Cause\n\nIt follows dermatomyositis [1].", "References.")
    page = await answered(ada, "Callen JP. Dermatomyositis. Lancet 2000;355:53-57.", "is this so?")
    page = await pressed(ada, page, "Take it", "1. Callen JP")
    page = await pressed(ada, page, "The whole draft", "Draft: Stone-hard lumps")
    await ada.edit(title, "Stone-hard lumps: 19 years")
    return await ada.wait_for(says("Draft: Stone-hard lumps: 19 years"))


async def made_whole(ada: Person, page: Message) -> Message:
    """With what nobody finds in a text; the page of the draft."""
    if "Go on: what is missing" not in buttons(page):
        return page
    page = await pressed(ada, page, "Go on: what is missing", "Send")
    if says("Why is each")(page):
        page = await pressed(ada, page, "Skip", "Send one or more")
    page = await answered(ada, "rheumatology", "Whom is it written for?")
    page = await pressed(ada, page, "Residents", "By which name")
    page = await pressed(ada, page, "As Ada", "Under which licence")
    await press(ada, page, "CC-BY-4.0")
    return await ada.wait_for(says(WHOLE), after=page["message_id"])


async def downloaded(ada: Person, folder: Path) -> Case:
    """The draft, as its author can take it along."""
    page = await asked(ada, "/drafts", "1 draft")
    page = await pressed(ada, page, "1", "Changed on")
    await press(ada, page, "Download")
    sent = await ada.wait_for(lambda m: "document" in m, after=page["message_id"])
    path = folder / "draft.yaml"
    path.write_bytes(await ada.client.file(sent["document"]["file_id"]))
    case = read_case(path).case
    assert case is not None
    return case


@pytest.mark.parametrize("way", [pasted, filed, case_file, step_by_step])
async def test_a_published_file_is_its_draft(
    ada: Person, at_work: Settings, tmp_path: Path, way: Callable[[Person], Awaitable[Message]]
) -> None:
    """Every word and field, but for the id; nor does a change that changes nothing alter it."""
    folder = at_work.content
    assert folder is not None
    before = set(folder.glob("*.yaml"))
    if way is not step_by_step:
        await asked(ada, "/write", "Send it now")
    await made_whole(ada, await way(ada))
    draft = await downloaded(ada, tmp_path)
    page = await asked(ada, "/drafts", "1 draft")
    page = await pressed(ada, page, "1", "Changed on")
    page = await pressed(ada, page, "Open", "Draft:")
    page = await pressed(ada, page, "Publish", "What stays:")
    await press(ada, page, "Publish it now")
    page = await ada.wait_for(says("Published and in use"), after=page["message_id"])
    (path,) = set(folder.glob("*.yaml")) - before
    published = read_case(path).case
    assert published == draft.model_copy(update={"id": path.stem})
    data = path.read_bytes()
    page = await pressed(ada, page, "My published cases", "Cases that you published")
    page = await pressed(ada, page, "1", "State: in use")
    page = await pressed(ada, page, "Change", "Draft:")
    page = await pressed(ada, page, "Publish", "What stays:")
    await press(ada, page, "Publish it now")
    await ada.wait_for(says("Published and in use"), after=page["message_id"])
    assert path.read_bytes() == data
