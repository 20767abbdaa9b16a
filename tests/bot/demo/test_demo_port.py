"""Which port the demo and the preview take."""

import pytest

from bot.demo.run_demo import DEFAULT_PORT, started
from bot.sandbox.server import SandboxError
from bot.settings import Settings


async def test_each_asks_for_any_free_port() -> None:
    """Two that ask for port 0 run side by side, and neither is on the usual port."""
    first, second = [await started(Settings(), 0, limits=False) for _ in range(2)]
    try:
        assert first.url != second.url
        assert not {f"http://127.0.0.1:{DEFAULT_PORT}"} & {first.url, second.url}
    finally:
        await first.stop()
        await second.stop()


async def test_without_a_port_any_will_do_but_a_given_one_is_insisted_on() -> None:
    """Beside one that runs, a second goes elsewhere by itself, but not when told a port."""
    first, second = [await started(Settings(), None, limits=False) for _ in range(2)]
    try:
        assert first.url != second.url
        with pytest.raises(SandboxError, match="in use by another program"):
            await started(Settings(), int(first.url.rsplit(":", 1)[1]), limits=False)
    finally:
        await first.stop()
        await second.stop()
