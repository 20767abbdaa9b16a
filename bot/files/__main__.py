"""``python -m bot.files``: makes the files that it is told of, until there is no more to read.

A file is asked for by a line of JSON, one of ``Shown``. Each answer is its size in bytes, in a line
of its own, and then the file, a PNG or an .xlsx; a size of 0 where it could not be made.
"""

import logging
import os
import sys
from contextlib import suppress
from signal import SIG_IGN, SIGINT, signal

from msgspec.json import decode

from bot.base.logs import place_of
from bot.files.draw_progress import progress
from bot.files.draw_report import report
from bot.files.progress_picture import ProgressPicture
from bot.files.report_picture import ReportPicture
from bot.files.sheet import as_png
from bot.files.workbook import Workbook
from bot.files.write_workbook import written

Shown = ProgressPicture | ReportPicture | Workbook


def main() -> None:
    """Ends with the program that started it, however that ends."""
    logging.disable(logging.WARNING)  # of fonts that are looked up
    signal(SIGINT, SIG_IGN)  # Ctrl-C is for that program alone
    with suppress(AttributeError, OSError):  # not everywhere there is such a thing, nor allowed
        os.nice(10)  # votes come first
    for line in sys.stdin.buffer:
        try:
            file = made(decode(line, type=Shown))
        except Exception as error:  # noqa: BLE001 - whatever it is, the next may be made
            sys.stderr.write(f"A file could not be made: {place_of(error)}\n")
            file = b""
        sys.stdout.buffer.write(b"%d\n%b" % (len(file), file))
        sys.stdout.buffer.flush()


def made(shown: Shown) -> bytes:
    """The file that shows it."""
    match shown:
        case ProgressPicture():
            return as_png(progress(shown))
        case ReportPicture():
            return as_png(report(shown))
        case Workbook():
            return written(shown)


if __name__ == "__main__":
    main()
