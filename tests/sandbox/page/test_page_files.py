"""The sandbox's page: attaching files, long texts, and editing what one sent."""

from typing import Any

import pytest
from playwright.async_api import FilePayload, expect

from tests.sandbox.conftest import picture
from tests.sandbox.page.conftest import Bot, Visit
from tests.sandbox.page.test_page_looks import FAINT_TEXTS, LONG_WORD
from tests.support.trouble import until

pytestmark = pytest.mark.asyncio(loop_scope="session")


def photo(name: str = "a.png", width: int = 40) -> FilePayload:
    """A picture to pick."""
    return {"name": name, "mimeType": "image/png", "buffer": picture(width, 30)}


def text_file(name: str = "case.docx") -> FilePayload:
    """A file to pick."""
    return {"name": name, "mimeType": "text/plain", "buffer": b"words"}


async def told(bot: Bot, number: int) -> list[dict[str, Any]]:
    """The next messages."""
    return [await bot.update("message") for _ in range(number)]


async def test_a_photo_goes_with_its_caption_and_as_a_file_if_wanted(
    visit: Visit, bot: Bot
) -> None:
    """What is written beside an attachment is its caption; a tick keeps the photo as it is."""
    await visit.open(await bot.person())
    await visit.get("file-input").set_input_files(photo())
    await expect(visit.get("composer")).to_have_attribute("placeholder", "Caption")
    await visit.get("composer").fill("Lead II")
    await visit.get("send").click()
    [sent] = await told(bot, 1)
    assert (sent["photo"][-1]["width"], sent["caption"]) == (40, "Lead II")
    await expect(visit.get("attached")).to_be_hidden()
    await visit.get("file-input").set_input_files(photo("ecg.png"))
    await visit.get("as-files").check()
    await visit.get("composer").press("Enter")
    [sent] = await told(bot, 1)
    assert (sent["document"]["file_name"], sent["document"]["mime_type"]) == (
        "ecg.png",
        "image/png",
    )
    assert "caption" not in sent
    await expect(visit.get("message").last.get_by_test_id("document")).to_contain_text("ecg.png")


async def test_several_are_albums_of_one_kind(visit: Visit, bot: Bot) -> None:
    """Photos first, then files; the caption stands at the first; one can be taken out again."""
    await visit.open(await bot.person())
    picked = [
        text_file("a.txt"),
        photo("b.png"),
        photo("c.png"),
        text_file("d.txt"),
        photo("e.png"),
    ]
    await visit.get("file-input").set_input_files(picked)
    await expect(visit.get("attachment")).to_have_count(5)
    await visit.page.get_by_role("button", name="Remove e.png").press("Enter")
    await expect(visit.get("attachment")).to_have_count(4)
    await visit.get("composer").fill("All of it")
    await visit.get("send").click()
    sent = await told(bot, 4)
    assert ["photo" in one for one in sent] == [True, True, False, False]
    assert [one.get("caption") for one in sent] == ["All of it", None, None, None]
    albums = [one["media_group_id"] for one in sent]
    assert (albums[0], albums[2], len(set(albums))) == (albums[1], albums[3], 2)
    await expect(visit.get("album").get_by_test_id("photo")).to_have_count(2)


async def test_a_pasted_picture_is_attached(visit: Visit, bot: Bot) -> None:
    """As from a screenshot."""
    await visit.open(await bot.person())
    await visit.get("composer").evaluate(
        """(input) => {
            const data = new DataTransfer();
            data.items.add(new File(["x"], "shot.txt", { type: "text/plain" }));
            input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data }));
        }"""
    )
    await expect(visit.get("attachment")).to_contain_text("shot.txt")


async def test_what_was_refused_is_not_lost(visit: Visit, bot: Bot) -> None:
    """A caption too long is said before; a file that the sandbox refuses stays attached."""
    await visit.open(await bot.person())
    await visit.get("file-input").set_input_files(text_file())
    await visit.get("composer").fill("x" * 1025)
    await visit.get("send").click()
    await expect(visit.get("toast")).to_contain_text("at most 1,024 characters; this has 1025")
    await expect(visit.get("attachment")).to_have_count(1)
    empty: FilePayload = {"name": "no.txt", "mimeType": "text/plain", "buffer": b""}
    await visit.get("attached-remove").click()
    await visit.get("file-input").set_input_files(empty)
    await visit.get("composer").fill("kept")
    await visit.get("send").click()
    await expect(visit.get("toast").last).to_contain_text("file must be non-empty")
    await expect(visit.get("attachment")).to_contain_text("no.txt")
    await expect(visit.get("composer")).to_have_value("kept")


