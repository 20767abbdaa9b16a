"""By which proxy calls go: the one that the environment names."""

import pytest

from bot.base.user_error import UserError
from bot.telegram.proxy import proxy_for


@pytest.mark.parametrize(
    ("environment", "proxy"),
    [
        ({}, None),
        ({"https_proxy": "http://p:1"}, "http://p:1"),
        ({"https_proxy": "p:1"}, "http://p:1"),
        ({"http_proxy": "http://p:1"}, None),
        ({"all_proxy": "http://p:1"}, "http://p:1"),
        ({"all_proxy": "http://p:1", "https_proxy": "http://q:2"}, "http://q:2"),
        ({"https_proxy": "http://p:1", "no_proxy": "telegram.org"}, None),
        ({"https_proxy": "http://p:1", "no_proxy": "*"}, None),
        ({"https_proxy": "http://p:1", "no_proxy": "example.org"}, "http://p:1"),
    ],
)
def test_the_environment_names_the_proxy(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], proxy: str | None
) -> None:
    """By the address's scheme, else the one for all, unless the host is excepted."""
    name_proxies(monkeypatch, environment)
    assert proxy_for("https://api.telegram.org") == proxy


@pytest.mark.parametrize("kind", ["socks5", "socks5h", "socks", "SOCKS4", "ftp"])
def test_a_proxy_that_does_not_speak_http_is_refused(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """In a sentence, without its password; one that is not asked does no harm."""
    named = {"all_proxy": f"{kind}://ada:hush@p:1"}
    name_proxies(monkeypatch, named)
    with pytest.raises(UserError, match=rf"a {kind}:// proxy.*NO_PROXY=api\.telegram\.org") as told:
        proxy_for("https://api.telegram.org")
    assert "hush" not in str(told.value)
    name_proxies(monkeypatch, named | {"no_proxy": "api.telegram.org"})
    assert proxy_for("https://api.telegram.org") is None
    name_proxies(monkeypatch, named | {"https_proxy": "http://q:2"})
    assert proxy_for("https://api.telegram.org") == "http://q:2"


def name_proxies(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> None:
    """Let the environment name these and no others."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
