"""The sandbox's page: groups, forum topics and channels, and the people in them."""

import re
from typing import Any

import pytest
from playwright.async_api import expect

from tests.sandbox.page.conftest import Bot, Visit

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUIZ = {
    "question": "Which is a noble gas?",
    "options": [{"text": "Neon"}, {"text": "Iron"}],
    "type": "quiz",
    "is_anonymous": False,
    "correct_option_ids": [0],
    "hide_results_until_closes": True,
}


def urls(*buttons: tuple[str, str]) -> dict[str, Any]:
    """A keyboard of links, one a row."""
    return {"inline_keyboard": [[{"text": text, "url": url}] for text, url in buttons]}


async def say(bot: Bot, chat: int, person: int, text: str, **more: Any) -> dict[str, Any]:
    """What a person writes in a chat."""
    return dict(
        await bot.control(f"chats/{chat}/messages", **{"from": person, "text": text}, **more)
    )


async def test_list_holds_the_chats_of_the_person(visit: Visit, bot: Bot) -> None:
    """The list names kind and last message of what the person is in; the rest can be joined."""
    ada, grace = await bot.person("Ada"), await bot.person("Grace")
    ward = await bot.chat("group", "Ward", [ada, grace], bot="administrator")
    other = await bot.chat("supergroup", "Other ward", [grace])
    await say(bot, ward, grace, "anyone here?")
    await visit.open(ada)
    row = visit.chat(ward)
    await expect(row).to_contain_text("Group")
    await expect(row).to_contain_text("Grace: anyone here?")
    await expect(visit.chat(other)).to_have_count(0)
    await visit.get("other-chats").locator("summary").click()
    await visit.get("join").click()
    await expect(visit.chat(other)).to_have_attribute("aria-current", "true")
    await expect(visit.get("chat-title")).to_have_text("Other ward")
    await expect(visit.get("service").last).to_contain_text("Ada joined")


async def test_group_shows_who_speaks_and_what_happened(visit: Visit, bot: Bot) -> None:
    """Others' names stand over their words, once for several; what happened is a small line."""
    ada, grace, alan = [await bot.person(name) for name in ("Ada", "Grace", "Alan")]
    ward = await bot.chat("group", "Ward", [ada, grace], bot="administrator")
    await say(bot, ward, grace, "before")
    await visit.open(ada)
    await expect(visit.chat(ward)).to_contain_text("Grace: before")
    await say(bot, ward, grace, "one")
    await expect(visit.chat(ward).get_by_test_id("unread")).to_be_visible()
    await expect(visit.page).to_have_title(re.compile("●"))
    await visit.chat(ward).click()
    await expect(visit.get("unread")).to_have_count(0)
    await say(bot, ward, grace, "two")
    await bot.set_member(ward, alan, "member")
    await bot.call("sendMessage", chat_id=ward, text="Welcome!")
    await expect(visit.get("message")).to_have_count(4)
    assert await visit.get("sender").all_inner_texts() == ["Grace", "Sandbox BotBot"]
    await expect(visit.get("service").last).to_contain_text("Alan")
    await expect(visit.get("chat-state")).to_contain_text("4 members")


async def test_topics_are_kept_apart(visit: Visit, bot: Bot) -> None:
    """A topic shows what was said in it, and what one writes goes there, until it is closed."""
    ada, grace = await bot.person("Ada"), await bot.person("Grace")
    forum = await bot.chat("supergroup", "Forum", [ada, grace], is_forum=True, bot="administrator")
    path = f"chats/{forum}/topics"
    thread = (await bot.control(path, name="Cases"))["message_thread_id"]
    await say(bot, forum, grace, "in general")
    await visit.open(ada)
    await expect(visit.chat(forum)).to_contain_text("Grace: in general")
    await visit.chat(forum).click()
    await expect(visit.get("message")).to_have_text([re.compile("in general")])
    await say(bot, forum, grace, "about a case", thread=thread)
    topic = visit.get("topic").filter(has_text="Cases")
    await expect(topic.get_by_test_id("unread")).to_be_visible()
    await topic.click()
    await expect(visit.get("message")).to_have_text([re.compile("about a case")])
    await expect(visit.get("chat-state")).to_contain_text("# Cases")
    await visit.get("composer").fill("/case@sandbox_bot")
    await visit.get("send").click()
    await expect(visit.get("message")).to_have_count(2)
    update = await bot.update("message", lambda message: message.get("text") == "/case@sandbox_bot")
    assert (update["message_thread_id"], update["is_topic_message"]) == (thread, True)
    await visit.get("more").click()
    await visit.get("close-topic").click()
    await expect(visit.get("foot-note")).to_contain_text("This topic is closed")
    await expect(visit.get("service").last).to_contain_text("closed")
    await visit.get("reopen").click()
    await expect(visit.get("composer")).to_be_visible()
    await visit.get("more").click()
    await visit.get("delete-topic").click()
    await visit.get("confirm-save").click()
    await expect(visit.get("topic")).to_have_count(1)
    await expect(visit.get("chat-state")).to_contain_text("# General")


