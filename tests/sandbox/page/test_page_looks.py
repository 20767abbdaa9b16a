"""The sandbox's page: widths, colours and what stands where."""

import pytest
from playwright.async_api import expect

from tests.sandbox.page.conftest import Bot, Visit

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONG_WORD = "pneumonoultramicroscopicsilicovolcanoconiosis" * 3

# Every visible text's contrast with the colours it stands on, by the formula of WCAG 2.2.
FAINT_TEXTS = """() => {
    const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const rgba = (colour) => {
        paint.clearRect(0, 0, 1, 1);
        paint.fillStyle = colour;
        paint.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
        return [r, g, b, a / 255];
    };
    const over = ([r, g, b, a], under) => [r, g, b].map((x, i) => x * a + under[i] * (1 - a));
    const ground = (node) => {
        if (!node) return [255, 255, 255];
        const own = rgba(getComputedStyle(node).backgroundColor);
        return own[3] === 1 ? own.slice(0, 3) : over(own, ground(node.parentElement));
    };
    const light = (colour) => {
        const [r, g, b] = colour.map((x) => x / 255)
            .map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const faint = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const node = walk.currentNode.parentElement;
        const text = walk.currentNode.data.trim();
        if (!text || !node.checkVisibility({ visibilityProperty: true })) continue;
        if (node.closest(":disabled")) continue;
        const behind = ground(node);
        const [a, b] = [light(over(rgba(getComputedStyle(node).color), behind)), light(behind)];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) faint.push(`${text.slice(0, 40)}: ${ratio.toFixed(2)}`);
    }
    return faint;
}"""


# The words of the buttons under messages that begin on one line and end on another.
BROKEN_WORDS = """() => [...document.querySelectorAll(".key > span")].flatMap((label) => {
    const words = [...label.textContent.matchAll(/\\S+/g)];
    return words.map((word) => {
        const range = document.createRange();
        range.setStart(label.firstChild, word.index);
        range.setEnd(label.firstChild, word.index + word[0].length);
        return range.getClientRects().length > 1 ? word[0] : "";
    }).filter(Boolean);
})"""


async def fill(bot: Bot, person: int) -> None:
    """Send one of everything that tends to be too wide or too pale."""
    keys = [[{"text": "A button with many words on it", "callback_data": str(n)} for n in range(3)]]
    await bot.call(
        "sendMessage",
        chat_id=person,
        text=f"{LONG_WORD} <b>b</b> <code>{LONG_WORD}</code><pre>{LONG_WORD}</pre>"
        f"<blockquote>{LONG_WORD} <a href='https://example.org/'>link</a></blockquote> /case @you",
        parse_mode="HTML",
        reply_markup={"inline_keyboard": keys},
    )
    quiz = {
        "chat_id": person,
        "question": LONG_WORD,
        "options": [{"text": LONG_WORD[:100]}, {"text": "short"}],
        "type": "quiz",
        "is_anonymous": False,
        "correct_option_ids": [0],
        "explanation": "why",
        "open_period": 600,
    }
    first = await bot.call("sendPoll", **quiz)
    below = {
        "keyboard": [
            [{"text": style, "style": style} for style in ("primary", "success", "danger")],
            [LONG_WORD, "short"],
        ],
        "resize_keyboard": True,
        "input_field_placeholder": "Which one?",
    }
    await bot.call("sendPoll", **quiz, reply_markup=below)
    await bot.control(
        f"chats/{person}/messages/{first['message_id']}/vote", **{"from": person, "options": [1]}
    )


async def test_nothing_is_wider_than_the_window(visit: Visit, bot: Bot) -> None:
    """At no width does the page or the conversation scroll sideways, however long the words."""
    person = await bot.person()
    await fill(bot, person)
    await visit.open(person)
    await expect(visit.get("poll")).to_have_count(2)
    excess = "(node) => node.scrollWidth - node.clientWidth"
    found = {}
    for width in (320, 390, 767, 768, 1280):
        await visit.page.set_viewport_size({"width": width, "height": 700})
        page, log = visit.page.locator("html"), visit.get("log")
        found[width] = [await page.evaluate(excess), await log.evaluate(excess)]
    assert found == {width: [0, 0] for width in found}


async def test_no_word_of_a_button_is_broken_on_a_phone(visit: Visit, bot: Bot) -> None:
    """Two long topics stand side by side, and four times of day, with their words whole."""
    person = await bot.person()
    rows = [
        ["Electrocardiography (3/3)", "Gastrointestinal surgery (1/1)"],
        ["06:00", "07:00", "07:30", "08:00"],
        ["✓ Mon", "✓ Tue", "✓ Wed", "✓ Thu"],
    ]
    keys = [[{"text": text, "callback_data": text} for text in row] for row in rows]
    text = "Choose a topic. In brackets: how many are new to you, and how many there are."
    keyboard = {"inline_keyboard": keys}
    await bot.call("sendMessage", chat_id=person, text=text, reply_markup=keyboard)
    await visit.page.set_viewport_size({"width": 360, "height": 740})
    await visit.open(person)
    await expect(visit.get("keyboard-button")).to_have_count(10)
    assert await visit.page.evaluate(BROKEN_WORDS) == []


