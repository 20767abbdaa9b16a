"""``morning-report`` and ``python -m bot``, ready to end cleanly before the rest is imported."""

import os
import signal


def main() -> None:
    """Run the command line. Until a command has a say, Ctrl-C and SIGTERM just end it."""
    for number in (signal.SIGINT, signal.SIGTERM):
        # Not sys.exit: raised in the midst of an import, it may come out as another error.
        signal.signal(number, lambda *_: os._exit(0))
    # The signals come first, for this takes a second.
    from bot.commands.command_line import main as run  # noqa: PLC0415

    run()


if __name__ == "__main__":
    main()
