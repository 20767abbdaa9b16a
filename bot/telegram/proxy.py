"""The proxy by which Telegram is reached, if any."""

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from bot.base.user_error import UserError

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def proxy_for(url: str) -> str | None:
    """The proxy that the environment (or the system's settings) names for an address, if any.

    Raises UserError for one that does not speak HTTP.
    """
    address = urlsplit(url)
    named = getproxies()
    proxy = named.get(address.scheme) or named.get("all")
    if not proxy or proxy_bypass(address.hostname or ""):
        return None
    kind, separator, _ = proxy.partition("://")
    if not separator:
        return f"http://{proxy}"
    if kind.lower() not in {"http", "https"}:
        # Neither its address nor its password belongs on a screen.
        raise UserError(
            f"The environment names a {kind}:// proxy, and only those that speak HTTP can be used."
            f" Name such a one (HTTPS_PROXY=http://host:port), or go without"
            f" (NO_PROXY={address.hostname})."
        )
    return proxy
