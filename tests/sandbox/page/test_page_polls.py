"""The sandbox's page: voting, buttons, commands and pictures."""

import io
import json
import re
import time

import pytest
from PIL import Image
from playwright.async_api import FilePayload, expect

from bot.base.clock import Clock
from tests.sandbox.page.conftest import Bot, Visit

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUIZ = {
    "question": "Which is a noble gas?",
    "options": [{"text": "Neon"}, {"text": "Iron"}, {"text": "Zinc"}],
    "type": "quiz",
    "is_anonymous": False,
    "correct_option_ids": [0],
    "shuffle_options": True,
    "explanation": "Neon stands in the <b>last</b> group.",
    "explanation_parse_mode": "HTML",
    "description": "Read this <i>first</i>.",
    "description_parse_mode": "HTML",
}


def png(width: int = 600, height: int = 400) -> bytes:
    """A small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(buffer, "PNG")
    return buffer.getvalue()


def seconds(countdown: str) -> int:
    """The time in "closes in 47:13:20"."""
    hours, minutes, rest = countdown.rsplit(maxsplit=1)[-1].split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(rest)


async def test_wrong_vote_in_a_quiz(visit: Visit, bot: Bot) -> None:
    """A wrong choice is marked in words, the right one too, and the explanation opens."""
    person = await bot.person()
    await visit.open(person)
    await bot.call("sendPoll", chat_id=person, **QUIZ)
    poll = visit.get("poll")
    await expect(poll).to_contain_text("Read this first.")
    await expect(poll.get_by_test_id("poll-explanation")).to_have_count(0)
    await poll.get_by_role("radio", name="Iron").click()
    answer = await bot.update("poll_answer")
    assert (answer["option_ids"], answer["user"]["id"]) == ([1], person)
    await expect(poll.get_by_role("listitem").filter(has_text="Iron")).to_contain_text(
        "not correct"
    )
    await expect(poll.get_by_role("listitem").filter(has_text="Neon")).to_contain_text(
        "Correct answer"
    )
    await expect(poll.get_by_test_id("poll-explanation")).to_have_text(
        "Neon stands in the last group."
    )
    await expect(poll.get_by_test_id("poll-total")).to_have_text("1 answer")
    await expect(poll.get_by_role("radio")).to_have_count(0)


async def test_voting_by_keyboard_alone(visit: Visit, bot: Bot) -> None:
    """Arrow keys go through the options without voting; Enter votes."""
    person = await bot.person()
    await visit.open(person)
    await bot.call("sendPoll", chat_id=person, **QUIZ)
    await expect(visit.get("poll-option")).to_have_count(3)
    await visit.get("log").focus()
    for _ in range(10):
        await visit.page.keyboard.press("Tab")
        if await visit.page.locator("[role=radio]:focus").count():
            break
    for _ in range(3):
        if await visit.page.locator("[role=radio]:focus").inner_text() == "Neon":
            break
        await visit.page.keyboard.press("ArrowDown")
    await expect(visit.get("poll").get_by_role("radio")).to_have_count(3)
    await visit.page.keyboard.press("Enter")
    await expect(visit.get("poll")).to_contain_text("Your answer: correct")
    # The explanation is behind the lamp for who did not need it.
    await expect(visit.get("poll-explanation")).to_be_hidden()
    await visit.get("lamp").focus()
    await visit.page.keyboard.press("Enter")
    await expect(visit.get("poll-explanation")).to_be_visible()
    assert (await bot.update("poll_answer"))["option_ids"] == [0]


async def test_several_answers_are_voted_at_once_and_retracted(visit: Visit, bot: Bot) -> None:
    """Ticks are gathered until Vote is pressed; a regular poll's vote can be taken back."""
    person = await bot.person()
    await visit.open(person)
    await bot.call(
        "sendPoll",
        chat_id=person,
        question="Which days?",
        options=[{"text": "Monday"}, {"text": "Tuesday"}, {"text": "Friday"}],
        is_anonymous=False,
        allows_multiple_answers=True,
    )
    await expect(visit.get("poll-vote")).to_be_disabled()
    await visit.page.get_by_role("checkbox", name="Friday").click()
    await visit.page.get_by_role("checkbox", name="Monday").click()
    await visit.get("poll-vote").click()
    assert sorted((await bot.update("poll_answer"))["option_ids"]) == [0, 2]
    await expect(visit.get("poll").get_by_text("Your vote")).to_have_count(2)
    await visit.get("poll-retract").click()
    assert (await bot.update("poll_answer"))["option_ids"] == []
    await expect(visit.page.get_by_role("checkbox", checked=True)).to_have_count(0)


