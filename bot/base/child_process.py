"""Work in a process of its own, beside a bot whose votes must not wait."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[2]


async def begun(module: str, *arguments: str, stdin: int | None = None, **more: str) -> Process:
    """Start a module of ours; what it writes is to be read. Raises OSError.

    Of the settings, the token among them, it knows nothing; ``more`` is put into its environment.
    """
    outside = {k: v for k, v in os.environ.items() if not k.startswith("MORNING_REPORT_")}
    ours = {"PYTHONPATH": str(_ROOT), "OPENBLAS_NUM_THREADS": "1"}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", module, *arguments),
        stdin=stdin,
        stdout=PIPE,
        env=outside | ours | more,
    )
