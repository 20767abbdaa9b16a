"""Settings: read, checked, explained."""

import re
from pathlib import Path

import pytest
from rich.pretty import pretty_repr

from bot.settings import PREFIX, SETTINGS, Settings, SettingsError, read_settings

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty folder, and none of our settings in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in SETTINGS:
        monkeypatch.delenv(f"{PREFIX}{name.upper()}", raising=False)


def test_settings_come_from_the_environment_and_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment wins over `.env`."""
    Path(".env").write_text("MORNING_REPORT_TOKEN=1:file\nMORNING_REPORT_ADMINS=5, 6\n")
    monkeypatch.setenv("MORNING_REPORT_TOKEN", "2:environment")
    settings = read_settings()
    assert settings.bot_token() == "2:environment"
    assert settings.admins == {5, 6}


def test_names_may_be_in_any_case_and_what_is_empty_is_not_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An empty variable does not hide what the file says."""
    Path(".env").write_text("morning_report_watch=off\nMORNING_REPORT_LOG_LEVEL=debug\nOTHER=1\n")
    monkeypatch.setenv("Morning_Report_Shipped_Cases", "on")
    monkeypatch.setenv("MORNING_REPORT_LOG_LEVEL", "")
    assert read_settings() == Settings(watch=False, log_level="DEBUG")


def test_all_that_is_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One a line, by its name."""
    monkeypatch.setenv("MORNING_REPORT_ADMINS", "me")
    monkeypatch.setenv("MORNING_REPORT_TIMEZONE", "here")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    told = [line.partition(":")[0] for line in str(caught.value).splitlines()]
    assert told == ["MORNING_REPORT_ADMINS", "MORNING_REPORT_TIMEZONE"]


def test_the_token_may_lie_in_a_file_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """As container secrets do; its line end does not matter."""
    Path("secret").write_text("3:secret\n")
    monkeypatch.setenv("MORNING_REPORT_TOKEN_FILE", "secret")
    assert read_settings().bot_token() == "3:secret"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("ADMINS", "me", "must be Telegram ids"),
        ("API_URL", "localhost:8081", "must be an address"),
        ("API_URL", "http://", "must be an address"),
        ("API_URL", "http://localhost:port", "must be an address"),
        ("TIMEZONE", "Mars/Olympus", "must be a time zone's name"),
        ("TIMEZONE", "../etc/passwd", "must be a time zone's name"),
        ("LOG_LEVEL", "LOUD", "'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("CLOCK", "noon", "must look like"),
        ("KEEP_CHATS_DAYS", "thirty", "must be a whole number of days, 31 or more"),
        ("KEEP_CHATS_DAYS", "99999999999999999", "31 or more, up to 36500"),
        ("KEEP_BACKUPS_DAYS", "0", "must be a whole number of days, 1 or more"),
        ("WEBHOOK", "bot.example.org/telegram", "must be an address like https://"),
        ("WEBHOOK", "https://bot.example.org/readyz", "the bot itself answers at /readyz"),
        ("LISTEN", "unix:", "must look like"),
        ("SHIPPED_CASES", "perhaps", "must be on or off"),
        ("WATCH", "never", "must be on or off"),
        ("LOOKUP", "crossref,google", "must be crossref, pubmed, or both"),
        ("LISTEN", "anywhere", "must look like"),
    ],
)
def test_a_wrong_setting_is_explained(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    """The error names the setting and says what it must be."""
    monkeypatch.setenv(PREFIX + name, value)
    with pytest.raises(SettingsError, match=re.escape(expected)) as caught:
        read_settings()
    assert str(caught.value).startswith(PREFIX + name)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("crossref, PubMed", {"crossref", "pubmed"}),
        ("pubmed", {"pubmed"}),
        ("off", set()),
        ("", set()),
    ],
)
def test_references_are_looked_up_where_it_is_said(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: set[str]
) -> None:
    """Nowhere, unless set."""
    monkeypatch.setenv("MORNING_REPORT_LOOKUP", value)
    assert read_settings().lookup == expected


@pytest.mark.parametrize(
    "token", ["hush", "4:hush hush", "4:hush\n5:hush", "4:h\u00fcsh", "4:h/sh", ""]
)
def test_what_cannot_be_a_token_is_not_tried(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    """It would only ever fail to reach Telegram; the sentence says where it came from."""
    Path("secret").write_text(token, "utf-8")
    monkeypatch.setenv("MORNING_REPORT_TOKEN_FILE", "secret")
    with pytest.raises(SettingsError, match="secret, which does not hold a bot token") as caught:
        read_settings().bot_token()
    assert "hush" not in str(caught.value)


def test_an_unreadable_env_file_is_explained() -> None:
    """A file that is not text ends in a sentence, and is not quoted."""
    Path(".env").write_bytes(b"MORNING_REPORT_TOKEN=4:hush\xff\n")
    with pytest.raises(SettingsError, match=r"\.env .* cannot be read") as caught:
        read_settings()
    assert "hush" not in str(caught.value)


def test_another_user_s_env_file_is_no_matter_of_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says of it is told, and who is to look."""
    Path(".env").touch()

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("bot.settings.dotenv_values", refuse)
    with pytest.raises(SettingsError, match=r"Permission denied; run this as the user"):
        read_settings()


