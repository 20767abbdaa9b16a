"""A headless Chromium for tests; without one, they are skipped and say so."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from playwright.async_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    async_playwright,
    expect,
)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_PATIENCE_S = 30.0
"""Seconds for a browser to start, to open a tab, or to close: it sets itself no bound for these."""


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """A browser of one's own."""
    if CHROMIUM is None:
        pytest.skip("no chromium is installed")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=_FLAGS, timeout=_PATIENCE_S * 1000
        )
        try:
            yield browser
        finally:
            await _let_go(browser)


@asynccontextmanager
async def new_tab(
    browser: Browser, width: int, height: int, patience: float
) -> AsyncIterator[Page]:
    """An empty tab of a visitor whom the browser has never seen.

    ``width`` and ``height`` are in pixels; ``patience`` is the seconds that any step may take.
    """
    viewport: ViewportSize = {"width": width, "height": height}
    async with asyncio.timeout(_PATIENCE_S):
        context = await browser.new_context(viewport=viewport, locale="en-GB")
        page = await context.new_page()
    page.set_default_timeout(patience * 1000)
    expect.set_options(timeout=patience * 1000)
    try:
        yield page
    finally:
        await _let_go(context)


async def _let_go(what: Browser | BrowserContext) -> None:
    """Close it; one that does not close is no test's business, and ends with its process."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE_S):
            await what.close()
