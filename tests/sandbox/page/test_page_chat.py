"""The sandbox's page: being someone, talking to a bot, reading what it says."""

import re

import pytest
from playwright.async_api import expect

from bot.sandbox.server import SandboxServer
from tests.sandbox.page.conftest import Bot, Visit

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_first_visitor_says_who_they_are_and_presses_start(visit: Visit, bot: Bot) -> None:
    """Where there is nobody yet, the page asks for a name; Start sends /start in that name."""
    await bot.call("setMyDescription", description="I say good morning.")
    await visit.open()
    await visit.get("new-person-name").fill("Grace")
    await visit.get("new-person-save").click()
    await expect(visit.get("intro")).to_contain_text("I say good morning.")
    await visit.get("start").click()
    message = await bot.update("message")
    assert (message["text"], message["from"]["first_name"]) == ("/start", "Grace")
    await bot.call("sendMessage", chat_id=message["chat"]["id"], text="Good morning!")
    await expect(visit.get("message").last).to_contain_text("Good morning!")
    await expect(visit.get("composer")).to_be_visible()


async def test_start_pressed_by_keyboard_leaves_the_focus_in_the_text_box(
    visit: Visit, bot: Bot
) -> None:
    """Whoever presses Start with Enter can write on at once, and is not sent back to the top."""
    await visit.open(await bot.person(started=False))
    await visit.get("start").press("Enter")
    await bot.update("message")
    await expect(visit.get("composer")).to_be_focused()


async def test_enter_sends_and_shift_enter_breaks_the_line(visit: Visit, bot: Bot) -> None:
    """The text box sends with Enter; Shift+Enter is a line feed in the message."""
    await visit.open(await bot.person())
    await visit.get("composer").press_sequentially("one")
    await visit.page.keyboard.press("Shift+Enter")
    await visit.page.keyboard.type("two")
    await visit.page.keyboard.press("Enter")
    assert (await bot.update("message"))["text"] == "one\ntwo"
    await expect(visit.get("composer")).to_have_value("")


async def test_text_is_shown_as_it_was_written(visit: Visit, bot: Bot) -> None:
    """What looks like HTML in a message is text on the page, and runs nowhere."""
    person = await bot.person()
    hostile = "<img src=x onerror=\"document.title='taken'\"><script>1</script>"
    await visit.open(person)
    await bot.call("sendMessage", chat_id=person, text=hostile)
    last = visit.get("message").last
    await expect(last.get_by_test_id("text")).to_have_text(hostile)
    assert await last.locator("img, script").count() == 0
    assert "taken" not in await visit.page.title()


async def test_entities_are_drawn_with_utf16_offsets(visit: Visit, bot: Bot) -> None:
    """Formatting lands on the right words after characters that take two UTF-16 units."""
    person = await bot.person()
    html = '🫀🫁 <b>bold <i>both</i></b> <a href="https://example.org/">link</a> <code>x = 1</code>'
    await visit.open(person)
    await bot.call("sendMessage", chat_id=person, text=html, parse_mode="HTML")
    text = visit.get("message").last.get_by_test_id("text")
    await expect(text.locator("strong")).to_have_text("bold both")
    await expect(text.locator("strong em")).to_have_text("both")
    await expect(text.locator("code")).to_have_text("x = 1")
    link = text.locator("a")
    await expect(link).to_have_attribute("href", "https://example.org/")
    await expect(link).to_have_attribute("rel", re.compile("noopener"))


async def test_unsafe_and_crossing_entities_lose_no_text(visit: Visit, bot: Bot) -> None:
    """A link of an unsafe scheme is plain text; entities that cross keep every letter."""
    await visit.open(await bot.person())
    drawn = await visit.page.evaluate(
        """async () => {
            const { richText } = await import("/page/entities.js");
            const box = document.createElement("div");
            const ctx = { ui: new Set(), openLink: () => false };
            box.append(...richText("abcdef", [
                { type: "bold", offset: 0, length: 4 },
                { type: "italic", offset: 2, length: 4 },
                { type: "text_link", offset: 0, length: 1, url: "javascript:alert(1)" },
            ], ctx, "t"));
            return [box.textContent, box.querySelectorAll("a").length,
                    [...box.querySelectorAll("em")].map((node) => node.textContent)];
        }"""
    )
    assert drawn == ["abcdef", 0, ["cd", "ef"]]


async def test_collapsed_quote_opens_and_stays_open_when_the_message_changes(
    visit: Visit, bot: Bot
) -> None:
    """A long expandable quote shows three lines and an expander; an edit does not fold it again."""
    person = await bot.person()
    quote = "<blockquote expandable>" + "A long discussion of the cause. " * 40 + "</blockquote>"
    await visit.open(person)
    sent = await bot.call("sendMessage", chat_id=person, text=quote, parse_mode="HTML")
    body = visit.get("expandable").locator(".expandable-body")
    folded = await body.bounding_box()
    await visit.get("expander").click()
    await expect(visit.get("expander")).to_have_attribute("aria-expanded", "true")
    unfolded = await body.bounding_box()
    assert folded is not None
    assert unfolded is not None
    assert unfolded["height"] > 2 * folded["height"]
    await bot.call(
        "editMessageText",
        chat_id=person,
        message_id=sent["message_id"],
        text=f"Mended. {quote}",
        parse_mode="HTML",
    )
    await expect(visit.get("edited")).to_be_visible()
    await expect(visit.get("expander")).to_have_attribute("aria-expanded", "true")


