"""How long the bot takes from its start to its first question for updates, and how much memory."""

import asyncio
import json
import os
import sys
import time
from pathlib import Path

from msgspec import Struct

from content.library import SHIPPED, case_paths
from tests.bench.bench_sandbox import BenchSandbox, bench_sandbox
from tests.bench.report import Measurement, Section, at_most, middle
from tests.content.samples import case_data, question_data
from tests.support.bot import ROOT, TOKEN

ROUNDS = 9
ROUNDS_OF_MANY = 3
MANY = 10_000

OURS = ("-m", "bot", "run")
BARE = ("-m", "tests.bench.bare_bot")


class Start(Struct, frozen=True):
    """Seconds to the first getUpdates, and the most memory until then, in MB."""

    seconds: float
    memory: float


async def measure(folder: Path) -> Section:
    """Starts in turns, then those with many cases."""
    shipped = len(case_paths(SHIPPED)[0])
    async with bench_sandbox(limits=False) as sandbox:
        bare, ours = [], []
        for program in (BARE, OURS):
            # Uncounted: it compiles what an installation has compiled.
            await _start(sandbox, program, folder, MORNING_REPORT_DATABASE="first.db")
        for number in range(ROUNDS):
            bare.append(await _start(sandbox, BARE, folder))
            ours.append(await _start(sandbox, OURS, folder, MORNING_REPORT_DATABASE=f"{number}.db"))
        content = _many(folder / "many")
        many = [
            await _start(
                sandbox,
                OURS,
                folder,
                MORNING_REPORT_CONTENT=str(content),
                MORNING_REPORT_DATABASE=f"many-{number}.db",
            )
            for number in range(ROUNDS_OF_MANY)
        ]
    longer = middle(b.seconds - a.seconds for a, b in zip(bare, ours, strict=True))
    more = middle(b.memory - a.memory for a, b in zip(bare, ours, strict=True))
    long = middle(one.seconds for one in many) / middle(one.seconds for one in bare)
    much = middle(one.memory for one in many) - middle(one.memory for one in bare)
    measurements = [
        Measurement("bare bot", _told(bare)),
        Measurement(f"ours, {shipped} cases, a new database", _told(ours)),
        at_most("ours - bare, time", longer, 1, " s"),
        at_most("ours - bare, memory", more, 40, " MB"),
        Measurement(f"ours, {MANY + shipped} cases", _told(many)),
        at_most("the same / bare, time", long, 10),
        at_most("the same - bare, memory", much, 200, " MB"),
    ]
    return Section("Starting", TOLD, measurements)


TOLD = f"""\
From the start of the process to its first getUpdates, in turns with a bare python-telegram-bot bot
that knows one command; {ROUNDS} rounds, all modules compiled as an installation has them. Memory is
the most that the process held until then."""


def _told(starts: list[Start]) -> str:
    seconds = middle(one.seconds for one in starts)
    return f"{seconds:.2f} s, {middle(one.memory for one in starts):.0f} MB"


async def _start(
    sandbox: BenchSandbox, program: tuple[str, ...], folder: Path, **settings: str
) -> Start:
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("MORNING_REPORT_", "PYTHON"))},
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "MORNING_REPORT_TOKEN": TOKEN,
        "MORNING_REPORT_API_URL": sandbox.url,
        "MORNING_REPORT_LOG_LEVEL": "ERROR",
        **settings,
    }
    polled = asyncio.create_task(sandbox.order("first_poll"))
    await asyncio.sleep(0.1)
    began = time.time()
    process = await asyncio.create_subprocess_exec(
        sys.executable, *program, cwd=folder, env=environment
    )
    try:
        seconds = await polled - began
        return Start(seconds, _peak(process.pid))
    finally:
        process.terminate()
        await process.wait()


def _peak(pid: int) -> float:
    """The most memory that a process held so far, in MB; 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def _many(folder: Path) -> Path:
    """Cases of a usual length, without figures; JSON is YAML."""
    folder.mkdir()
    words = "The pain came at night, and went by day. " * 12
    for number in range(MANY):
        choices = [{"text": f"Choice {n}", "why": f"Reason {n}. {words[:300]}"} for n in range(4)]
        choices[1] |= {"correct": "true"}
        data = case_data(
            id=f"case-{number:05}",
            title=f"Case {number}",
            vignette=words,
            questions=[question_data(choices=choices)],
            discussion=[{"heading": head, "text": words} for head in ("Cause", "Care")],
        )
        (folder / f"case-{number:05}.yaml").write_text(json.dumps(data), "utf-8")
    return folder
