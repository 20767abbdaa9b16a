"""``python -m bot.features.items DATABASE NOW``: reckons, and writes a ``Reckoned`` as JSON.

It ends with the program that started it: once nobody reads what it writes any more, or by a signal.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path
from signal import SIG_IGN, SIGINT, signal

from msgspec.json import encode

from bot.base.logs import place_of
from bot.features.items.reckon import reckon


def main(database: str, now: str) -> int:
    """The exit code: 1 where it cannot be done, which is said on the error output."""
    signal(SIGINT, SIG_IGN)  # Ctrl-C is for the program that started it alone
    with suppress(AttributeError, OSError):  # not everywhere there is such a thing, nor allowed
        os.nice(10)  # votes come first
    try:
        sys.stdout.buffer.write(encode(reckon(Path(database), int(now))))
    except Exception as error:  # noqa: BLE001 - whatever it is, no name is to reach a log
        sys.stderr.write(f"Items could not be reckoned: {place_of(error)}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