async def test_closed_poll_shows_results_and_takes_no_vote(visit: Visit, bot: Bot) -> None:
    """Closing a poll changes an open page: final results, nothing to press."""
    person = await bot.person()
    await visit.open(person)
    sent = await bot.call("sendPoll", chat_id=person, **QUIZ)
    await expect(visit.get("poll").get_by_role("radio")).to_have_count(3)
    await bot.call("stopPoll", chat_id=person, message_id=sent["message_id"])
    await expect(visit.get("poll")).to_contain_text("Final results")
    await expect(visit.get("poll").get_by_role("radio")).to_have_count(0)


@pytest.mark.parametrize(
    "sandbox", [Clock(start=2e9, speed=1800, epoch=time.time())], indirect=True
)
async def test_poll_counts_down_by_the_sandboxs_clock(visit: Visit, bot: Bot) -> None:
    """Where the sandbox lives half an hour in a second, so does the time left in a poll."""
    person = await bot.person()
    await visit.open(person)
    await bot.call("sendPoll", chat_id=person, **QUIZ, open_period=170_000)
    timer = visit.get("poll").get_by_role("timer")
    await expect(timer).to_have_text(re.compile(r"^closes in \d+:\d\d:\d\d$"))
    first = left = seconds(await timer.inner_text())
    for _ in range(100):
        if left < first - 1800:  # which takes half an hour by the computer's own clock
            break
        await visit.page.wait_for_timeout(100)
        left = seconds(await timer.inner_text())
    assert left < first - 1800
    await expect(visit.page.get_by_role("heading", name="Today")).to_be_visible()


async def test_buttons_answer_with_a_notice_or_an_alert(visit: Visit, bot: Bot) -> None:
    """A callback answer is a passing notice, or an alert that is to be closed."""
    person = await bot.person()
    keys = [[{"text": "Tell", "callback_data": "tell"}, {"text": "Warn", "callback_data": "warn"}]]
    await bot.call("sendMessage", chat_id=person, text="?", reply_markup={"inline_keyboard": keys})
    await visit.open(person)
    await visit.get("keyboard-button").filter(has_text="Tell").click()
    query = await bot.update("callback_query")
    assert query["data"] == "tell"
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Told.")
    await expect(visit.get("toast")).to_have_text("Told.")
    await visit.get("keyboard-button").filter(has_text="Warn").click()
    query = await bot.update("callback_query")
    await bot.call(
        "answerCallbackQuery", callback_query_id=query["id"], text="Mind!", show_alert=True
    )
    await expect(visit.get("alert")).to_contain_text("Mind!")
    await visit.page.keyboard.press("Enter")
    await expect(visit.get("alert")).to_have_count(0)


async def test_link_to_the_bot_is_followed_inside_the_page(visit: Visit, bot: Bot) -> None:
    """A button with the bot's own deep link presses Start with its payload, in this tab."""
    person = await bot.person()
    name = (await bot.call("getMe"))["username"]
    keys = [[{"text": "Go", "url": f"https://t.me/{name}?start=case_7"}]]
    await bot.call("sendMessage", chat_id=person, text="?", reply_markup={"inline_keyboard": keys})
    await visit.open(person)
    await visit.get("keyboard-button").click()
    assert (await bot.update("message"))["text"] == "/start case_7"
    assert len(visit.page.context.pages) == 1