async def test_a_long_text_goes_in_parts(visit: Visit, bot: Bot) -> None:
    """As Telegram's apps send it: at most 4,096 characters each, broken between lines, in a row."""
    await visit.open(await bot.person())
    lines = [f"{number} " + "🫀" * 90 for number in range(100)]
    await visit.get("composer").fill("\n".join(lines))
    await visit.get("send").click()
    sent = [one["text"] for one in await told(bot, 3)]
    assert all(len(text) <= 4096 for text in sent)
    assert "\n".join(sent).split("\n") == lines
    await expect(visit.get("composer")).to_have_value("")
    parts = await visit.page.evaluate(
        """async () => {
            const { inParts } = await import("/page/longtext.js");
            return ["", "x".repeat(4096), "x".repeat(4097), " ".repeat(9000)].map((text) => {
                const parts = inParts(text);
                return [parts.map((part) => part.length), parts.join("") === text];
            });
        }"""
    )
    assert parts == [[[0], True], [[4096], True], [[4096, 1], True], [[4096, 4096, 808], True]]


async def test_one_s_own_text_is_edited(visit: Visit, bot: Bot) -> None:
    """By keyboard: what was being written before comes back, and Escape changes nothing."""
    await bot.call("getUpdates", allowed_updates=["message", "edited_message"])
    person = await bot.person()
    await visit.open(person)
    await bot.call("sendMessage", chat_id=person, text="The bot's")
    await visit.get("composer").fill("frist")
    await visit.get("send").click()
    mine = visit.get("message").filter(has_text="frist")
    await expect(mine).to_have_count(1)
    theirs = visit.get("message").filter(has_text="The bot's")
    await expect(theirs.get_by_test_id("edit")).to_have_count(0)
    await visit.get("composer").fill("half written")
    for key in ("Escape", "Enter"):
        await mine.get_by_test_id("edit").press("Enter")
        await expect(visit.get("composer")).to_be_focused()
        await expect(visit.get("composer")).to_have_value("frist")
        await expect(visit.get("answering")).to_contain_text("Edit message: frist")
        await expect(visit.get("attach")).to_be_hidden()
        await visit.get("composer").fill("first")
        await visit.get("composer").press(key)
        await expect(visit.get("composer")).to_have_value("half written")
        await expect(visit.get("answering")).to_be_hidden()
    changed = await bot.update("edited_message")
    assert changed["text"] == "first"
    await expect(visit.get("message").last.get_by_test_id("edited")).to_be_visible()


async def test_a_caption_and_a_photo_are_edited(visit: Visit, bot: Bot) -> None:
    """A caption can be emptied, and another photo put in the place of the first."""
    await bot.call("getUpdates", allowed_updates=["message", "edited_message"])
    await visit.open(await bot.person())
    await visit.get("file-input").set_input_files(photo())
    await visit.get("composer").fill("one")
    await visit.get("send").click()
    sent = visit.get("message").filter(has=visit.get("photo"))
    edit = sent.get_by_test_id("edit")
    for caption, picked in (("two", None), ("", photo(width=50))):
        await edit.click()
        await expect(visit.get("composer")).to_have_attribute("placeholder", "Caption")
        await visit.get("composer").fill(caption)
        if picked is not None:
            await visit.get("file-input").set_input_files(picked)
        await visit.get("composer").press("Enter")
        changed = await bot.update("edited_message")
        assert changed.get("caption", "") == caption
        assert changed["photo"][-1]["width"] == (40 if picked is None else 50)
        await expect(visit.get("answering")).to_be_hidden()


async def test_what_is_attached_hides_no_message(visit: Visit, bot: Bot) -> None:
    """Whoever reads the end of a chat still sees it when the foot of the page grows."""
    person = await bot.person()
    await visit.open(person)
    for number in range(30):
        await bot.call("sendMessage", chat_id=person, text=f"Line {number}")
    last = visit.get("message").last
    await expect(last).to_contain_text("Line 29")
    await visit.get("log").evaluate("(log) => { log.scrollTop = log.scrollHeight; }")
    await expect(last).to_be_in_viewport(ratio=1)
    await visit.get("file-input").set_input_files([text_file(), text_file("b"), text_file("c")])
    await expect(visit.get("attachment")).to_have_count(3)
    below = "(log) => log.scrollHeight - log.scrollTop - log.clientHeight"

    async def at_the_end() -> bool:
        return bool(await visit.get("log").evaluate(below) < 2)

    await until(at_the_end)  # wait_for_function evaluates words, which the page forbids


async def test_attachments_fit_a_phone_in_both_lights(visit: Visit, bot: Bot) -> None:
    """Nothing scrolls sideways, and no word is pale, however long a file's name."""
    await visit.open(await bot.person())
    await visit.get("file-input").set_input_files([photo(), text_file(f"{LONG_WORD}.docx")])
    excess = "(node) => node.scrollWidth - node.clientWidth"
    for width in (320, 390, 1280):
        await visit.page.set_viewport_size({"width": width, "height": 700})
        parts = [visit.page.locator("html"), visit.get("attached"), visit.page.locator("#foot")]
        assert [await part.evaluate(excess) for part in parts] == [0, 0, 0]
    for scheme in ("light", "dark"):
        await visit.page.emulate_media(color_scheme=scheme)
        assert await visit.page.evaluate(FAINT_TEXTS) == []
