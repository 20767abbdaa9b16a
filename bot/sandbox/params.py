"""Arguments of a Bot API call, however they were sent, as typed values."""

import json
from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct, field
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.wire import Json

MAX_REQUEST: Final = 50 * 1024 * 1024
"""The Bot API takes uploads of up to 50 MB."""

TEXT_PARAMETERS: Final = frozenset({
    "text", "caption", "question", "explanation", "description", "short_description", "name",
    "title", "url", "data", "callback_query_id", "file_id", "photo", "document", "language_code",
    "inline_message_id", "message_effect_id", "business_connection_id", "secret_token", "action",
    "type", "method",
    "parse_mode", "question_parse_mode", "explanation_parse_mode", "description_parse_mode",
})  # fmt: skip
"""Parameters whose text is never JSON, though it may look like it."""


class Upload(Struct, frozen=True):
    """A file that came with a request."""

    name: str
    content_type: str
    data: bytes

    def __repr__(self) -> str:
        return f"Upload({self.name!r}, {self.content_type!r}, {len(self.data)} bytes)"


class Params(Struct, frozen=True):
    """A call's arguments, JSON decoded, and the files that came with it."""

    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether an argument was given."""
        return self.values.get(name) not in (None, "")

    def text(self, name: str) -> str:
        """A text, empty when absent."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False)

    def integer(self, name: str) -> int | None:
        """A whole number; text that spells one will do."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool | dict | list):
            raise bad_request(f'parameter "{name}" must be an integer')
        try:
            return int(value)
        except (ValueError, OverflowError):
            raise bad_request(f'parameter "{name}" must be an integer') from None

    def flag(self, name: str, *, default: bool = False) -> bool:
        """A truth value; the Bot API takes ``true``, ``yes`` and ``1`` for true."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        return str(value).lower() in {"true", "yes", "1"}

    def mapping(self, name: str) -> Json | None:
        """A JSON object."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, dict):
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object")
        return value

    def sequence(self, name: str) -> list[Any] | None:
        """A JSON array."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, list):
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON array")
        return value

    def integers(self, name: str) -> list[int] | None:
        """A JSON array of whole numbers."""
        items = self.sequence(name)
        if items is None:
            return None
        if not all(isinstance(item, int) and not isinstance(item, bool) for item in items):
            raise bad_request(f'parameter "{name}" must be an array of integers')
        return items

    def file(self, name: str) -> Upload | str:
        """An upload under this name or attached to it, else the text given (a ``file_id``)."""
        if name in self.uploads:
            return self.uploads[name]
        return self.attached(self.text(name))

    def attached(self, reference: str) -> Upload | str:
        """The upload that ``attach://...`` names; other references come back as they are."""
        prefix, mark, part = reference.partition("://")
        if prefix != "attach" or not mark:
            return reference
        try:
            return self.uploads[part]
        except KeyError:
            raise bad_request("there is no file with the attached name in the request") from None


def decoded(name: str, value: str) -> Any:
    """What a form field means: JSON where it is an object, array, number or truth value."""
    if name in TEXT_PARAMETERS:
        return value
    try:
        meaning = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return value if isinstance(meaning, str | float) else meaning


async def read_params(request: Request) -> Params:
    """The arguments from the query and from a JSON, urlencoded or multipart body."""
    if int(request.headers.get("content-length", 0)) > MAX_REQUEST:
        raise ApiError(413, "Request Entity Too Large")
    values: Json = {name: decoded(name, value) for name, value in request.query_params.items()}
    uploads: dict[str, Upload] = {}
    if request.headers.get("content-type", "").startswith("application/json"):
        values.update(await _json_body(request))
        return Params(values)
    try:
        async with request.form(max_part_size=MAX_REQUEST) as form:
            for name, part in form.multi_items():
                if isinstance(part, UploadFile):
                    content_type = part.content_type or "application/octet-stream"
                    uploads[name] = Upload(part.filename or name, content_type, await part.read())
                else:
                    values[name] = decoded(name, part)
    except HTTPException as error:
        raise bad_request("can't parse the multipart body") from error
    return Params(values, uploads)


async def _json_body(request: Request) -> Json:
    """The arguments of a JSON body, where JSON may also stand in strings, as in a form."""
    body = await request.body()
    try:
        values = json.loads(body) if body.strip() else {}
        if b"\\ud" in body.lower():
            # An escape may spell half a character, which no text may hold.
            json.dumps(values, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise bad_request("can't parse the request body as JSON") from None
    if not isinstance(values, dict):
        raise bad_request("the request body must be a JSON object")
    return {
        name: decoded(name, value) if isinstance(value, str) else value
        for name, value in values.items()
    }


async def reply_params(content_type: str, body: bytes) -> Params:
    """The arguments in the answer to an update, which may call a method. Raises ApiError."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body}

    scope = {
        "type": "http",
        "method": "POST",
        "query_string": b"",
        "headers": [(b"content-type", content_type.encode("latin-1", "replace"))],
        "app": None,  # so that a form that cannot be read is refused as in any request
    }
    return await read_params(Request(scope, receive))