async def test_channel_is_read_by_many_and_written_by_few(visit: Visit, bot: Bot) -> None:
    """Posts stand in the channel's name; who is no administrator reads why there is no text box."""
    ada, grace = await bot.person("Ada"), await bot.person("Grace")
    channel = await bot.chat("channel", "Daily", [ada, grace], bot="administrator")
    keys = [[{"text": "Rheumatoid arthritis · 12", "callback_data": "0"}]]
    sent = await bot.call(
        "sendMessage", chat_id=channel, text="A case", reply_markup={"inline_keyboard": keys}
    )
    await visit.open(grace)
    await visit.chat(channel).click()
    await expect(visit.get("message").last).to_contain_text("A case")
    await expect(visit.get("foot-note")).to_contain_text("Only administrators")
    await expect(visit.get("composer")).to_have_count(0)
    await visit.get("keyboard-button").click()
    query = await bot.update("callback_query")
    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (grace, channel)
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Not quite.")
    await expect(visit.get("toast")).to_have_text("Not quite.")
    keys[0][0]["text"] = "Rheumatoid arthritis · 13"
    await bot.call(
        "editMessageReplyMarkup",
        chat_id=channel,
        message_id=sent["message_id"],
        reply_markup={"inline_keyboard": keys},
    )
    await expect(visit.get("keyboard-button")).to_have_text("Rheumatoid arthritis · 13")
    await visit.get("person-picker").select_option(str(ada))
    await expect(visit.get("chat-title")).to_have_text("Daily")
    await expect(visit.get("composer")).to_be_visible()


async def test_comments_lead_to_the_linked_group(visit: Visit, bot: Bot) -> None:
    """The button under a post leads to its copy in the linked group; what answers it is counted."""
    ada, grace = await bot.person("Ada"), await bot.person("Grace")
    talk = await bot.chat("supergroup", "Talk", [ada, grace])
    channel = await bot.chat("channel", "Daily", [ada], bot="administrator", linked_chat=talk)
    await bot.call("sendMessage", chat_id=channel, text="A case")
    await visit.open(ada)
    await visit.chat(channel).click()
    await visit.get("comments").click()
    await expect(visit.get("chat-title")).to_have_text("Talk")
    copy = visit.get("message").last
    await expect(copy).to_contain_text("From the linked channel")
    await expect(copy.get_by_test_id("sender")).to_have_text("DailyChannel")
    await expect(visit.get("answering")).to_contain_text("Reply to Daily: A case")
    await visit.get("composer").fill("Gout?")
    await visit.get("send").click()
    await expect(visit.get("message").last.get_by_test_id("reply-quote")).to_contain_text("A case")
    await expect(visit.get("answering")).to_be_hidden()
    await visit.chat(channel).click()
    await expect(visit.get("comments")).to_have_text("1 comment")


async def test_replying_to_the_bot(visit: Visit, bot: Bot) -> None:
    """Reply sends the text as an answer to that message; Escape thinks better of it."""
    ada = await bot.person("Ada")
    ward = await bot.chat("group", "Ward", [ada])
    asked = await bot.call("sendMessage", chat_id=ward, text="Which time zone?")
    await visit.open(ada)
    await visit.chat(ward).click()
    reply = visit.get("message").last.get_by_test_id("reply")
    await reply.click()
    await expect(visit.get("answering")).to_contain_text("Which time zone?")
    await visit.page.keyboard.press("Escape")
    await expect(visit.get("answering")).to_be_hidden()
    await reply.click()
    await visit.page.keyboard.type("Europe/Paris")
    await visit.page.keyboard.press("Enter")
    # A member bot hears what answers it, and nothing else of what is said.
    heard = await bot.update("message", lambda message: message.get("text") == "Europe/Paris")
    assert heard["reply_to_message"]["message_id"] == asked["message_id"]


async def test_each_person_sees_the_poll_with_their_own_eyes(visit: Visit, bot: Bot) -> None:
    """Changing over stays in the group: one has voted and waits for the results, one has not."""
    ada, grace = await bot.person("Ada"), await bot.person("Grace")
    ward = await bot.chat("group", "Ward", [ada, grace], bot="administrator")
    sent = await bot.call("sendPoll", chat_id=ward, **QUIZ)
    await visit.open(ada)
    await visit.chat(ward).click()
    await visit.page.get_by_role("radio", name="Iron").click()
    assert (await bot.update("poll_answer"))["user"]["id"] == ada
    await expect(visit.get("poll")).to_contain_text("Results appear when the poll closes.")
    await visit.get("person-picker").select_option(str(grace))
    await expect(visit.get("poll").get_by_role("radio")).to_have_count(2)
    await expect(visit.get("chat-title")).to_have_text("Ward")
    await bot.call("stopPoll", chat_id=ward, message_id=sent["message_id"])
    await expect(visit.get("poll")).to_contain_text("Final results")
    await expect(visit.get("poll")).to_contain_text("100%")


