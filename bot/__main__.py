"""``morning-report`` and ``python -m bot``, ready to end cleanly before the rest is imported."""

import signal
import sys


def main() -> None:
    """Run the command line. Until a command has a say, Ctrl-C and SIGTERM just end it."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: sys.exit(0))
    from bot.cli import main as run  # noqa: PLC0415 - the signals come first, this takes a second

    run()


if __name__ == "__main__":
    main()
