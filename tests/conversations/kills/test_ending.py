"""The bot as a process: asked to end, refused, and talkative; what it says is fit for anybody."""

import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import ANSWER_WITHIN_S
from bot.sandbox.server import SandboxServer
from tests.support.bot import TOKEN, BotProcess
from tests.support.sandbox import Person, SandboxClient
from tests.support.trouble import (
    CASE,
    EXPLAINED,
    answers,
    arrive,
    ask,
    explained,
    inject,
    is_poll,
    repeats,
    says,
    unconfirmed,
    until,
)

PEOPLE = 10


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_asked_to_end_the_bot_finishes_what_is_in_hand(
    server: SandboxServer, sandbox: SandboxClient, tmp_path: Path, number: int
) -> None:
    """In the midst of votes it ends with 0; restarted it owes nothing and repeats nothing."""
    bot = await BotProcess.start(server.url, tmp_path)
    people = [await arrive(sandbox, f"Learner {n}") for n in range(PEOPLE)]
    polls = [await ask(person) for person in people]
    for person, poll in zip(people, polls, strict=True):
        await person.vote(poll, [0])
    code, output = await bot.end(number)
    assert (code, "Traceback" in output) == (0, False)

    bot = await BotProcess.start(server.url, tmp_path)
    for person in people:
        await person.wait_for(says(EXPLAINED), timeout=60)
    await bot.end()
    recorded = sorted(answers(tmp_path / "bot.db"))
    assert recorded == [(person.id, "association", "[0]") for person in people]
    assert [await repeats(person) for person in people] == [0] * PEOPLE


@pytest.mark.parametrize("method", ["sendMessage", "getMe", "setMyCommands"])
async def test_a_call_that_hangs_does_not_delay_the_end(
    server: SandboxServer, sandbox: SandboxClient, tmp_path: Path, method: str
) -> None:
    """Telegram may be silent: the bot ends long before it would give up the call, and says it all
    later.
    """
    person = await sandbox.person("Ada", language_code="en")
    await person.send("/start")
    await sandbox.fault("timeout", method)
    bot = await BotProcess.start(server.url, tmp_path)

    async def called() -> bool:
        return bool(await sandbox.traffic(method=method))

    await until(called)
    began = time.monotonic()
    code, output = await bot.end()
    assert (code, "Traceback" in output) == (0, False)
    assert time.monotonic() - began < ANSWER_WITHIN_S
    bot = await BotProcess.start(server.url, tmp_path)
    await person.wait_for(says("Good morning"))
    await bot.end()
    assert await repeats(person) == 0


async def test_a_refused_token_is_said_in_a_sentence(
    server: SandboxServer, sandbox: SandboxClient, tmp_path: Path
) -> None:
    """401 in the midst of work: exit code 1, what to do, and neither token nor traceback."""
    await sandbox.fault("401", "getUpdates")
    bot = await BotProcess.start(server.url, tmp_path)
    code, output = await bot.finished()
    assert code == 1
    assert "Copy it again from BotFather" in " ".join(output.split())
    assert ("Traceback" in output, TOKEN.partition(":")[2] in output) == (False, False)


async def test_its_output_holds_neither_token_nor_what_people_wrote(
    server: SandboxServer, sandbox: SandboxClient, tmp_path: Path
) -> None:
    """Through a whole conversation with every kind of trouble, with everything logged."""
    name, text = "Augusta-Ada", "my-own-words"
    now = datetime.now(UTC)
    fast = f"{now.isoformat()}x20@{now.timestamp()}"
    bot = await BotProcess.start(
        server.url, tmp_path, MORNING_REPORT_LOG_LEVEL="DEBUG", MORNING_REPORT_CLOCK=fast
    )
    person = await arrive(sandbox, name)
    for kind in ("drop-response", "500", "409", "429"):
        for method in ("getUpdates", "sendMessage", "sendPoll"):
            await sandbox.fault(kind, method)
    await _converse(person, text)
    await sandbox.fault("403", "sendMessage")
    await person.send(f"/help {text}")
    await person.block()
    await person.unblock()
    odd = {"message_id": name, "from": {"id": person.id, "first_name": name}, "text": text}
    inject(server, {"update_id": 5_000_000_000, "message": odd})

    async def confirmed() -> bool:
        return unconfirmed(server) == 0

    await until(confirmed, within=20)
    code, output = await bot.end()
    assert code == 0
    assert "was set aside" in output
    for secret in (TOKEN, TOKEN.replace(":", "%3A"), TOKEN.partition(":")[2], name, text):
        assert secret not in output


async def _converse(person: Person, text: str) -> None:
    await person.send(text)
    await person.send(f"/unknown {text}")
    await person.send(f"/case {CASE}")
    poll = await person.wait_for(is_poll, timeout=60)
    await person.vote(poll, [0])
    await explained(person, after=poll["message_id"])
