"""What requests to the control interface say."""

from typing import Annotated, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from starlette.requests import Request

from bot.sandbox.errors import bad_request
from bot.sandbox.faults import FaultKind
from bot.sandbox.membership import Status
from bot.sandbox.model import ChatType

Username: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,32}$")]
B = TypeVar("B", bound=BaseModel)


class Body(BaseModel):
    """A JSON object; unknown keys are a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NewPerson(Body):
    """Someone to make. What else a User may carry is passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    first_name: str = Field(min_length=1, max_length=64)
    last_name: str | None = Field(default=None, max_length=64)
    username: Username | None = None
    language_code: str | None = Field(default=None, pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*$")


class NewMessage(Body):
    """What a person sends: text, or a photo as base64 or file_id, with or without a caption."""

    sender: int = Field(alias="from")
    text: str | None = None
    photo: str | None = None
    caption: str = ""
    thread: int | None = None
    reply_to: int | None = None


class NewChat(Body):
    """A chat for several people; ``admins`` begin with the creator."""

    type: Literal[ChatType.GROUP, ChatType.SUPERGROUP, ChatType.CHANNEL]
    title: str = Field(min_length=1, max_length=128)
    members: list[int] = []
    admins: list[int] = []
    is_forum: bool = False
    bot: Literal["administrator", "member", "none"] | None = None
    linked_chat: int | None = None
    username: Username | None = None


class NewStanding(Body):
    """A status, with rights by their names in the Bot API."""

    status: Status
    rights: dict[str, bool] = {}


class NewTopic(Body):
    """A topic to make."""

    name: str = Field(min_length=1, max_length=128)


class Edit(Body):
    """A new text for one's own message."""

    sender: int | None = Field(default=None, alias="from")
    text: str


class Vote(Body):
    """Positions chosen in a poll as sent; none takes the vote back."""

    sender: int = Field(alias="from")
    options: list[int]


class Press(Body):
    """A button pressed, by the data it carries."""

    sender: int = Field(alias="from")
    data: str


class NewFault(Body):
    """A fault to order."""

    kind: Annotated[FaultKind, BeforeValidator(str)]
    times: int = Field(default=1, ge=1)
    method: str | None = None
    retry_after: int = Field(default=1, ge=1)


async def read(request: Request, kind: type[B]) -> B:
    """The body of a request. Raises ApiError that names the first thing wrong with it."""
    try:
        return kind.model_validate_json(await request.body() or b"{}")
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise bad_request(f"{where}: {first['msg']}" if where else first["msg"]) from None


def number(text: str | None, name: str, default: int) -> int:
    """A number from an address. Raises ApiError."""
    if not text:
        return default
    try:
        return int(text)
    except ValueError:
        raise bad_request(f"{name} must be a whole number, not {text!r}") from None
