"""The sandbox that all measurements talk to, seen from the benchmark's process."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.support.bot import ROOT

_LINE = 2**26  # bytes that an answer may have


class BenchSandbox:
    """Orders to the sandbox's process; see ``SandboxOrders`` for what can be ordered."""

    def __init__(self, process: asyncio.subprocess.Process, url: str) -> None:
        self._process = process
        self._turn = asyncio.Lock()
        self.url = url

    async def order(self, name: str, *arguments: Any) -> Any:
        """Have something done; its result."""
        async with self._turn:
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps([name, arguments]).encode() + b"\n")
            await self._process.stdin.drain()
            return await self.answer()

    async def answer(self) -> Any:
        """The next thing it says."""
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        assert line, "the sandbox's process has ended"
        return json.loads(line)


@asynccontextmanager
async def bench_sandbox(*, limits: bool) -> AsyncIterator[BenchSandbox]:
    """A sandbox in a process of its own, with Telegram's limits or without."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.bench.sandbox_process", *(["limits"] if limits else [])),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=_LINE,
    )
    sandbox = BenchSandbox(process, "")
    try:
        sandbox.url = await sandbox.answer()
        yield sandbox
    finally:
        if process.stdin is not None:
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 5)
        except TimeoutError:
            process.kill()
            await process.wait()