async def test_commands_are_suggested_while_typing(visit: Visit, bot: Bot) -> None:
    """A slash lists the bot's commands; arrows and Enter send one; a tap on one in a text too."""
    person = await bot.person()
    commands = [
        {"command": "case", "description": "A case"},
        {"command": "help", "description": "What to do"},
    ]
    await bot.call("setMyCommands", commands=commands)
    await visit.open(person)
    await visit.get("commands-button").click()
    await expect(visit.get("command-option")).to_have_count(2)
    await visit.page.keyboard.press("Escape")
    await visit.get("composer").press_sequentially("/h")
    await expect(visit.get("command-option")).to_have_text(["/helpWhat to do"])
    await visit.page.keyboard.press("ArrowDown")
    await visit.page.keyboard.press("Enter")
    assert (await bot.update("message"))["text"] == "/help"
    await bot.call("sendMessage", chat_id=person, text="Try /case now")
    await visit.get("command").filter(has_text="/case").click()
    assert (await bot.update("message"))["text"] == "/case"


async def test_photo_opens_large_and_closes_with_escape(visit: Visit, bot: Bot) -> None:
    """A photo fills the window when pressed; Escape closes it and the focus is back on it."""
    person = await bot.person()
    await bot.http.post(
        "/bot42:made-up/sendPhoto",
        data={"chat_id": person, "caption": "Front"},
        files={"photo": ("x.png", png())},
    )
    await visit.open(person)
    photo = visit.get("photo")
    loaded = "(node) => node.querySelector('img').decode().then(() => true)"
    assert await photo.evaluate(loaded)
    await photo.click()
    await expect(visit.get("lightbox")).to_be_visible()
    await visit.page.keyboard.press("Escape")
    await expect(visit.get("lightbox")).to_have_count(0)
    await expect(photo).to_be_focused()


async def test_album_and_document(visit: Visit, bot: Bot) -> None:
    """An album's photos stand together in one bubble; a document is a link that downloads it."""
    person = await bot.person()
    media = [{"type": "photo", "media": f"attach://p{number}"} for number in range(3)]
    await bot.http.post(
        "/bot42:made-up/sendMediaGroup",
        data={"chat_id": person, "media": json.dumps(media)},
        files={f"p{number}": (f"{number}.png", png(600 + number)) for number in range(3)},
    )
    await bot.http.post(
        "/bot42:made-up/sendDocument",
        data={"chat_id": person},
        files={"document": ("mine.json", b'{"a": 1}')},
    )
    await visit.open(person)
    await expect(visit.get("album").get_by_test_id("photo")).to_have_count(3)
    async with visit.page.expect_download() as download:
        await visit.get("document").click()
    assert (await download.value).suggested_filename == "mine.json"


async def test_sending_a_photo(visit: Visit, bot: Bot) -> None:
    """A photo picked in the page arrives at the bot as one of the person's messages."""
    person = await bot.person()
    await visit.open(person)
    picture: FilePayload = {"name": "a.png", "mimeType": "image/png", "buffer": png(40, 30)}
    await visit.get("file-input").set_input_files(picture)
    await visit.get("send").click()
    assert (await bot.update("message"))["photo"][-1]["width"] == 40
    await expect(visit.get("message").last.get_by_test_id("photo")).to_be_visible()


async def test_refusals_are_shown_in_the_sandboxs_words(visit: Visit, bot: Bot) -> None:
    """What the sandbox refuses is said in a notice, and the text is not lost."""
    person = await bot.person()
    await visit.open(person)
    await expect(visit.get("message").first).to_be_visible()
    await visit.page.route(
        "**/messages",
        lambda route: route.fulfill(
            status=400, json={"ok": False, "error_code": 400, "description": "Bad Request: no"}
        ),
    )
    await visit.get("composer").fill("kept")
    await visit.get("send").click()
    await expect(visit.get("toast")).to_have_text("Bad Request: no")
    await expect(visit.get("composer")).to_have_value("kept")
