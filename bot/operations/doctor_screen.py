"""Whether a browser finds the screen of live rounds where the settings say that it is."""

from typing import Final

import aiohttp

from bot.base.listen_address import LIVE
from bot.operations.findings import Finding, ok, warning
from bot.settings import PREFIX, Settings

TIMEOUT_S: Final = 10.0  # the system's seconds for an answer
_FILE: Final = f"{LIVE}/files/screen.js"
"""Any file of the page: it is there whether a round is under way or not."""


async def screen_side(settings: Settings) -> list[Finding]:
    """Ask for the page's script as a browser would; nothing where no public address is set."""
    url = settings.public_url
    if url is None:
        return []
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(TIMEOUT_S)) as session,
            session.get(f"{url}{_FILE}", allow_redirects=False) as answer,
        ):
            if answer.status == 200 and answer.content_type == "text/javascript":
                return [ok("screen", f"the page of live rounds answers at {url}")]
            said = f"something else answers at {url} ({answer.status})"
    except (TimeoutError, aiohttp.ClientError, ValueError) as error:
        said = f"nothing answers at {url} ({type(error).__name__})"
    advice = (
        f"start the bot, and see that the web server in front passes {url}{LIVE} on to where"
        f" {PREFIX}LISTEN says; or mend {PREFIX}PUBLIC_URL"
    )
    return [warning("screen", said, advice)]
