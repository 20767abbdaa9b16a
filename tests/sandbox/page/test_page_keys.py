"""The sandbox's page: keys that a bot puts below the chat, what is answered, times and pins."""

import re
import time
from typing import Any

import pytest
from playwright.async_api import expect

from tests.sandbox.page.conftest import Bot, Visit

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def give(bot: Bot, chat: int, text: str = "Choose", **markup: object) -> dict[str, Any]:
    """A message of the bot's with a reply markup."""
    return dict(await bot.call("sendMessage", chat_id=chat, text=text, reply_markup=markup))


async def test_a_key_sends_its_text_and_stays(visit: Visit, bot: Bot) -> None:
    """What is pressed is said to the bot; the keys and the words in the text box remain."""
    person = await bot.person()
    await visit.open(person)
    await expect(visit.get("keys")).to_be_hidden()
    await give(
        bot, person, keyboard=[["Yes", "No"], ["Later"]], input_field_placeholder="Yes or no?"
    )
    await expect(visit.get("key")).to_have_text(["Yes", "No", "Later"])
    await expect(visit.get("composer")).to_have_attribute("placeholder", "Yes or no?")
    await visit.get("key").filter(has_text="Later").click()
    said = await bot.update("message")
    assert (said["text"], "reply_to_message" in said) == ("Later", False)
    await expect(visit.get("message").last).to_contain_text("Later")
    await expect(visit.get("keys")).to_be_visible()
    await bot.call("sendMessage", chat_id=person, text="Fine.")
    await expect(visit.get("keys")).to_be_visible()
    await visit.page.reload()
    await expect(visit.get("key")).to_have_count(3)


async def test_keys_go_when_the_bot_takes_them_away(visit: Visit, bot: Bot) -> None:
    """Removed, or with the message that brought them; the text box asks as it always does."""
    person = await bot.person()
    await visit.open(person)
    await give(bot, person, keyboard=[["a"]], input_field_placeholder="Which?")
    await expect(visit.get("keys")).to_be_visible()
    await give(bot, person, "No more", remove_keyboard=True)
    await expect(visit.get("keys")).to_be_hidden()
    await expect(visit.get("keys-toggle")).to_be_hidden()
    await expect(visit.get("composer")).to_have_attribute("placeholder", "Message")
    brought = await give(bot, person, keyboard=[["b"]])
    await expect(visit.get("key")).to_have_text(["b"])
    await bot.call("deleteMessage", chat_id=person, message_id=brought["message_id"])
    await expect(visit.get("keys")).to_be_hidden()


async def test_keys_for_one_use_hide_and_can_be_called_back(visit: Visit, bot: Bot) -> None:
    """After a press they are out of the way, behind a button; after a reload too."""
    person = await bot.person()
    await visit.open(person)
    await give(bot, person, keyboard=[["Yes"]], one_time_keyboard=True, is_persistent=True)
    await visit.get("key").click()
    await expect(visit.get("keys")).to_be_hidden()
    await visit.page.reload()
    await expect(visit.get("message")).to_have_count(3)
    await expect(visit.get("keys")).to_be_hidden()
    toggle = visit.get("keys-toggle")
    await toggle.press("Enter")
    await expect(toggle).to_have_attribute("aria-expanded", "true")
    await expect(visit.get("keys")).to_be_visible()


async def test_keys_can_be_hidden_unless_they_are_persistent(visit: Visit, bot: Bot) -> None:
    """The button beside the text box hides and shows them; persistent keys have none."""
    person = await bot.person()
    await visit.open(person)
    await give(bot, person, keyboard=[["a"]])
    await visit.get("keys-toggle").click()
    await expect(visit.get("keys")).to_be_hidden()
    await give(bot, person, keyboard=[["b"]], is_persistent=True)
    await expect(visit.get("key")).to_have_text(["b"])
    await expect(visit.get("keys-toggle")).to_be_hidden()


async def test_in_a_group_a_key_answers_the_bot(visit: Visit, bot: Bot) -> None:
    """So that a bot that hears nothing else there hears it; selective keys are for one alone."""
    ada, bob = await bot.person(), await bot.person("Bob")
    group = await bot.chat("supergroup", "Ward 3", [ada, bob])
    asked = await bot.control(f"chats/{group}/messages", **{"from": ada, "text": "/start"})
    brought = await bot.call(
        "sendMessage",
        chat_id=group,
        text="Choose",
        reply_parameters={"message_id": asked["message_id"]},
        reply_markup={"keyboard": [["a"]], "selective": True},
    )
    await visit.open(ada)
    await visit.chat(group).click()
    await visit.get("key").click()
    said = await bot.update("message", lambda message: message.get("text") == "a")
    assert said["reply_to_message"]["message_id"] == brought["message_id"]
    await visit.get("person-picker").select_option(str(bob))
    await expect(visit.get("message")).not_to_have_count(0)
    await expect(visit.get("keys")).to_be_hidden()