def test_a_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither settings nor their errors repeat it."""
    monkeypatch.setenv("MORNING_REPORT_TOKEN", "4:hush")
    settings = read_settings()
    assert "hush" not in repr(settings)
    assert "hush" not in pretty_repr(settings)
    monkeypatch.setenv("MORNING_REPORT_TOKEN_FILE", "elsewhere")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert str(caught.value) == "set MORNING_REPORT_TOKEN or MORNING_REPORT_TOKEN_FILE, not both"


def test_what_is_set_in_vain_is_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    """By name, with the nearest that there is; what is empty sets nothing anyhow."""
    Path(".env").write_text("MORNING_REPORT_KEEP_ANSWER_DAYS=400\nMORNING_REPORT_EMPTY=\nOTHER=1\n")
    monkeypatch.setenv("morning_report_admin", "12")
    monkeypatch.setenv("MORNING_REPORT_QXZ", "hush")
    monkeypatch.setenv("MORNING_REPORT_WATCH", "poll")
    settings = read_settings()
    assert settings.watch
    assert [str(doubt) for doubt in settings.doubts] == [
        "MORNING_REPORT_ADMIN is no setting, and does nothing; did you mean MORNING_REPORT_ADMINS?",
        "MORNING_REPORT_KEEP_ANSWER_DAYS is no setting, and does nothing; did you mean"
        " MORNING_REPORT_KEEP_ANSWERS_DAYS?",
        "MORNING_REPORT_QXZ is no setting, and does nothing; README.md lists them all",
        "MORNING_REPORT_WATCH=poll is the same as on now; set it to on, or leave it out",
    ]


@pytest.mark.parametrize("known", SETTINGS)
def test_a_slip_in_any_name_is_seen_through(monkeypatch: pytest.MonkeyPatch, known: str) -> None:
    """Two letters in each other's place, or one too few."""
    slips = {known[:2] + known[3] + known[2] + known[4:], known[:3] + known[4:]} - {known}
    for slip in slips - {*SETTINGS}:
        monkeypatch.setenv(PREFIX + slip.upper(), "hush")
    found = read_settings().doubts
    assert {doubt.advice for doubt in found} == {f"did you mean {PREFIX}{known.upper()}?"}
    assert "hush" not in repr(found)


def test_a_token_in_a_name_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a line with a colon where the equals sign should be."""
    monkeypatch.setenv("MORNING_REPORT_TOKEN:4:hush", "x")
    (doubt,) = read_settings().doubts
    assert "hush" not in str(doubt).lower()
    assert "mend it" in str(doubt)


def test_every_setting_is_documented() -> None:
    """The README's table lists exactly the settings there are."""
    documented = re.findall(r"^\| `MORNING_REPORT_(\w+)`", README.read_text("utf-8"), re.MULTILINE)
    assert sorted(documented) == sorted(name.upper() for name in SETTINGS)
