"""``python -m bot`` is ``morning-report``."""

from bot.cli import main

main()
