"""Files with odd names, and YAML that means to be more than a case."""

import pytest

from bot.settings import Settings
from tests.conversations.writing.conftest import all_said
from tests.conversations.writing.test_what_is_sent import GIFT
from tests.support.sandbox import Person
from tests.support.seeing import asked, my_data, says, text_of

NAMES = (
    "../../etc/passwd.gift",
    "\u202etfig.gift",
    "a\nid: evil.gift",
    f"{'long ' * 40}.gift",
    "<b>{n}%s&.gift",
    "\u0000\ud7ff.gift",
)
ANCHORS = b"""\
a: &a [lol, lol, lol, lol]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b]
id: lumps
title: &title Lumps like stone
vignette: *title
<<: *c
"""


@pytest.mark.parametrize("name", NAMES)
async def test_a_name_is_no_part_of_a_case(ada: Person, at_work: Settings, name: str) -> None:
    """Nor of a path, nor of what is said: the file's words alone are read."""
    assert at_work.content is not None
    before = {path for path in at_work.content.parent.rglob("*") if path.suffix == ".gift"}
    sent = await ada.send_document(name, GIFT)
    await ada.wait_for(says("Draft:", "2 cases were found"), after=sent["message_id"])
    assert {path for path in at_work.content.parent.rglob("*") if path.suffix == ".gift"} == before
    drafts = (await my_data(ada))["cases_you_are_writing"]
    assert len(drafts) == 2
    assert "evil" not in str(drafts)


async def test_anchors_are_not_followed(ada: Person, at_work: Settings) -> None:
    """Each is told with its line; the words stay, as they were written."""
    sent = await ada.send_document("bomb.yaml", ANCHORS)
    page = await ada.wait_for(says("Draft: Lumps like stone"), after=sent["message_id"])
    assert "Line 1: anchors (&name) are not used here." in text_of(page)
    assert max(len(text_of(one)) for one in await all_said(ada)) < 4096
    await asked(ada, "/drafts", "1 draft")
