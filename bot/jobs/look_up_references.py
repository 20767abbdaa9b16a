"""References that were given by a number alone, looked up at Crossref and PubMed, if that is set.

Only the number leaves this machine. Nobody waits for it: what was read is shown at once, and again
with all its fields when they have come. A service that fails, or is slow, changes nothing.
"""

import asyncio
import json
import logging
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final
from urllib.parse import quote, urlsplit

import aiohttp
from msgspec import Struct

from bot.base.shutdown import STORAGE_PAUSE_S
from bot.features.writing.take_references import filled, to_look_up
from bot.jobs.job_context import JobContext
from bot.services import LookupAsked
from bot.telegram.aiohttp_request import trusting
from bot.telegram.proxy import LOOPBACK, proxy_for
from content.drafting.looked_up import from_crossref, from_pubmed
from storage.errors import StorageError

log = logging.getLogger(__name__)

CROSSREF: Final = "crossref"
PUBMED: Final = "pubmed"
WITHIN_S: Final = 10.0  # the system's seconds for one answer
MOST_BYTES: Final = 1_000_000  # of an answer: a work with thousands of authors is below it
_BETWEEN_S: Final = 0.4  # NCBI takes three requests a second of whoever has no key
_AT_ONCE: Final = 20  # references of one message

Fields = Mapping[str, Any]


class LookupAddresses(Struct, frozen=True):
    """Where the services are."""

    crossref: str = "https://api.crossref.org"
    pubmed: str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"


ADDRESSES: Final = LookupAddresses()


class ReferenceLookup:
    """Looks up what was asked for, one after the other."""

    def __init__(self, context: JobContext, addresses: LookupAddresses = ADDRESSES) -> None:
        self._context = context
        self._services = context.services
        self._stop = context.stop
        self._addresses = addresses

    async def run(self) -> None:
        """Work until asked to stop."""
        asked = self._services.lookups
        while not self._stop:
            await self._stop.or_news(asked.news, None)
            for one in () if self._stop else asked.take():
                try:
                    await self._stop.unless(self.look_up(one))
                except StorageError as error:
                    log.error("A reference is not looked up: the database failed (%s).", error)
                    await self._stop.pause(STORAGE_PAUSE_S)
                except Exception:
                    # What its author has read already stands; nothing else may suffer.
                    log.exception("A reference could not be looked up.")

    async def look_up(self, asked: LookupAsked) -> None:
        """Look up what a person's draft waits for, and show it anew. Raises StorageError."""
        async with self._context.working:
            wanted = await to_look_up(self._services, asked)
        connector = aiohttp.TCPConnector(limit=1, ssl=trusting())
        async with aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": _user_agent(), "Accept": "application/json"},
            timeout=aiohttp.ClientTimeout(total=WITHIN_S),
        ) as http:
            found = [await self._found(http, each) for each in wanted[:_AT_ONCE]]
        if not any(found):
            return
        async with self._context.working:
            await self._context.commit(await filled(self._services, asked, wanted, found))

    async def _found(self, http: aiohttp.ClientSession, fields: Fields) -> Fields | None:
        """What the services say of one; the first that knows it is believed."""
        services, where = self._services.settings.lookup, self._addresses
        doi, pmid = str(fields.get("doi", "")), str(fields.get("pmid", ""))
        if pmid and PUBMED in services:
            address = f"{where.pubmed}/esummary.fcgi?db=pubmed&retmode=json&tool=morning-report"
            if found := from_pubmed(await _asked(http, f"{address}&id={quote(pmid)}"), pmid):
                return found
        if doi and CROSSREF in services:
            return from_crossref(
                await _asked(http, f"{where.crossref}/works/{quote(doi, safe='')}")
            )
        return None


async def _asked(http: aiohttp.ClientSession, address: str) -> object:
    """What an address answers, as JSON; None for anything else."""
    await asyncio.sleep(_BETWEEN_S)
    try:
        async with http.get(address, allow_redirects=False, proxy=_proxy(address)) as response:
            if response.status != 200:
                log.info("A reference was not found there: HTTP %d.", response.status)
                return None
            data = await response.content.read(MOST_BYTES + 1)
            while not response.content.at_eof() and len(data) <= MOST_BYTES:
                data += await response.content.read(MOST_BYTES + 1 - len(data))
        return json.loads(data) if len(data) <= MOST_BYTES else None
    except (aiohttp.ClientError, TimeoutError, ValueError, RecursionError) as error:
        log.info("A reference could not be looked up: %s.", type(error).__name__)
        return None


def _proxy(address: str) -> str | None:
    return None if urlsplit(address).hostname in LOOPBACK else proxy_for(address)


def _user_agent() -> str:
    """Who asks, as both services wish it."""
    try:
        return f"morning-report/{version('morning-report')} (a Telegram bot for medical learning)"
    except PackageNotFoundError:
        return "morning-report (a Telegram bot for medical learning)"
