"""Settings from the environment or a ``.env`` file, all beginning with ``MORNING_REPORT_``."""

import difflib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from msgspec import Struct

from bot.base import setting_values as values
from bot.base.clock import Clock
from bot.base.listen_address import ListenAddress
from bot.base.time_units import DAY_MS
from bot.base.user_error import UserError
from content.library import SHIPPED
from storage.retention import Retention

PREFIX = "MORNING_REPORT_"
ENV_FILE = Path(".env")
# An open question's answers must still be known by their people: it is open for a month at most.
_SHORTEST_KEPT_DAYS = 31
_REPLICA_MS = (
    3 * DAY_MS
)  # what Litestream keeps by deploy/litestream.yml, and the day until it pauses
TELEGRAM = "https://api.telegram.org"
# Of a token's form only what an address can carry; whether it is one, Telegram must say.
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_.~-]+")


class SettingsError(UserError):
    """A setting is missing or cannot be used; the message says which, why, and what to do."""


class Secret:
    """A text that is not shown where what holds it is. No Struct: Rich would look into that."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return "Secret(...)"


class Doubt(Struct, frozen=True):
    """Something that is set and can be used, or does nothing, and should be mended. No value."""

    said: str
    advice: str

    def __str__(self) -> str:
        return f"{self.said}; {self.advice}"


class Settings(Struct, frozen=True, kw_only=True):
    """What can be set, by the names in the environment: ``database`` is MORNING_REPORT_DATABASE."""

    token: Secret | None = None
    token_file: Path | None = None  # holds the token instead
    api_url: str = TELEGRAM  # http(s)://host[:port]
    database: Path = Path("morning-report.db")
    backups: Path | None = None  # a folder
    litestream: Path | None = None  # the control socket of the one that replicates the database
    keep_answers_days: int | None = None  # until answers lead to their learners no more
    keep_people_days: int | None = None  # until silent learners are erased
    keep_chats_days: int | None = None  # until chats that the bot left are erased
    keep_backups_days: int | None = None  # until backups are deleted
    content: Path | None = None  # a folder of further cases
    shipped_cases: bool = True
    watch: bool = True  # for changed cases
    admins: frozenset[int] = frozenset()  # their Telegram ids
    lookup: frozenset[str] = frozenset()  # services that fill in references
    webhook: str | None = None  # the public https address for updates
    listen: ListenAddress | None = None  # where the bot's own web server does
    public_url: str | None = None  # http(s)://host[:port][/path] of that server, for browsers
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"
    timezone: ZoneInfo = ZoneInfo("UTC")  # of the times in the log
    clock: Clock = Clock()
    doubts: tuple[Doubt, ...] = ()  # no setting: about how these were set

    @property
    def case_folders(self) -> tuple[Path, ...]:
        """Where cases are: the shipped ones unless they are not wanted, and the residency's own."""
        shipped = (SHIPPED,) if self.shipped_cases else ()
        return (*shipped, *((self.content,) if self.content else ()))

    @property
    def backup_folder(self) -> Path:
        """Where backups are: beside the database, unless another folder is set."""
        return self.backups or self.database.parent / "backups"

    @property
    def retention(self) -> Retention:
        """How long things are kept."""
        return Retention(
            _milliseconds(self.keep_answers_days),
            _milliseconds(self.keep_people_days),
            _milliseconds(self.keep_chats_days),
            _milliseconds(self.keep_backups_days),
            None if self.litestream is None else _REPLICA_MS,
        )

    def open_to_others(self) -> Iterator[tuple[Path, str]]:
        """Files with secrets and people's data that other users can read: each with a right mode.

        What the system hands over under /run is its own business.
        """
        private = {ENV_FILE: "600", self.backup_folder: "700"}
        if self.token_file is not None and not self.token_file.is_relative_to("/run"):
            private[self.token_file] = "400"
        for path, mode in private.items():
            with suppress(OSError):
                if os.name == "posix" and path.stat().st_mode & 0o077:
                    yield path, mode

    def bot_token(self) -> str | None:
        """The token from either place, or None where neither is set. Raises SettingsError."""
        if self.token is not None:
            return _as_token(self.token.text, f"{PREFIX}TOKEN")
        if self.token_file is None:
            return None
        source = f"{PREFIX}TOKEN_FILE names {self.token_file}, which"
        try:
            return _as_token(self.token_file.read_text("utf-8"), source)
        except (OSError, UnicodeDecodeError):
            raise SettingsError(
                f"{source} cannot be read; check the path and its permissions"
            ) from None


def _milliseconds(days: int | None) -> int | None:
    return None if days is None else days * DAY_MS


def _as_token(text: str, source: str) -> str:
    token = text.strip()
    if not _TOKEN.fullmatch(token):
        raise SettingsError(
            f"{source} does not hold a bot token: digits, a colon, and letters and digits, as"
            " BotFather gives it (/mybots, API Token)"
        )
    return token


