"""Addresses: which Telegram accepts in links and buttons, and how it writes them."""

import re
from typing import Final
from urllib.parse import parse_qs, urlsplit

SCHEMES: Final = frozenset({"http", "https", "tg", "ton", "tonsite"})
_HOST: Final = re.compile(r"[\w-]+(\.[\w-]+)+|\d+(\.\d+){3}")


class LinkError(ValueError):
    """An address that Telegram refuses; the message is Telegram's."""


def parse_url(address: str) -> str:
    """The address as Telegram keeps it. Raises LinkError."""
    address = address.strip()
    if "://" not in address:
        address = f"http://{address}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        raise LinkError("Wrong HTTP URL") from None
    if parts.scheme not in SCHEMES:
        raise LinkError("Unsupported URL protocol")
    if parts.scheme in {"tg", "ton"}:
        return address
    if not host:
        raise LinkError("URL host is empty")
    if not _HOST.fullmatch(host) or any(char.isspace() for char in address):
        raise LinkError("Wrong HTTP URL")
    if not parts.path:
        return parts._replace(netloc=parts.netloc.lower(), path="/").geturl()
    return address


def checked_url(address: str) -> str | None:
    """The address as Telegram keeps it, None where it would drop the link."""
    try:
        return parse_url(address)
    except LinkError:
        return None


def mentioned_user(address: str) -> int | None:
    """The user that ``tg://user?id=...`` mentions."""
    if not address.startswith("tg://user?"):
        return None
    identifiers = parse_qs(urlsplit(address).query).get("id", [""])
    return int(identifiers[0]) if identifiers[0].isdigit() else None
