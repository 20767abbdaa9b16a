"""``python -m tests.bench [SUBJECT...]``: measure all subjects, or some; all write RESULTS.md."""

import asyncio
import logging
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import (
    analysing,
    calling,
    capacity,
    ingest,
    keeping,
    latency,
    live_round,
    looking_up,
    pictures,
    practice,
    reporting,
    reviewing,
    screens,
    starting,
)
from tests.bench.report import as_markdown

SUBJECTS = {
    "ingest": ingest.measure,
    "latency": latency.measure,
    "broadcast": latency.measure_broadcast,
    "live_round": live_round.measure,
    "calling": calling.measure,
    "starting": starting.measure,
    "looking_up": looking_up.measure,
    "capacity": capacity.measure,
    "keeping": keeping.measure,
    "reviewing": reviewing.measure,
    "pictures": pictures.measure,
    "reporting": reporting.measure,
    "analysing": analysing.measure,
    "practice": practice.measure,
    "screens": screens.measure,
}
RESULTS = Path(__file__).parent / "RESULTS.md"


async def main(names: list[str]) -> None:
    """Measure; what is only a part is printed and not written."""
    logging.basicConfig(level=logging.ERROR)
    began = time.monotonic()
    sections = []
    for name in names or SUBJECTS:
        sys.stderr.write(f"{name} ...\n")
        with tempfile.TemporaryDirectory() as folder:
            sections.append(await SUBJECTS[name](Path(folder)))
    text = as_markdown(sections, time.monotonic() - began)
    sys.stdout.write(text)
    if not names:
        RESULTS.write_text(text, "utf-8")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