def read_settings(env_file: Path = ENV_FILE) -> Settings:
    """Read the settings; the environment wins over ``env_file``. Raises SettingsError.

    Upper and lower case are the same in names; what is empty is passed over, and what is unknown
    is doubted.
    """
    given = {**_set_in(_from_file(env_file)), **_set_in(os.environ)}
    read, wrong = {}, []
    for name, reader in _READERS.items():
        if text := given.get(name):
            try:
                read[name] = reader(text)
            except ValueError as error:
                wrong.append(_sentence(name, str(error)))
    settings = Settings(**read, doubts=tuple(_doubts(given)))
    if wrong := wrong or [*_at_odds(settings)]:
        raise SettingsError("\n".join(wrong))
    return settings


def wants_json(env_file: Path = ENV_FILE) -> bool:
    """Whether the log is to be JSON; also where the settings as a whole cannot be used."""
    given = _set_in(os.environ)
    with suppress(SettingsError):
        given = {**_set_in(_from_file(env_file)), **given}
    return given.get("log_format") == "json"


def _from_file(path: Path) -> Mapping[str, str | None]:
    try:
        if not (path.is_file() or path.is_fifo()):
            return {}
        return dotenv_values(path, encoding="utf-8")
    except OSError as error:
        raise SettingsError(
            f"the file {path.absolute()} with settings cannot be read: {error.strerror}; run this"
            " as the user that the bot runs as, or mend the file's permissions"
        ) from None
    except UnicodeDecodeError:
        raise SettingsError(
            f"the file {path.absolute()} with settings cannot be read; it must be text in UTF-8"
        ) from None


def _set_in(variables: Mapping[str, str | None]) -> dict[str, str]:
    """Those that are ours and not empty, by the names of their settings."""
    ours = ((name.upper(), text) for name, text in variables.items())
    return {
        name.removeprefix(PREFIX).lower(): text
        for name, text in ours
        if text and name.startswith(PREFIX)
    }


def _sentence(name: str, problem: str) -> str:
    return problem if problem.startswith(PREFIX) else f"{PREFIX}{name.upper()}: {problem}"


def _doubts(given: Mapping[str, str]) -> Iterator[Doubt]:
    """What is set in vain, since no setting has that name, and what has a better word now."""
    for name in sorted(given.keys() - _READERS.keys()):
        if not re.fullmatch(r"[a-z0-9_]+", name):
            # A line that lacks its equals sign may hold the token in its name.
            yield Doubt(f"a name that begins with {PREFIX} holds signs that none has", "mend it")
            continue
        near = difflib.get_close_matches(name, _READERS, n=1)
        advice = f"did you mean {PREFIX}{near[0].upper()}?" if near else "README.md lists them all"
        yield Doubt(f"{PREFIX}{name.upper()} is no setting, and does nothing", advice)
    if given.get("watch", "").lower() == values.POLL:
        yield Doubt(
            f"{PREFIX}WATCH={values.POLL} is the same as on now", "set it to on, or leave it out"
        )


def _at_odds(settings: Settings) -> Iterator[str]:
    """What settings that are right by themselves have against each other."""
    if settings.token is not None and settings.token_file is not None:
        yield f"set {PREFIX}TOKEN or {PREFIX}TOKEN_FILE, not both"
    if not settings.shipped_cases and settings.content is None:
        yield f"{PREFIX}SHIPPED_CASES=off needs {PREFIX}CONTENT: a folder of cases"
    if settings.webhook is not None and settings.listen is None:
        yield f"{PREFIX}WEBHOOK needs {PREFIX}LISTEN: where updates arrive here"
    if settings.public_url is not None and settings.listen is None:
        yield f"{PREFIX}PUBLIC_URL needs {PREFIX}LISTEN: where browsers' requests arrive here"


_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
# How a text becomes a setting.
_READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "token": Secret,
    "token_file": Path,
    "api_url": values.server,
    "database": Path,
    "backups": Path,
    "litestream": Path,
    "keep_answers_days": partial(values.days, _SHORTEST_KEPT_DAYS),
    "keep_people_days": partial(values.days, _SHORTEST_KEPT_DAYS),
    "keep_chats_days": partial(values.days, _SHORTEST_KEPT_DAYS),
    "keep_backups_days": partial(values.days, 1),
    "content": Path,
    "shipped_cases": values.switch,
    "watch": values.watch,
    "admins": values.admins,
    "lookup": values.lookups,
    "webhook": values.webhook,
    "listen": ListenAddress.parse,
    "public_url": values.public_url,
    "log_level": lambda text: values.one_of(_LEVELS, text.upper()),
    "log_format": lambda text: values.one_of(("console", "json"), text),
    "timezone": values.zone,
    "clock": Clock.parse,
}
SETTINGS: Final = tuple(_READERS)
"""The names of all that can be set, without their prefix."""
