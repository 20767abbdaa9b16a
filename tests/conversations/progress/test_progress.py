"""`/progress` over HTTP: text at once, then one picture, whatever happens in between."""

import asyncio
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.base import child_process
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.bot.files.test_file_process import broken
from tests.support.bot import BotProcess, running_bot, settings_for
from tests.support.database import query
from tests.support.progress_states import record
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import asked, buttons, my_data, says, text_of
from tests.support.trouble import until

ON_TELEGRAM = (1024, 1280)  # which makes photos smaller whose longer side exceeds that
OWED_PICTURES = "SELECT count(*) FROM outbox WHERE method = 'sendPhoto'"


async def learned(sandbox: SandboxClient, settings: Settings, **details: str) -> Person:
    """Somebody with three months of answers; nobody is at work on the database yet."""
    person = await sandbox.person("Ada", **{"language_code": "en", **details})
    await record(settings.database, person.id, 180, settings.clock.now())
    return person


def is_picture(message: Message) -> bool:
    return "photo" in message and message["from"]["is_bot"]


async def opened(person: Person, message: Message) -> tuple[int, int]:
    """The size of the picture that was sent, in its largest form."""
    with Image.open(BytesIO(await person.client.file(message["photo"][-1]["file_id"]))) as image:
        return image.size


async def test_text_comes_first_and_then_a_picture(
    sandbox: SandboxClient, settings: Settings
) -> None:
    """Drawn anew each time, and kept nowhere."""
    ada = await learned(sandbox, settings)
    async with running_bot(settings):
        told = await asked(ada, "/progress", "Your progress", "Right at the first try:")
        assert "Right, by how sure you were" in text_of(told)
        shown = await ada.wait_for(is_picture, after=told["message_id"])
        assert await opened(ada, shown) == ON_TELEGRAM
        assert shown["caption"].startswith("Your progress, ")
        told = await asked(ada, "my progress", "Your progress")
        await ada.wait_for(is_picture, after=told["message_id"])
    uploads = [call["params"]["photo"] for call in await sandbox.traffic(method="sendPhoto")]
    assert len(uploads) == 2
    assert all(set(upload) == {"name", "size", "sha256"} for upload in uploads)
    assert query(settings.database, "SELECT count(*) FROM figures") == [(0,)]
    assert query(settings.database, "SELECT count(*) FROM outbox") == [(0,)]


async def test_who_begins_is_told_in_words(learner: Person) -> None:
    """And that there will be more."""
    none = await asked(learner, "/progress", "You have not answered a question yet")
    await learner.press(none, buttons(none)["Next case"])
    case = await learner.wait_for(lambda m: "poll" in m, after=none["message_id"])
    await learner.vote(case, [0])
    await learner.wait_for(says("You chose:"), after=case["message_id"])
    few = await asked(learner, "/progress", "Cases seen: 1", "From 20 answers on")
    assert "Due for review: 0" in text_of(few)


async def test_two_people_at_once_get_each_their_own(
    sandbox: SandboxClient, settings: Settings
) -> None:
    """In their languages."""
    ada, ben = [await learned(sandbox, settings, language_code=code) for code in ("fr", "es")]
    async with running_bot(settings):
        said = await asyncio.gather(
            asked(ada, "/progress", "Votre progression"), asked(ben, "/progress", "Tu progreso")
        )
        pictures = await asyncio.gather(
            *(
                who.wait_for(is_picture, after=one["message_id"])
                for who, one in zip((ada, ben), said, strict=True)
            )
        )
    assert [picture["caption"].split(",")[0] for picture in pictures] == [
        "Votre progression",
        "Tu progreso",
    ]


async def test_without_a_picture_the_text_is_there(
    sandbox: SandboxClient, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a sentence says what is missing."""
    monkeypatch.setattr(child_process, "_ROOT", broken(tmp_path / "broken"))
    ada = await learned(sandbox, settings)
    async with running_bot(settings):
        told = await asked(ada, "/progress", "Your progress")
        await ada.wait_for(
            says("The picture could not be drawn this time"), after=told["message_id"]
        )
    assert not await sandbox.traffic(method="sendPhoto")


async def test_a_kill_before_it_is_sent_costs_no_picture(
    sandbox: SandboxClient, server: SandboxServer, tmp_path: Path
) -> None:
    """What it shows is owed with the text, and drawn after the next start."""
    settings = settings_for(server.url, tmp_path)
    ada = await learned(sandbox, settings)
    await sandbox.fault("500", "sendPhoto", times=1000)
    bot = await BotProcess.start(server.url, tmp_path)
    told = await asked(ada, "/progress", "Your progress")
    await until(lambda: refused(sandbox))
    await bot.kill()
    assert query(settings.database, OWED_PICTURES) == [(1,)]
    await sandbox.clear_faults()
    again = await BotProcess.start(server.url, tmp_path)
    shown = await ada.wait_for(is_picture, after=told["message_id"])
    assert await opened(ada, shown) == ON_TELEGRAM
    await until(lambda: settled(settings))
    await again.end()


async def refused(sandbox: SandboxClient) -> bool:
    """Whether a picture was on its way."""
    return bool(await sandbox.traffic(method="sendPhoto"))


async def settled(settings: Settings) -> bool:
    """Whether nothing is owed any more."""
    return query(settings.database, "SELECT count(*) FROM outbox") == [(0,)]


async def test_it_goes_with_its_person(sandbox: SandboxClient, settings: Settings) -> None:
    """What is owed of it when they have themselves erased is never sent."""
    ada = await learned(sandbox, settings)
    async with running_bot(settings):
        question = await asked(ada, "/forget", "Erase everything")
        await sandbox.fault("500", "sendPhoto", times=1000)
        await asked(ada, "/progress", "Your progress")
        await until(lambda: refused(sandbox))
        assert query(settings.database, OWED_PICTURES) == [(1,)]
        await ada.press(question, buttons(question)["Erase everything"])
        assert query(settings.database, OWED_PICTURES) == [(0,)]
        await sandbox.clear_faults()
        done = await ada.wait_for(says("Done: nothing"), after=question["message_id"])
        assert not any(map(is_picture, await ada.messages(question["message_id"])))
        none = await asked(ada, "/progress", "You have not answered a question yet")
        assert none["message_id"] > done["message_id"]


async def test_what_is_kept_shows_all_that_it_is_made_of(
    sandbox: SandboxClient, settings: Settings
) -> None:
    """Answers, with how sure they were, and the reviews that come of them: nothing else."""
    ada = await learned(sandbox, settings)
    async with running_bot(settings):
        await asked(ada, "/start", "Good morning")
        await until(lambda: settled(settings))
        before = await my_data(ada)
        told = await asked(ada, "/progress", "Your progress")
        await ada.wait_for(is_picture, after=told["message_id"])
        await until(lambda: settled(settings))
        after = await my_data(ada)
    assert len(after["answers"]) == 180
    assert {one["confidence"] for one in after["answers"]} == {None, "guess", "fairly", "certain"}
    differing = {name for name in after if after[name] != before[name]}
    assert differing <= {"reviews", "reviews_brought_up_to_date"}
