"""A headless Chromium, spoken to in the DevTools protocol over a pair of pipes.

Its ``--screenshot`` cuts at the window's height and knows no condition to wait for.
"""

import asyncio
import json
import os
import shutil
import sys
import tempfile
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
_FLAGS = (
    "--headless",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
)
_PATIENCE_S = 60.0  # the system's seconds for all that is done with one browser
_END_WITHIN_S = 5.0  # the system's seconds that it has to end
_LONGEST = 512 * 1024 * 1024  # bytes of one answer, which may hold a picture
# Chromium reads from 3 and writes to 4; both numbers may be taken in this process.
_HAND_OVER = """
import fcntl, os, sys
out_of_the_way = [fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in sys.argv[1:3]]
for wanted, given in enumerate(out_of_the_way, start=3):
    os.dup2(given, wanted)
os.execv(sys.argv[3], sys.argv[3:])
"""


class BrowserError(Exception):
    """There is no browser, or it failed; the message says what to do."""


class Browser:
    """A browser at work. Every method raises BrowserError."""

    def __init__(self, commands: int, answers: asyncio.StreamReader) -> None:
        self._commands = commands
        self._answers = answers
        self._numbers = count(1)

    async def ask(
        self, method: str, params: dict[str, Any] | None = None, session: str | None = None
    ) -> dict[str, Any]:
        """The result of one method of the protocol."""
        number = next(self._numbers)
        request = {"id": number, "method": method, "params": params or {}}
        if session is not None:
            request["sessionId"] = session
        try:
            os.write(self._commands, json.dumps(request).encode() + b"\0")
            while (answer := await self._next()).get("id") != number:
                pass  # an event
        except (OSError, asyncio.IncompleteReadError) as error:
            raise BrowserError("the browser ended before its work was done") from error
        if "error" in answer:
            raise BrowserError(f"the browser refused {method}: {answer['error'].get('message')}")
        return dict(answer["result"])

    async def _next(self) -> dict[str, Any]:
        return dict(json.loads((await self._answers.readuntil(b"\0"))[:-1]))


def find_browser() -> str:
    """The path of a browser that can be spoken to. Raises BrowserError."""
    if sys.platform == "win32":
        raise BrowserError("pictures need Linux or macOS: elsewhere, print the page instead")
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise BrowserError(
            "a picture needs Chromium or Chrome, and none is installed here (looked for"
            f" {', '.join(_NAMES)}); without one, `preview` shows the case in any browser"
        )
    return found


@asynccontextmanager
async def browsing(path: str) -> AsyncIterator[Browser]:
    """The browser of this path, with a profile of its own; it ends with the block."""
    with tempfile.TemporaryDirectory(
        prefix="morning-report-browser-", ignore_cleanup_errors=True
    ) as profile:
        (theirs_in, commands), (answers, theirs_out) = os.pipe(), os.pipe()
        try:
            process = await _start(path, profile, theirs_in, theirs_out)
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
        reader = asyncio.StreamReader(limit=_LONGEST)
        protocol = asyncio.StreamReaderProtocol(reader)
        loop = asyncio.get_running_loop()
        transport, _ = await loop.connect_read_pipe(
            lambda: protocol, os.fdopen(answers, "rb", buffering=0)
        )
        browser = Browser(commands, reader)
        try:
            async with asyncio.timeout(_PATIENCE_S):
                yield browser
        except TimeoutError:
            raise BrowserError(f"the browser was not done in {_PATIENCE_S:.0f} seconds") from None
        finally:
            await _end(browser, process)
            transport.close()
            os.close(commands)


async def _start(path: str, profile: str, reading: int, writing: int) -> Process:
    flags = [*_FLAGS, f"--user-data-dir={profile}"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")  # which Chromium demands of root
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-I", "-S", "-c", _HAND_OVER, str(reading), str(writing), path),
        *flags,
        pass_fds=(reading, writing),
        stdin=DEVNULL,
        stdout=DEVNULL,
        stderr=DEVNULL,
    )


async def _end(browser: Browser, process: Process) -> None:
    try:
        async with asyncio.timeout(_END_WITHIN_S):
            with suppress(BrowserError):
                await browser.ask("Browser.close")
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
