"""``python -m bot.charts``: draws what it is told, until there is no more to read.

A picture is asked for by a line of JSON, a ``ProgressPicture``. Each answer is its size in bytes,
in a line of its own, and then the picture, a PNG; a size of 0 where it could not be drawn.
"""

import logging
import os
import sys
from contextlib import suppress
from signal import SIG_IGN, SIGINT, signal

from msgspec.json import decode

from bot.base.logs import place_of
from bot.charts.drawing import drawn
from bot.charts.progress_picture import ProgressPicture


def main() -> None:
    """Ends with the program that started it, however that ends."""
    logging.disable(logging.WARNING)  # of fonts that are looked up
    signal(SIGINT, SIG_IGN)  # Ctrl-C is for that program alone
    with suppress(AttributeError, OSError):  # not everywhere there is such a thing, nor allowed
        os.nice(10)  # votes come first
    for line in sys.stdin.buffer:
        try:
            png = drawn(decode(line, type=ProgressPicture))
        except Exception as error:  # noqa: BLE001 - whatever it is, the next may be drawn
            sys.stderr.write(f"A picture could not be drawn: {place_of(error)}\n")
            png = b""
        sys.stdout.buffer.write(b"%d\n%b" % (len(png), png))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
