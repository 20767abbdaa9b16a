"""The sandbox's page: notes beside the chat, chats emptied and filled anew, chats in full."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.sandbox.page.conftest import Bot, Visit
from tests.sandbox.page.test_page_looks import FAINT_TEXTS, LONG_WORD

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def put(bot: Bot, **notes: Any) -> None:
    """Put notes beside the chats."""
    answer = await bot.http.put("/sandbox/notes", json=notes)
    assert answer.is_success, answer.text


async def test_notes_stand_beside_the_chat_and_lead_to_people(visit: Visit, bot: Bot) -> None:
    """They come, change and go by themselves; a shortcut opens somebody's private chat."""
    ada, bob = await bot.person("Ada"), await bot.person("Bob")
    await visit.open(ada)
    await expect(visit.get("notes")).to_be_hidden()
    remark = {"tone": "error", "text": "<b>no title</b>", "place": "a.yaml:3", "label": "missing"}
    ways = [{"text": "As Ada", "person": ada}, {"text": "As Bob", "person": bob}]
    await put(bot, title="a.yaml", text="Look.", tone="error", shortcuts=ways, remarks=[remark])
    await expect(visit.get("remark")).to_contain_text("Error: a.yaml:3missing<b>no title</b>")
    await expect(visit.get("notes-head")).to_contain_text("Look.")
    await visit.get("shortcut").nth(1).click()
    await expect(visit.get("person-picker")).to_have_value(str(bob))
    await expect(visit.get("shortcut").nth(1)).to_have_attribute("aria-pressed", "true")
    await put(bot, title="a.yaml", text="Mended.", tone="good", shortcuts=ways)
    await expect(visit.get("notes-head")).to_contain_text("Mended.")
    await expect(visit.get("remark")).to_have_count(0)
    await bot.http.delete("/sandbox/notes")
    await expect(visit.get("notes")).to_be_hidden()


async def test_notes_fit_every_width_and_can_be_read(visit: Visit, bot: Bot) -> None:
    """With long words the page never scrolls sideways, the chat keeps its room, texts contrast."""
    remarks = [{"tone": tone, "text": LONG_WORD} for tone in ("error", "warning", "note", "good")]
    remarks *= 5
    person = await bot.person()
    ways = [{"text": LONG_WORD[:100], "person": person}]
    await visit.open(person)
    await put(bot, title=LONG_WORD[:100], text=LONG_WORD, shortcuts=ways, remarks=remarks)
    await expect(visit.get("remark")).to_have_count(20)
    for width in (360, 800, 1280):
        await visit.page.set_viewport_size({"width": width, "height": 800})
        room = await visit.page.evaluate("document.documentElement.scrollWidth")
        assert room == width
        notes = await visit.page.evaluate(
            "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)"
            "(document.getElementById('notes'))"
        )
        assert notes == 0
        box = await visit.get("log").bounding_box()
        assert box is not None
        assert box["height"] > 240
    for scheme in ("light", "dark"):
        await visit.page.emulate_media(color_scheme=scheme)
        assert await visit.page.evaluate(FAINT_TEXTS) == []


async def test_a_chat_filled_anew_keeps_the_reader_s_place(visit: Visit, bot: Bot) -> None:
    """Where one was and what one had unfolded stays, and nothing of before is left."""
    person = await bot.person()
    long = "<blockquote expandable>" + "A long discussion. " * 80 + "</blockquote>"

    async def fill(name: str) -> None:
        for n in range(8):
            text = f"{name} {n} {long}"
            await bot.call("sendMessage", chat_id=person, text=text, parse_mode="HTML")

    await visit.open(person)
    await fill("old")
    await expect(visit.get("message")).to_have_count(9)
    await visit.get("expander").nth(2).click()
    log = visit.get("log")
    await log.evaluate("(log) => { log.scrollTop = 500; }")
    await bot.http.delete(f"/sandbox/chats/{person}/messages")
    await fill("new")
    await expect(visit.get("message")).to_have_count(8)
    await expect(visit.get("expandable").first).to_be_visible()
    assert await log.evaluate("(log) => log.scrollTop") == 500
    assert "old" not in await log.inner_text()
    # The first message of before was the person's own /start.
    await expect(visit.get("expander").nth(3)).to_have_attribute("aria-expanded", "true")


async def test_a_sheet_shows_chats_in_full(visit: Visit, bot: Bot) -> None:
    """Each chat wanted is a column with nothing folded, from the message wanted on."""
    ada, bob = await bot.person("Ada"), await bot.person("Bob")
    quote = "<blockquote expandable>" + "word " * 200 + "</blockquote>"
    await bot.call("sendMessage", chat_id=ada, text=quote, parse_mode="HTML")
    first = await bot.call("sendMessage", chat_id=bob, text="one")
    await bot.call("sendMessage", chat_id=bob, text="two")
    page = visit.page
    await page.goto(f"{visit.url}/page/sheet.html?chat={ada}&chat={bob}:{first['message_id']}")
    await expect(page.locator("html")).to_have_attribute("data-state", "ready")
    columns = page.locator(".column")
    await expect(columns.nth(1)).to_contain_text("Bob")
    await expect(columns.nth(1).get_by_test_id("message")).to_have_count(1)
    body = columns.first.locator(".expandable-body")
    assert await body.evaluate("(node) => node.scrollHeight - node.clientHeight") <= 0
    await page.goto(f"{visit.url}/page/sheet.html?chat=7")
    await expect(page.locator("html")).to_have_attribute("data-state", "failed")
