"""A picture of chats in full, as PNG."""

import asyncio
import base64
import math
from pathlib import Path
from typing import Any

from bot.preview.browser import Browser, BrowserError, browsing
from content.saving import replace

_SHARP = 2.0  # pixels of the picture for each of the page's
_MOST = 16_384  # pixels in height that Chromium can draw
_NARROW = 1200, 800  # the window while the page is laid out; what is larger is drawn all the same

# The page says in ``data-state`` when all of it stands there.
_READY = """
new Promise((done) => {
  const look = () => {
    const { state, reason } = document.documentElement?.dataset ?? {};
    if (state === undefined) return setTimeout(look, 10);
    const { width, height } = document.body.getBoundingClientRect();
    done({ state, reason, width, height });
  };
  look();
})
"""


async def write_picture(browser_path: str, url: str, target: Path) -> None:
    """Write the page at an address, a sheet of the sandbox's, as a picture; never half of it.

    Raises BrowserError.
    """
    async with browsing(browser_path) as browser:
        data = await _photograph(browser, url)
    try:
        await asyncio.to_thread(replace, target, data)
    except OSError as error:
        raise BrowserError(f"{target} cannot be written: {error.strerror}") from error


async def _photograph(browser: Browser, url: str) -> bytes:
    target = (await browser.ask("Target.createTarget", {"url": "about:blank"}))["targetId"]
    attached = await browser.ask("Target.attachToTarget", {"targetId": target, "flatten": True})
    session = attached["sessionId"]
    await _set_window(browser, session, *_NARROW, 1.0)
    await browser.ask("Page.navigate", {"url": url}, session)
    page = await _ready(browser, session)
    width, height = math.ceil(page["width"]), math.ceil(page["height"])
    await _set_window(browser, session, width, height, min(_SHARP, _MOST / height))
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    shot = await browser.ask(
        "Page.captureScreenshot",
        {"format": "png", "captureBeyondViewport": True, "clip": clip},
        session,
    )
    return base64.b64decode(shot["data"])


async def _ready(browser: Browser, session: str) -> dict[str, Any]:
    params = {"expression": _READY, "awaitPromise": True, "returnByValue": True}
    answer = await browser.ask("Runtime.evaluate", params, session)
    page = dict(answer["result"].get("value") or {})
    if page.get("state") != "ready":
        raise BrowserError(f"the page could not be drawn: {page.get('reason', 'no reason given')}")
    return page


async def _set_window(
    browser: Browser, session: str, width: int, height: int, scale: float
) -> None:
    await browser.ask(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False},
        session,
    )
