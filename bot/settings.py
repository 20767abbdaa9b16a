"""Settings from the environment or a ``.env`` file, all beginning with ``MORNING_REPORT_``."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.clock import Clock
from bot.content_watch import Watching
from bot.places import Place
from bot.user_error import UserError
from content.library import SHIPPED
from storage.retention import Retention
from storage.store import DAY

PREFIX = "MORNING_REPORT_"
# An open question's answers must still be known by their people: it is open for a month at most.
_SHORTEST_KEPT = 31
TELEGRAM = "https://api.telegram.org"
# Of a token's form only what an address can carry; whether it is one, Telegram must say.
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_.~-]+")


class SettingsError(UserError):
    """A setting is missing or cannot be used; the message says which, why, and what to do."""


class Settings(BaseSettings):
    """What can be set. Values are checked when read; none is repeated in an error."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        env_ignore_empty=True,
        frozen=True,
        hide_input_in_errors=True,
    )

    token: SecretStr | None = Field(None, description="the bot's token, from BotFather")
    token_file: Path | None = Field(None, description="a file that holds the token instead")
    api_url: str = Field(TELEGRAM, description="the Bot API server, http(s)://host[:port]")
    database: Path = Field(Path("morning-report.db"), description="the database file")
    backups: Path | None = Field(None, description="the folder for backups of the database")
    keep_answers_days: int | None = Field(
        None, ge=_SHORTEST_KEPT, description="days until answers lead to their learners no more"
    )
    keep_people_days: int | None = Field(
        None, ge=_SHORTEST_KEPT, description="days until silent learners are erased"
    )
    keep_chats_days: int | None = Field(
        None, ge=_SHORTEST_KEPT, description="days until chats that the bot left are erased"
    )
    content: Path | None = Field(None, description="a folder of further cases")
    shipped_cases: bool = Field(True, description="whether the shipped cases are used")
    watch: Watching = Field(Watching.ON, description="how changed cases are noticed")
    admins: Annotated[frozenset[int], NoDecode] = Field(
        frozenset(), description="Telegram ids of administrators, separated by commas"
    )
    webhook: str | None = Field(None, description="the public https address for updates")
    listen: Annotated[Place | None, NoDecode] = Field(
        None, description="where the bot's own web server listens"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="how much to log"
    )
    log_format: Literal["console", "json"] = Field("console", description="how the log looks")
    timezone: ZoneInfo = Field(ZoneInfo("UTC"), description="the time zone of the times in the log")
    clock: Annotated[Clock, NoDecode] = Field(
        Clock(), description="<UTC start>x<speed>@<real epoch>, for tests"
    )

    @field_validator("admins", mode="before")
    @classmethod
    def _split_admins(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError("must be Telegram ids, e.g. 12345678,87654321")
        return frozenset(map(int, parts))

    @field_validator("listen", mode="before")
    @classmethod
    def _listen(cls, value: Any) -> Any:
        return Place.parse(value) if isinstance(value, str) else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: Any) -> Any:
        return value.upper() if isinstance(value, str) else value

    @field_validator("api_url")
    @classmethod
    def _server(cls, value: str) -> str:
        try:
            address = urlsplit(value)
            usable = address.scheme in {"http", "https"} and address.hostname and address.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise ValueError("must be an address like http://127.0.0.1:8081")
        return value.rstrip("/")

    @field_validator("timezone", mode="before")
    @classmethod
    def _zone(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError("must be a time zone's name, e.g. Europe/Berlin") from None

    @field_validator("clock", mode="before")
    @classmethod
    def _clock(cls, value: Any) -> Any:
        return Clock.parse(value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_token(self) -> Self:
        if self.token is not None and self.token_file is not None:
            raise ValueError(f"set {PREFIX}TOKEN or {PREFIX}TOKEN_FILE, not both")
        return self

    @model_validator(mode="after")
    def _some_cases(self) -> Self:
        if not self.shipped_cases and self.content is None:
            raise ValueError(f"{PREFIX}SHIPPED_CASES=off needs {PREFIX}CONTENT: a folder of cases")
        return self

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if self.webhook is not None and self.listen is None:
            raise ValueError(f"{PREFIX}WEBHOOK needs {PREFIX}LISTEN: where updates arrive here")
        return self

    @property
    def case_folders(self) -> tuple[Path, ...]:
        """Where cases are: the shipped ones unless they are not wanted, and the residency's own."""
        shipped = (SHIPPED,) if self.shipped_cases else ()
        return (*shipped, *((self.content,) if self.content else ()))

    @property
    def known_cases(self) -> Path:
        """Where what was read of cases is kept, beside the database."""
        return self.database.with_name(f"{self.database.name}-cases")

    @property
    def backup_folder(self) -> Path:
        """Where backups are: beside the database, unless another folder is set."""
        return self.backups or self.database.parent / "backups"

    @property
    def retention(self) -> Retention:
        """How long things are kept."""
        days = (self.keep_answers_days, self.keep_people_days, self.keep_chats_days)
        return Retention(*(None if kept is None else kept * DAY for kept in days))

    def bot_token(self) -> str | None:
        """The token from either place, or None where neither is set. Raises SettingsError."""
        if self.token is not None:
            return _as_token(self.token.get_secret_value(), f"{PREFIX}TOKEN")
        if self.token_file is None:
            return None
        source = f"{PREFIX}TOKEN_FILE names {self.token_file}, which"
        try:
            return _as_token(self.token_file.read_text("utf-8"), source)
        except (OSError, UnicodeDecodeError):
            raise SettingsError(
                f"{source} cannot be read; check the path and its permissions"
            ) from None


def _as_token(text: str, source: str) -> str:
    token = text.strip()
    if not _TOKEN.fullmatch(token):
        raise SettingsError(
            f"{source} does not hold a bot token: digits, a colon, and letters and digits, as"
            " BotFather gives it (/mybots, API Token)"
        )
    return token


def read_settings(**overrides: Any) -> Settings:
    """Read the settings; ``overrides`` win over the environment. Raises SettingsError."""
    try:
        return Settings(**overrides)
    except (OSError, UnicodeDecodeError):
        raise SettingsError(
            "the file .env in this folder cannot be read; it must be text in UTF-8"
        ) from None
    except ValidationError as error:
        raise SettingsError("\n".join(map(_sentence, error.errors()))) from None


def _sentence(problem: ErrorDetails) -> str:
    message = problem["msg"].removeprefix("Value error, ")
    name = "".join(str(step).upper() for step in problem["loc"][:1])
    return message if message.startswith(PREFIX) or not name else f"{PREFIX}{name}: {message}"
