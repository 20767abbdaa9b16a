"""The demonstration: sandbox and bot in one process, with a few people already at it."""

import asyncio
import hashlib
import tempfile
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr
from rich.console import Console

from bot.app import serve
from bot.sandbox.server import SandboxError, SandboxServer
from bot.settings import Settings
from bot.stopping import Stop

DEFAULT_PORT = 8081
TOKEN = "1001:morning-report-demo"  # noqa: S105 - the sandbox takes any token
_YOU = {"first_name": "Robin"}
# Invented people, so that a newcomer's answer has others to be compared with.
_LEARNERS = (
    {"first_name": "Amara", "language_code": "en"},
    {"first_name": "Bruno", "language_code": "pt"},
    {"first_name": "Chiara", "language_code": "it"},
    {"first_name": "Daniel", "language_code": "de"},
    {"first_name": "Elif", "language_code": "tr"},
    {"first_name": "Farid", "language_code": "fr"},
)


async def run_demo(settings: Settings, stop: Stop, port: int | None, console: Console) -> None:
    """Serve the page until asked to stop. Raises SandboxError, BotError."""
    server = await _started(settings, port)
    try:
        with tempfile.TemporaryDirectory(prefix="morning-report-demo-") as folder:
            bot_settings = settings.model_copy(
                update={
                    "token": SecretStr(TOKEN),
                    "api_url": server.url,
                    "database": Path(folder) / "demo.db",
                }
            )
            async with httpx.AsyncClient(base_url=server.url, trust_env=False) as client:
                await client.post("/sandbox/people", json=_YOU)
                console.print(
                    f"\n  Morning Report is at  [bold]{server.url}[/bold]\n\n"
                    "  Open it in a browser and press Start. It runs on this computer alone,\n"
                    "  with invented people; nothing is kept when it ends. Ctrl-C ends it.\n"
                )
                peers = [asyncio.create_task(_learn(client, who)) for who in _LEARNERS]
                try:
                    await serve(bot_settings, TOKEN, stop)
                finally:
                    for peer in peers:
                        peer.cancel()
                    # They are company: one who fails is not worth ending the demo for.
                    await asyncio.gather(*peers, return_exceptions=True)
    finally:
        await server.stop()


def _sandbox(settings: Settings, port: int) -> SandboxServer:
    return SandboxServer(port=port, clock=settings.clock, limits=True, bot_name="Morning Report")


async def _started(settings: Settings, port: int | None) -> SandboxServer:
    """The sandbox on the port asked for; without one, on the usual or else any free port."""
    server = _sandbox(settings, port or DEFAULT_PORT)
    try:
        await server.start()
    except SandboxError:
        if port is not None:
            raise
        server = _sandbox(settings, 0)
        await server.start()
    return server


async def _learn(client: httpx.AsyncClient, who: dict[str, str]) -> None:
    """Be a learner who answers every case there is."""
    made = (await client.post("/sandbox/people", json=who)).json()
    person = int(made["id"])
    await _say(client, person, "/start")
    seen = 0
    while True:
        await _say(client, person, "/case")
        polls = 0
        while (poll := await _open_poll(client, person, seen)) is not None:
            seen = poll["message_id"]
            polls += 1
            await client.post(
                f"/sandbox/chats/{person}/messages/{seen}/vote",
                json={"from": person, "options": _choices(person, poll["poll"])},
            )
        if polls == 0:
            return


async def _say(client: httpx.AsyncClient, person: int, text: str) -> None:
    await client.post(f"/sandbox/chats/{person}/messages", json={"from": person, "text": text})


async def _open_poll(client: httpx.AsyncClient, person: int, after: int) -> dict[str, Any] | None:
    """The next poll to vote in; None if none comes for a while."""
    for _ in range(20):
        answer = await client.get(
            f"/sandbox/chats/{person}/messages", params={"after": after, "as": person}
        )
        for message in answer.json()["messages"]:
            if "poll" in message:
                return dict(message)
        await asyncio.sleep(0.25)
    return None


def _choices(person: int, poll: dict[str, Any]) -> list[int]:
    """An answer as people give them: now this, now that, the earlier options more often."""
    digest = hashlib.sha256(f"{person}:{poll['question']}".encode()).digest()
    options = len(poll["options"])
    first = options * digest[0] ** 2 // 256**2
    if not poll["allows_multiple_answers"]:
        return [first]
    return sorted({first, digest[1] % options})
