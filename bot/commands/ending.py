"""How a command that works for a while is ended from outside."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Ctrl-C and SIGTERM unwind what is done inside, and end the program with exit code 0.

    What has processes of its own, files half written or a bar on the screen can put them away. In
    the main thread only.
    """
    ended = False

    def unwind(*_: object) -> None:
        nonlocal ended
        ended = True
        # A second one must not interrupt the putting away.
        for each in _SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise SystemExit(0)

    before = {number: signal.signal(number, unwind) for number in _SIGNALS}
    try:
        yield
    except Exception:
        # Heard in the midst of a query, SQLite makes of it an error of its own.
        if ended:
            raise SystemExit(0) from None
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
