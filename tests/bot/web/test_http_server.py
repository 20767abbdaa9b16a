"""Where the bot's own web server listens."""

import socket
import stat
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.base.listen_address import ListenAddress
from bot.web.http_server import CannotListenError, HttpServer


async def _hello(_request: Request) -> Response:
    return PlainTextResponse("hello")


@pytest.fixture
def application() -> Starlette:
    return Starlette(routes=[Route("/", _hello)])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("127.0.0.1:8080", ListenAddress("127.0.0.1", 8080)),
        ("[::1]:8080", ListenAddress("::1", 8080)),
        ("8080", ListenAddress("127.0.0.1", 8080)),
        ("unix:/run/bot.sock", ListenAddress(path=Path("/run/bot.sock"))),
    ],
)
def test_places_are_read_and_written(text: str, place: ListenAddress) -> None:
    """Address and port, a port alone, or a Unix socket; and the same again as text."""
    assert ListenAddress.parse(text) == place
    assert ListenAddress.parse(str(place)) == place


@pytest.mark.parametrize("text", ["", "localhost", "a:b", "127.0.0.1:65536", "::"])
def test_what_is_no_place_is_refused(text: str) -> None:
    """The error shows what it must look like."""
    with pytest.raises(ValueError, match=r"127\.0\.0\.1:8080"):
        ListenAddress.parse(text)


async def test_it_answers_on_a_port_and_lets_it_go(application: Starlette) -> None:
    """A free port is found, answered on, and free again at the end; a taken one is refused."""
    server = HttpServer(application, ListenAddress())
    await server.start()
    async with httpx.AsyncClient(trust_env=False) as http:
        assert (await http.get(f"http://{server.address}")).text == "hello"
    with pytest.raises(CannotListenError, match="in use"):
        await HttpServer(application, server.address).start()
    await server.stop()
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind((server.address.host, server.address.port))


async def test_of_two_that_take_a_port_at_once_one_is_refused(
    application: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are bound to it before either listens."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", 0))

        class Late(socket.socket):
            def bind(self, address: Any) -> None:
                super().bind(address)
                other.listen()

        monkeypatch.setattr("bot.web.http_server.socket.socket", Late)
        with pytest.raises(CannotListenError, match="in use"):
            await HttpServer(application, ListenAddress(port=other.getsockname()[1])).start()


async def test_it_answers_on_a_unix_socket(application: Starlette, tmp_path: Path) -> None:
    """For the owner and the group alone; what a killed program left is replaced, a living not."""
    path = tmp_path / "bot.sock"
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))
    server = HttpServer(application, ListenAddress(path=path))
    await server.start()
    assert stat.S_IMODE(path.stat().st_mode) == 0o660
    async with httpx.AsyncClient(transport=httpx.AsyncHTTPTransport(uds=str(path))) as http:
        assert (await http.get("http://bot/")).text == "hello"
    with pytest.raises(CannotListenError, match="in use"):
        await HttpServer(application, ListenAddress(path=path)).start()
    await server.stop()
    assert not path.exists()


async def test_a_file_in_the_way_is_left_alone(application: Starlette, tmp_path: Path) -> None:
    """What is no socket is never deleted."""
    path = tmp_path / "notes.txt"
    path.write_text("mine")
    with pytest.raises(CannotListenError):
        await HttpServer(application, ListenAddress(path=path)).start()
    assert path.read_text() == "mine"
