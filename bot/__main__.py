"""``morning-report`` and ``python -m bot``, ready to end cleanly before the rest is imported."""

import gc
import os
import signal
import sys


def main() -> None:
    """Run the command line. Until a command has a say, Ctrl-C and SIGTERM just end it."""
    for number in (signal.SIGINT, signal.SIGTERM):
        # Not sys.exit: raised in the midst of an import, it may come out as another error.
        signal.signal(number, lambda *_: os._exit(0))
    # Modules stay: to look for rubbish among them takes a while, now and ever after.
    gc.disable()
    # The signals come first, for this takes a second; and the bot itself starts without what the
    # other commands and their help need, which takes as long again.
    if sys.argv[1:] in (["run"], ["run", "--fresh"]):
        from bot.running import main as run  # noqa: PLC0415
    else:
        from bot.commands.command_line import main as run  # noqa: PLC0415
    gc.freeze()
    gc.enable()
    run()


if __name__ == "__main__":
    main()
