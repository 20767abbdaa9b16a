"""`morning-report demo`: everything started, in the right order, and ended again."""

import asyncio
import socket
import tempfile
from pathlib import Path

import aiohttp
from msgspec.structs import replace
from rich.console import Console

from bot.app import serve
from bot.base.listen_address import ListenAddress
from bot.base.shutdown import Stop
from bot.demo.demo_chats import DemoChats, make_chats
from bot.demo.group_life import live_in_channel, live_in_group
from bot.demo.learners import learn
from bot.demo.live_room import sit_in
from bot.demo.sandbox_client import Sandbox
from bot.sandbox.server import SandboxError, SandboxServer
from bot.settings import Secret, Settings
from content.library import Library, load_library

DEFAULT_PORT = 8081
TOKEN = "1001:morning-report-demo"  # noqa: S105 - the sandbox takes any token


async def run_demo(settings: Settings, stop: Stop, port: int | None, console: Console) -> None:
    """Serve the page until asked to stop. Raises SandboxError, BotError."""
    server = await started(settings, port, limits=True)
    try:
        with tempfile.TemporaryDirectory(prefix="morning-report-demo-") as folder:
            own_server = ListenAddress(port=free_port())
            bot_settings = for_play(
                settings,
                server.url,
                Path(folder) / "demo.db",
                listen=own_server,
                public_url=f"http://{own_server}",
            )
            async with aiohttp.ClientSession(server.url) as http:
                sandbox = Sandbox(http, settings.clock)
                library = await asyncio.to_thread(load_library, *bot_settings.case_folders)
                chats = await make_chats(sandbox, bot_settings, library)
                # The newcomer administers the bot too: flags and changed cases are told to them.
                bot_settings = replace(bot_settings, admins=frozenset({chats.you}))
                console.print(
                    f"\n  Morning Report is at  [bold]{server.url}[/bold]\n\n"
                    "  Open it in a browser and press Start. It runs on this computer alone,\n"
                    "  with invented people; nothing is kept when it ends. Ctrl-C ends it.\n"
                    "  Send the bot /live to present a case: twelve residents wait to take part.\n"
                )
                await _play(sandbox, chats, library, bot_settings, stop)
    finally:
        await server.stop()


async def _play(
    sandbox: Sandbox, chats: DemoChats, library: Library, settings: Settings, stop: Stop
) -> None:
    """The bot at work, and everybody living until it ends."""
    lives = [
        live_in_group(sandbox, chats.group, chats.members),
        live_in_channel(sandbox, chats.channel, chats.members),
        *(learn(sandbox, person) for person in chats.members),
        sit_in(sandbox, chats.you, chats.residents, library),
    ]
    peers = [asyncio.create_task(life) for life in lives]
    try:
        await serve(settings, TOKEN, stop)
    finally:
        for peer in peers:
            peer.cancel()
        # They are company: one who fails is not worth ending the demo for.
        await asyncio.gather(*peers, return_exceptions=True)


def for_play(settings: Settings, url: str, database: Path, **more: object) -> Settings:
    """Settings of a bot at a sandbox of this program's own: what is meant for Telegram is out."""
    sandbox = {
        "token": Secret(TOKEN),
        "api_url": url,
        "database": database,
        "webhook": None,
        "listen": None,
        "public_url": None,
    }
    return replace(settings, **(sandbox | more))


def free_port() -> int:
    """A port that nobody listens at now: it must be known before the bot takes it."""
    with socket.socket() as probe:
        probe.bind((ListenAddress().host, 0))
        port: int = probe.getsockname()[1]
    return port


async def started(settings: Settings, port: int | None, *, limits: bool) -> SandboxServer:
    """A sandbox on the port asked for (0: any free one); without one, on the usual or else any.

    Raises SandboxError.
    """
    server = _sandbox(settings, DEFAULT_PORT if port is None else port, limits=limits)
    try:
        await server.start()
    except SandboxError:
        if port is not None:
            raise
        server = _sandbox(settings, 0, limits=limits)
        await server.start()
    return server


def _sandbox(settings: Settings, port: int, *, limits: bool) -> SandboxServer:
    return SandboxServer(port=port, clock=settings.clock, limits=limits, bot_name="Morning Report")
