"""Other web sites neither see nor touch the sandbox."""

import httpx
import pytest

from tests.sandbox.conftest import TOKEN, RawBot
from tests.support.sandbox import SandboxClient


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:80", 200),
        ("localhost", 200),
        ("[::1]:8081", 200),
        ("sandbox.localhost", 200),
        ("attacker.example", 403),
        ("127.0.0.1.attacker.example", 403),
        ("[nonsense", 403),
    ],
)
async def test_only_loopback_names_are_served(
    http: httpx.AsyncClient, host: str, status: int
) -> None:
    """A name that another site points here gets nothing."""
    for path in ("/", "/sandbox/people", f"/bot{TOKEN}/getMe"):
        answer = await http.get(path, headers={"Host": host})
        assert answer.status_code == status


@pytest.mark.parametrize("origin", ["https://attacker.example", "null", "http://127.0.0.1:1"])
async def test_other_sites_change_nothing(
    client: SandboxClient, http: httpx.AsyncClient, bot: RawBot, origin: str
) -> None:
    """A request from a page of another origin is refused, in the form of every refusal."""
    headers = {"Origin": origin}
    body = {"first_name": "Eve"}
    answer = await http.post("/sandbox/people", json=body, headers=headers)
    assert (answer.status_code, answer.json()["error_code"]) == (403, 403)
    assert await client.people() == []
    for verb in ("GET", "POST"):
        answer = await bot.http.request(verb, "getMe", headers=headers)
        assert answer.status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_no_picture_on_another_site_calls_the_bot_api(
    http: httpx.AsyncClient, bot: RawBot, site: str
) -> None:
    """What a page merely shows or links to is asked for without an origin, and calls nothing."""
    path = f"/bot{TOKEN}/setMyName?name=Eve"
    answer = await http.get(path, headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403
    assert (await bot("getMyName"))["name"] != "Eve"
    page = await http.get("/", headers={"Sec-Fetch-Site": site})
    assert page.status_code == 200


async def test_own_page_acts(http: httpx.AsyncClient) -> None:
    """The sandbox's own page names the sandbox as its origin."""
    headers = {"Origin": str(http.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    body = {"first_name": "Ada"}
    answer = await http.post("/sandbox/people", json=body, headers=headers)
    assert answer.status_code == 200