async def test_styles_are_seen_and_other_keys_say_so(visit: Visit, bot: Bot) -> None:
    """A key's style is drawn; one that would ask for a contact is shown, and sends nothing."""
    person = await bot.person()
    await visit.open(person)
    row = [{"text": "Go", "style": "danger"}, {"text": "Contact", "request_contact": True}]
    await give(bot, person, keyboard=[row])
    await expect(visit.get("key").first).to_have_class("key danger")
    await visit.get("key").last.click()
    await expect(visit.page.locator("#toasts")).to_contain_text("does not know this kind")
    await expect(visit.get("message")).to_have_count(2)


async def test_a_forced_reply_is_begun_once(visit: Visit, bot: Bot) -> None:
    """The next message answers the bot's; then nothing is forced any more."""
    person = await bot.person()
    await visit.open(person)
    forced = await give(bot, person, "Your name?", force_reply=True, input_field_placeholder="Name")
    await expect(visit.get("answering")).to_contain_text("Your name?")
    await expect(visit.get("composer")).to_have_attribute("placeholder", "Name")
    await visit.get("composer").fill("Ada")
    await visit.get("composer").press("Enter")
    said = await bot.update("message")
    assert said["reply_to_message"]["message_id"] == forced["message_id"]
    await expect(visit.get("message")).to_have_count(3)
    await expect(visit.get("answering")).to_be_hidden()


async def test_a_quote_is_what_is_shown_of_the_answered(visit: Visit, bot: Bot) -> None:
    """Of a message in the chat the words quoted; of one elsewhere where it stands, and a way."""
    person = await bot.person()
    channel = await bot.chat("channel", "Grand rounds", [person])
    original = await bot.call("sendMessage", chat_id=person, text="one two three")
    posted = await bot.call("sendMessage", chat_id=channel, text="A post")
    reply = {"message_id": original["message_id"], "quote": "two"}
    await bot.call("sendMessage", chat_id=person, text="a", reply_parameters=reply)
    elsewhere = {"chat_id": channel, "message_id": posted["message_id"], "quote": "post"}
    await bot.call("sendMessage", chat_id=person, text="b", reply_parameters=elsewhere)
    await visit.open(person)
    quotes = visit.get("reply-quote")
    await expect(quotes.first.locator(".quoted-text")).to_have_text("two")
    await expect(quotes.last).to_contain_text("Grand rounds, in another chat")
    await expect(quotes.last.locator(".quoted-text")).to_have_text("post")
    await quotes.last.click()
    await expect(visit.get("message")).to_contain_text(["A post"])


async def test_times_stand_in_the_readers_zone(visit: Visit, bot: Bot) -> None:
    """As the bot formatted them, from now on where it asked for that, else as it wrote them."""
    person = await bot.person()
    now = int(time.time())
    text = (
        '<tg-time unix="1750000000" format="D">D</tg-time> '
        f'<tg-time unix="{now + 7300}" format="r">r</tg-time> '
        '<tg-time unix="1750000000">noon</tg-time> <tg-emoji emoji-id="5">👍</tg-emoji>'
    )
    await bot.call("sendMessage", chat_id=person, text=text, parse_mode="HTML")
    await visit.open(person)
    times = visit.get("message").last.locator(".entity-date_time")
    await expect(times).to_have_text(["15 June 2025", "in 2 hours", "noon"])
    await expect(times.last).to_have_attribute("title", re.compile("Sunday, 15 June 2025"))
    await expect(visit.get("message").last.locator(".entity-custom_emoji")).to_have_text("👍")


async def test_a_pin_is_a_line_of_the_chat_that_leads_there(visit: Visit, bot: Bot) -> None:
    """Who pinned what, with a way to it."""
    person = await bot.person()
    sent = await bot.call("sendMessage", chat_id=person, text="Keep this")
    await bot.call("pinChatMessage", chat_id=person, message_id=sent["message_id"])
    await visit.open(person)
    await expect(visit.get("service")).to_contain_text("pinned “Keep this”")
    await visit.get("service-link").click()
    await expect(visit.get("message").filter(has_text="Keep this")).to_be_focused()