async def test_buttons_stand_nearer_to_their_own_message(visit: Visit, bot: Bot) -> None:
    """Where the bot goes on speaking, it is seen whose the buttons in between are."""
    person = await bot.person()
    key = {"inline_keyboard": [[{"text": "Flag this question", "callback_data": "flag"}]]}
    await bot.call("sendMessage", chat_id=person, text="Not this time.", reply_markup=key)
    await bot.call("sendMessage", chat_id=person, text="Ten days later she is worse.")
    await visit.open(person)
    await expect(visit.get("message").last).to_contain_text("Ten days later")
    own, after = await visit.page.evaluate(
        """() => {
            const all = [...document.querySelectorAll(".bubble, .keyboard")].slice(-3);
            const [before, keys, next] = all.map((node) => node.getBoundingClientRect());
            return [keys.top - before.bottom, next.top - keys.bottom];
        }"""
    )
    assert after > 2 * own


async def test_every_control_is_large_enough_to_be_hit(visit: Visit, bot: Bot) -> None:
    """Whatever stands outside a text measures 24 pixels or more each way (WCAG 2.2, level AA)."""
    person = await bot.person()
    await fill(bot, person)
    await visit.page.set_viewport_size({"width": 390, "height": 844})
    await visit.open(person)
    await expect(visit.get("poll")).to_have_count(2)
    small = await visit.page.evaluate(
        """() => [...document.querySelectorAll("button, select, textarea, summary, input")]
            .filter((node) => !node.closest(".text") && node.checkVisibility())
            .map((node) => [node, node.getBoundingClientRect()])
            .filter(([, { width, height }]) => Math.min(width, height) < 24)
            .map(([node]) => node.outerHTML.slice(0, 80))"""
    )
    assert small == []


async def test_text_is_readable_in_both_colour_schemes(visit: Visit, bot: Bot) -> None:
    """Every text has a contrast of at least 4.5:1 with its ground (WCAG 2.2, level AA)."""
    person = await bot.person()
    await fill(bot, person)
    await visit.open(person)
    await expect(visit.get("poll")).to_have_count(2)
    for scheme in ("light", "dark"):
        await visit.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await visit.page.screenshot()
        assert await visit.page.evaluate(FAINT_TEXTS) == [], scheme


async def test_a_group_is_readable_in_both_colour_schemes(visit: Visit, bot: Bot) -> None:
    """So are the names of all who speak in a group, its small lines, and the list of chats."""
    people = [await bot.person(name) for name in ("Ada", "Grace", "Alan", "Rosa", "Kurt", "Emmy")]
    forum = await bot.chat("supergroup", "Forum", people, is_forum=True, bot="administrator")
    await bot.control(f"chats/{forum}/topics", name="Cases")
    for person in people:
        await bot.control(f"chats/{forum}/messages", **{"from": person, "text": "Good morning"})
    await visit.open(people[0])
    await visit.chat(forum).click()
    await expect(visit.get("sender")).to_have_count(5)
    await visit.get("message").last.hover()
    for scheme in ("light", "dark"):
        await visit.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await visit.page.screenshot()
        assert await visit.page.evaluate(FAINT_TEXTS) == [], scheme


async def test_list_is_a_drawer_on_a_phone(visit: Visit, bot: Bot) -> None:
    """On a phone's width the list is out of reach until opened, and Escape closes it."""
    person = await bot.person()
    await visit.page.set_viewport_size({"width": 390, "height": 844})
    await visit.open(person)
    await expect(visit.get("person-picker")).to_be_hidden()
    await visit.get("drawer").click()
    await expect(visit.get("person-picker")).to_be_focused()
    await visit.page.keyboard.press("Escape")
    await expect(visit.get("person-picker")).to_be_hidden()
    await expect(visit.get("drawer")).to_be_focused()


async def test_page_says_that_it_is_not_telegram(visit: Visit, bot: Bot) -> None:
    """Nobody can take the page for Telegram; and what it loads can only come from the sandbox."""
    await visit.open(await bot.person())
    await expect(visit.get("banner")).to_contain_text("this is not Telegram")
    policy = (await bot.http.get("/")).headers["Content-Security-Policy"]
    assert policy.split(";")[0] == "default-src 'self'"
