"""Notes beside the chats: what a program that plays with the sandbox tells whoever looks at it."""

from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.bodies import Body, read
from bot.sandbox.live import Live

Words: TypeAlias = Annotated[str, Field(max_length=2000)]
Name: TypeAlias = Annotated[str, Field(min_length=1, max_length=128)]


class Tone(StrEnum):
    """How a note is meant."""

    GOOD = "good"
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Shortcut(Body):
    """A way to be somebody, in their private chat."""

    text: Name
    person: int


class Remark(Body):
    """One thing to say, perhaps about a place, perhaps with a label by which it is known."""

    tone: Tone
    text: Words
    place: Words = ""
    label: Words = ""


class Sheet(Body):
    """All the notes there are."""

    title: Name
    tone: Tone = Tone.NOTE
    text: Words = ""
    shortcuts: Annotated[tuple[Shortcut, ...], Field(max_length=12)] = ()
    remarks: Annotated[tuple[Remark, ...], Field(max_length=1000)] = ()


class Notes:
    """``/sandbox/notes``: PUT replaces all, DELETE takes them away, GET answers ``{notes}``."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._sheet: Sheet | None = None

    def routes(self) -> list[Route]:
        """The one address."""
        path = "/sandbox/notes"
        return [
            Route(path, self.show),
            Route(path, self.put, methods=["PUT"]),
            Route(path, self.clear, methods=["DELETE"]),
        ]

    async def show(self, _request: Request) -> Response:
        """The notes as they are."""
        return self._answer()

    async def put(self, request: Request) -> Response:
        """Other notes."""
        self._sheet = await read(request, Sheet)
        self._live.tell("notes")
        return self._answer()

    async def clear(self, _request: Request) -> Response:
        """No notes any more."""
        self._sheet = None
        self._live.tell("notes")
        return self._answer()

    def _answer(self) -> Response:
        notes = None if self._sheet is None else self._sheet.model_dump(mode="json")
        return JSONResponse({"notes": notes})