async def test_links_of_a_group_lead_into_the_private_chat(visit: Visit, bot: Bot) -> None:
    """A deep link in a button, or in a button's answer, presses Start there with its payload."""
    ada = await bot.person("Ada", started=False)
    ward = await bot.chat("group", "Ward", [ada], bot="administrator")
    keyboard = urls(("Explain", "https://t.me/sandbox_bot?start=why_7"))
    keyboard["inline_keyboard"].append([{"text": "Or so", "callback_data": "x"}])
    await bot.call("sendMessage", chat_id=ward, text="?", reply_markup=keyboard)
    await visit.open(ada)
    await visit.chat(ward).click()
    await visit.get("keyboard-button").filter(has_text="Explain").click()
    private = await bot.update("message", lambda message: message["chat"]["type"] == "private")
    assert private["text"] == "/start why_7"
    await expect(visit.get("chat-title")).to_have_text("Sandbox Bot")
    await visit.chat(ward).click()
    await visit.get("keyboard-button").filter(has_text="Or so").click()
    query = await bot.update("callback_query")
    url = "https://t.me/sandbox_bot?start=why_8"
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], url=url)
    await expect(visit.get("message").last).to_contain_text("/start why_8")


async def test_new_chat_and_its_members(visit: Visit, bot: Bot) -> None:
    """One makes a group, makes somebody its administrator, and makes the bot a member."""
    ada, grace = await bot.person("Ada"), await bot.person("Grace")
    await visit.open(ada)
    await visit.get("new-chat").click()
    await visit.get("new-chat-type").select_option("forum")
    await visit.get("new-chat-title").fill("Journal club")
    await visit.get("new-chat-form-save").click()
    await expect(visit.get("chat-title")).to_have_text("Journal club")
    await expect(visit.get("chat-state")).to_contain_text("Forum group · 3 members")
    await visit.get("members-button").click()
    role = visit.get("member").filter(has_text="Grace").get_by_test_id("member-role")
    async with visit.page.expect_response(f"**/members/{grace}"):
        await role.select_option("Anonymous administrator")
    await expect(role.locator("option:checked")).to_have_text("Anonymous administrator")
    (made,) = await bot.chats()
    assert made["admins"] == [ada, grace]
    bots = visit.get("member").filter(has_text="the bot").get_by_test_id("member-role")
    await bots.select_option("Member")
    change = await bot.update(
        "my_chat_member", lambda change: change["new_chat_member"]["status"] == "member"
    )
    assert change["chat"]["id"] == made["id"]
    await visit.get("members-close").click()
    await visit.get("more").click()
    await visit.get("leave").click()
    await expect(visit.get("chat-title")).to_have_text("Sandbox Bot")
    await expect(visit.chat(made["id"])).to_have_count(0)


async def test_group_becomes_a_supergroup(visit: Visit, bot: Bot) -> None:
    """The old chat leaves the list, and leads on to the new one while it is open."""
    ada = await bot.person("Ada")
    ward = await bot.chat("group", "Ward", [ada], bot="administrator")
    await say(bot, ward, ada, "before")
    await visit.open(ada)
    await visit.chat(ward).click()
    await visit.get("more").click()
    await visit.get("migrate").click()
    await visit.get("confirm-save").click()
    await visit.get("go-on").click()
    await expect(visit.get("chat-state")).to_contain_text("Supergroup")
    await expect(visit.get("composer")).to_be_visible()
    await expect(visit.chat(ward)).to_have_count(0)
    await visit.get("service-link").click()
    await expect(visit.get("message").first).to_contain_text("before")


async def test_anonymous_administrator_speaks_as_the_group(visit: Visit, bot: Bot) -> None:
    """The group's own name stands over the words of an anonymous administrator."""
    ada, grace = await bot.person("Ada"), await bot.person("Grace")
    ward = await bot.chat("supergroup", "Ward", [ada, grace])
    await bot.set_member(ward, grace, "administrator", is_anonymous=True)
    await say(bot, ward, grace, "order!")
    await visit.open(ada)
    await visit.chat(ward).click()
    await expect(visit.get("sender").last).to_have_text("WardAdmin")


async def test_forum_fits_every_width(visit: Visit, bot: Bot) -> None:
    """Long names of chats, topics and buttons make nothing wider than the window."""
    long = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 2
    ada = await bot.person("Ada")
    forum = await bot.chat("supergroup", long, [ada], is_forum=True, bot="administrator")
    await bot.control(f"chats/{forum}/topics", name=long)
    await bot.call(
        "sendMessage",
        chat_id=forum,
        text=long,
        reply_markup=urls((long, "https://example.org/"), (f"{long} · 12", "https://example.org/")),
    )
    await visit.open(ada)
    await visit.chat(forum).click()
    await expect(visit.get("keyboard-button")).to_have_count(2)
    excess = "(node) => node.scrollWidth - node.clientWidth"
    found = {}
    for width in (320, 390, 768, 1280):
        await visit.page.set_viewport_size({"width": width, "height": 700})
        parts = [visit.page.locator(name) for name in ("html", "#log", "#sidebar", "#chat-head")]
        found[width] = [await part.evaluate(excess) for part in parts]
    assert found == {width: [0, 0, 0, 0] for width in found}
