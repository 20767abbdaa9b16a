"""The process that makes files, seen from the bot."""

import asyncio
import os
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self, cast

from msgspec.json import encode

from bot.base.child_process import begun

# The system's seconds.
IDLE_S = 60.0
WITHIN_S = 60.0  # what takes longer hangs


class CannotMakeError(Exception):
    """There is no file; the message says why."""


class FileProcess:
    """Makes one file after another, in a process that is started when it is first needed.

    It ends after ``idle_s`` of the system's seconds without work, and with this program.
    """

    def __init__(self, idle_s: float = IDLE_S) -> None:
        self._idle_s = idle_s
        self._turn = asyncio.Lock()
        self._process: Process | None = None
        self._rest: asyncio.TimerHandle | None = None
        self._ending: asyncio.Future[None] | None = None
        self._fonts: TemporaryDirectory[str] | None = None

    async def __aenter__(self) -> Self:
        """Nothing is started yet."""
        return self

    async def __aexit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _where: TracebackType | None,
    ) -> None:
        """End the process; what it was making has been called off, or is waited for."""
        async with self._turn:
            if self._rest is not None:
                self._rest.cancel()
            await self._end()
        if self._ending is not None:
            await self._ending
        if self._fonts is not None:
            self._fonts.cleanup()

    @property
    def pid(self) -> int | None:
        """The system's number of the process, while there is one."""
        return None if self._process is None else self._process.pid

    async def make(self, shown: Mapping[str, Any]) -> bytes:
        """The file that shows this, one of ``Shown`` (``__main__``) as built-in values.

        Raises CannotMakeError.
        """
        async with self._turn:
            if self._rest is not None:
                self._rest.cancel()
            try:
                async with asyncio.timeout(WITHIN_S):
                    return await self._made(encode(shown) + b"\n")
            except TimeoutError:
                raise CannotMakeError(f"it was not made within {WITHIN_S:.0f} s") from None
            finally:
                self._rest = asyncio.get_running_loop().call_later(self._idle_s, self._let_go)

    async def _made(self, line: bytes) -> bytes:
        """Once more where the process was killed, perhaps long ago."""
        with suppress(_Ended):
            return await self._ask(line)
        try:
            return await self._ask(line)
        except _Ended:
            raise CannotMakeError("the process that makes it has ended") from None

    async def _ask(self, line: bytes) -> bytes:
        """Have it made, by a process that is started if there is none. Raises _Ended."""
        try:
            process = self._process = self._process or await self._start()
            asking = cast("asyncio.StreamWriter", process.stdin)
            answers = cast("asyncio.StreamReader", process.stdout)
            asking.write(line)
            await asking.drain()
            file = await answers.readexactly(int(await answers.readline()))
        except (OSError, EOFError, ValueError):
            await self._end()
            raise _Ended from None
        except BaseException:
            # What it says from now on would be taken for the answer to the next.
            await self._end()
            raise
        if not file:
            raise CannotMakeError("the process that makes it says so")
        return file

    async def _start(self) -> Process:
        # What is known of the system's fonts takes a second to find out; not every user has a
        # folder to keep that in.
        fonts = os.environ.get("MPLCONFIGDIR")
        if not fonts:
            self._fonts = self._fonts or TemporaryDirectory(prefix="morning-report-fonts-")
            fonts = self._fonts.name
        return await begun("bot.files", stdin=PIPE, MPLCONFIGDIR=fonts)

    def _let_go(self) -> None:
        self._ending = asyncio.ensure_future(self._end())

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


class _Ended(Exception):  # noqa: N818 - it is no error yet
    """The process is no more."""
