"""What requests to the control interface say."""

from typing import Annotated, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from starlette.requests import Request

from bot.sandbox.errors import bad_request
from bot.sandbox.faults import FaultKind
from bot.sandbox.membership import Status
from bot.sandbox.model import ChatType

Username: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,32}$")]
MimeType: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+$")]
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


class NewDocument(Body):
    """A file in base64, under whatever name and kind its sender's app claims for it."""

    name: str = Field(default="", max_length=255)
    content: str
    mime_type: MimeType | None = None


class NewVoice(Body):
    """A voice message in base64, so many seconds long; nobody listens to it."""

    content: str
    duration: int = Field(default=1, ge=0)


class Media(Body):
    """A photo as base64 or file_id, or a document, with or without a caption."""

    photo: str | None = None
    document: NewDocument | None = None
    caption: str = ""


class FromPerson(Body):
    """Forwarded from a person, or from the bot."""

    type: Literal["user"]
    sender_user: int
    date: int | None = None


class FromHiddenPerson(Body):
    """Forwarded from somebody whose account is not told."""

    type: Literal["hidden_user"]
    sender_user_name: str = Field(min_length=1)
    date: int | None = None


class FromChannel(Body):
    """Forwarded from a channel."""

    type: Literal["channel"]
    chat: int
    message_id: int = Field(default=1, ge=1)
    date: int | None = None


NewOrigin: TypeAlias = Annotated[
    FromPerson | FromHiddenPerson | FromChannel, Field(discriminator="type")
]
"""A MessageOrigin of the Bot API, with ids in place of users and chats."""


class NewMessage(Media):
    """What a person sends: text, a photo, a document, a voice message or an album."""

    sender: int = Field(alias="from")
    text: str | None = None
    voice: NewVoice | None = None
    album: Annotated[list[Media], Field(max_length=10)] | None = None
    forward_origin: NewOrigin | None = None
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
    """What becomes of one's own message: a new text, or a new caption, photo or document."""

    sender: int | None = Field(default=None, alias="from")
    text: str | None = None
    caption: str | None = None
    photo: str | None = None
    document: NewDocument | None = None


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