async def test_reply_leads_to_its_original_and_deleted_messages_go(visit: Visit, bot: Bot) -> None:
    """A reply quotes its original and scrolls to it; a deleted message leaves the page."""
    person = await bot.person()
    first = await bot.call("sendMessage", chat_id=person, text="the original")
    for number in range(30):
        await bot.call("sendMessage", chat_id=person, text=f"filler {number}")
    await bot.call(
        "sendMessage",
        chat_id=person,
        text="the reply",
        reply_parameters={"message_id": first["message_id"]},
    )
    await visit.open(person)
    original = visit.page.locator(f'[data-message-id="{first["message_id"]}"]')
    await expect(original).not_to_be_in_viewport()
    await visit.get("reply-quote").click()
    await expect(original).to_be_in_viewport()
    await bot.call("deleteMessage", chat_id=person, message_id=first["message_id"])
    await expect(original).to_have_count(0)


async def test_reader_above_is_not_moved_by_what_arrives(visit: Visit, bot: Bot) -> None:
    """Someone who has scrolled up keeps their place and is told of what is new."""
    person = await bot.person()
    for number in range(40):
        await bot.call("sendMessage", chat_id=person, text=f"line {number}")
    await visit.open(person)
    await expect(visit.get("message").last).to_be_in_viewport()
    await visit.get("log").evaluate("(log) => { log.scrollTop = 100; }")
    await bot.call("sendMessage", chat_id=person, text="the newest")
    await expect(visit.get("jump")).to_have_text("1 new message")
    assert await visit.get("log").evaluate("(log) => log.scrollTop") == 100
    await visit.get("jump").click()
    await expect(visit.get("message").last).to_be_in_viewport()
    await expect(visit.get("jump")).to_be_hidden()


async def test_another_persons_news_is_counted_and_one_can_change_over(
    visit: Visit, bot: Bot
) -> None:
    """What arrives for somebody else is counted in the picker; being them shows their chat."""
    ada, grace = await bot.person("Ada"), await bot.person("Grace")
    await visit.open(ada)
    await expect(visit.get("message").first).to_be_visible()
    await bot.call("sendMessage", chat_id=grace, text="for Grace alone")
    await expect(visit.get("person-picker")).to_contain_text("Grace (1)")
    await expect(visit.get("unread")).to_have_count(0)
    await expect(visit.page).not_to_have_title(re.compile("●"))
    await visit.get("person-picker").select_option(str(grace))
    await expect(visit.get("message").last).to_contain_text("for Grace alone")
    await expect(visit.get("person-picker")).not_to_contain_text("(1)")


async def test_deep_link_in_the_address_starts_once(visit: Visit, bot: Bot) -> None:
    """`/?start=payload` sends `/start payload`; loading the page again does not send it again."""
    person = await bot.person()
    await visit.open(person, "/?start=case_xyz")
    assert (await bot.update("message"))["text"] == "/start case_xyz"
    await expect(visit.page).not_to_have_url(re.compile("start="))
    await visit.page.reload()
    await expect(visit.get("message")).to_have_count(2)


async def test_blocking_the_bot_and_taking_it_back(visit: Visit, bot: Bot) -> None:
    """The menu blocks the bot, which then is refused; Unblock brings the text box back."""
    person = await bot.person()
    await visit.open(person)
    await visit.get("more").click()
    await visit.get("block").click()
    await visit.get("unblock").wait_for()
    refused = await bot.http.post(
        "/bot42:made-up/sendMessage", json={"chat_id": person, "text": "x"}
    )
    assert refused.status_code == 403
    await visit.get("unblock").click()
    await expect(visit.get("composer")).to_be_visible()


async def test_typing_is_shown_until_the_message_comes(visit: Visit, bot: Bot) -> None:
    """A chat action shows under the bot's name, and goes with the message."""
    person = await bot.person()
    await visit.open(person)
    await expect(visit.get("message").first).to_be_visible()
    await bot.call("sendChatAction", chat_id=person, action="typing")
    await expect(visit.get("chat-state")).to_contain_text("typing")
    await bot.call("sendMessage", chat_id=person, text="done")
    await expect(visit.get("chat-state")).not_to_contain_text("typing")


async def test_page_finds_a_restarted_sandbox_again(
    visit: Visit, bot: Bot, sandbox: SandboxServer
) -> None:
    """While the sandbox is away the page says so; when it is back, the page starts afresh."""
    await visit.open(await bot.person())
    await expect(visit.get("message").first).to_be_visible()
    await sandbox.stop()
    await expect(visit.page.locator("#connection")).to_contain_text("not reachable")
    again = SandboxServer(port=int(sandbox.url.rpartition(":")[2]))
    await again.start()
    try:
        await visit.get("new-person").wait_for()
        await expect(visit.page.locator("#connection")).to_be_hidden()
    finally:
        await again.stop()
