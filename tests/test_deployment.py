"""What stands in the files for deployment and in their guide is what the program has."""

import http.server
import json
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import typer.main

from bot.commands import command_line
from bot.commands.terminal import app
from bot.settings import PREFIX, Settings, read_settings
from bot.telegram.batches import OtherCopyError
from bot.web.metrics import Metrics
from content.tree import to_plain
from content.yaml_tree import read_tree
from storage.outbox import Backlog

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
SERVICES = sorted(DEPLOY.glob("*.service"))
UNITS = [*SERVICES, *sorted(DEPLOY.glob("*.timer"))]
GUIDE = ROOT / "docs/operations.md"
FILES = [ROOT / "Dockerfile", ROOT / "compose.yaml", *sorted(DEPLOY.iterdir()), GUIDE]

# A command is what follows the program's name, unless that is itself the name of something.
_COMMAND = re.compile(
    r"(?<![-/\w=])(?:\S*/bin/)?morning-report (?:@\S+ )?"
    r"(?P<name>[a-z]+)(?![-\w])(?P<rest>[^\n`|;]*)"
)
_OPTION = re.compile(r"(?<!\S)--[a-z-]+")


def yaml(path: Path) -> Any:
    tree, problems = read_tree(path, path.read_bytes())
    assert tree is not None
    assert problems == ()
    return to_plain(tree)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_command_and_option_exists(path: Path) -> None:
    """Whatever a file or the guide tells to run, the program takes."""
    command_line.load()
    commands = typer.main.get_group(app).commands
    for found in _COMMAND.finditer(path.read_text("utf-8")):
        known = commands[found["name"]]
        options = {option for parameter in known.params for option in parameter.opts}
        assert set(_OPTION.findall(found["rest"])) <= options, found[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_exists(path: Path) -> None:
    """Whatever a file or the guide sets, the program reads."""
    named = set(re.findall(rf"\b{PREFIX}[A-Z_]+\b", path.read_text("utf-8")))
    assert named <= {PREFIX + name.upper() for name in Settings.__struct_fields__}


def test_the_server_s_settings_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file to begin with is whole: what is left empty in it counts as not set."""
    for name in Settings.__struct_fields__:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    settings = read_settings(DEPLOY / "settings.env")
    assert settings.admins == frozenset()
    assert settings.backup_folder == settings.database.parent / "backups"


def test_the_guide_installs_this_version() -> None:
    """Under the folder's name that the version has, and no other."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert set(re.findall(r"(?<![\d.])\d+\.\d+\.\d+(?![\d.])", GUIDE.read_text("utf-8"))) == {
        version
    }


def test_the_alarms_are_about_figures_that_there_are() -> None:
    """Every figure in the rules and the guide is one that the bot gives."""
    given = Metrics().text(Backlog(0, None), 0, {}, 0).decode()
    names = set(re.findall(r"^# TYPE (\S+)", given, re.MULTILINE))
    text = (DEPLOY / "alerts.yaml").read_text("utf-8") + GUIDE.read_text("utf-8")
    wanted = {
        name.removesuffix("_bucket") for name in re.findall(r"\bmorning_report_[a-z_]+", text)
    }
    assert wanted
    assert wanted <= names
    rules = yaml(DEPLOY / "alerts.yaml")["groups"][0]["rules"]
    assert all({"alert", "expr", "annotations"} <= rule.keys() for rule in rules)


def test_an_alarm_about_an_increase_hears_the_first() -> None:
    """Counters that alarms watch are given at zero before anything happened."""
    given = Metrics().text(Backlog(0, None), 0, {}, 0).decode()
    watched = re.findall(
        r'increase\((\w+)(?:\{(\w+)=~?"([a-z_|]+)"\})?\[',
        (DEPLOY / "alerts.yaml").read_text("utf-8"),
    )
    assert watched
    for name, label, values in watched:
        for value in values.split("|"):
            series = rf'{label}="{value}"' if label else r"\w+=\"\w+\""
            assert re.search(rf"^{name}\{{{series}\}} 0\.0$", given, re.MULTILINE), (name, value)


def test_all_containers_share_the_database_and_one_alone_has_the_token() -> None:
    """What has no network, or is another's program, has no token; none can take the machine."""
    services = yaml(ROOT / "compose.yaml")["services"]
    bot, backup, litestream = (services[name] for name in ("bot", "backup", "litestream"))
    assert bot["environment"].items() >= backup["environment"].items()
    assert backup["network_mode"] == "none"
    assert litestream["profiles"] == ["litestream"]
    for service in services.values():
        assert ("secrets" in service) == (service is bot)
        assert service["environment"]["MORNING_REPORT_DATABASE"].startswith("/data/")
        assert "data:/data" in service["volumes"]
        assert service["read_only"] == "true"
        assert service["cap_drop"] == ["ALL"]
        assert service["mem_limit"].endswith("m")
        assert int(service["pids_limit"]) <= 100
        # Podman knows nothing of Docker's `local`.
        assert service["logging"]["driver"] == "json-file"


def test_images_are_built_by_the_names_that_services_ask_for() -> None:
    """The last one, which is built where none is named, is the bot's alone."""
    stages = re.findall(
        r"^FROM (\S+)(?: AS (\S+))?$", (ROOT / "Dockerfile").read_text(), re.MULTILINE
    )
    services = yaml(ROOT / "compose.yaml")["services"]
    assert services["bot"]["build"] == "."
    assert stages[-1] == ("program", "")
    assert services["litestream"]["build"]["target"] in {name for _, name in stages}


def _unit(path: Path) -> dict[str, str]:
    """The settings of a unit; of one that stands there several times, the last."""
    return dict(re.findall(r"^(\w+)=(.*)$", path.read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.name)
def test_what_a_service_keeps_is_its_own_and_what_it_takes_is_bounded(path: Path) -> None:
    """Its folder, of its instance where it is one, is closed to others; so is what it makes."""
    unit = _unit(path)
    assert unit["StateDirectory"].split()[0] == "morning-report/%i"
    assert (unit["StateDirectoryMode"], unit["UMask"]) == ("0700", "0077")
    assert unit["WorkingDirectory"] == "/etc/morning-report/%i"
    assert {"MemoryMax", "TasksMax"} <= unit.keys()


def test_a_bot_that_hangs_is_begun_anew_and_one_that_is_not_needed_stays_away() -> None:
    """The heart is listened to, and nothing of the memory is written.

    The program's code for another copy at work is the one after which the unit does not restart,
    and the one that people are told of.
    """
    unit = _unit(DEPLOY / "morning-report.service")
    assert (unit["Type"], unit["Restart"]) == ("notify", "on-failure")
    assert int(unit["WatchdogSec"]) <= 60
    assert unit["LimitCORE"] == "0"
    assert unit["RestartPreventExitStatus"] == str(OtherCopyError.exit_code)
    told = [(ROOT / name).read_text("utf-8") for name in ("README.md", "docs/operations.md")]
    said = [re.findall(r"exit code (\d+)|`run` with (\d+) where", text) for text in told]
    codes = {code for found in said for pair in found for code in pair if code}
    assert all(said)
    assert codes == {str(OtherCopyError.exit_code)}


def test_an_instance_has_what_the_guide_says_for_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command of the guide makes settings that name no other's files."""
    for name in Settings.__struct_fields__:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    (change,) = re.findall(
        r'^    sed "(.+)" deploy/settings.env', GUIDE.read_text("utf-8"), re.MULTILINE
    )
    command = ["sed", change.replace("$NAME", "icu"), DEPLOY / "settings.env"]
    made = subprocess.run(command, capture_output=True, check=True, timeout=20)
    (tmp_path / "env").write_bytes(made.stdout)
    settings = read_settings(tmp_path / "env")
    assert settings.token_file == Path("/etc/morning-report/icu/token")
    for path in (settings.database, settings.backup_folder):
        assert path.parent == Path("/var/lib/morning-report/icu")
    assert b"# MORNING_REPORT_LITESTREAM=/var/lib/morning-report/icu/litestream.sock" in made.stdout


def test_no_command_starts_again_the_bot_that_was_stopped_for_it() -> None:
    """A container for one command would bring along the bot, on which its service depends."""
    runs = re.findall(r"docker compose run (.+)", GUIDE.read_text("utf-8"))
    assert runs
    assert all("--no-deps" in run.split() for run in runs)


def test_the_image_is_made_of_what_the_builder_gets() -> None:
    """Everything copied into the image is let through to its builder, and nothing more is."""
    copied = re.findall(r"^COPY (?!--from)(.+)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    sources = {source for line in copied for source in line.split()[:-1]}
    ignore = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in ignore
    assert sources == {line[1:] for line in ignore if line.startswith("!")}


class _Health(http.server.BaseHTTPRequestHandler):
    """Answers ``/healthz`` as the bot does, with its server's status."""

    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _answering(status: int) -> Iterator[int]:
    """A server on a port."""
    handler = type("_", (_Health,), {"status": status})
    with http.server.HTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_port
        server.shutdown()


def _check(port: int) -> int:
    """The exit code of the image's health check, run against another port."""
    (found,) = re.findall(
        r"HEALTHCHECK (?:.|\\\n)*?CMD (\[.+\])", (ROOT / "Dockerfile").read_text()
    )
    _python, flag, code = json.loads(found)
    (listens,) = re.findall(r"MORNING_REPORT_LISTEN=\S+:(\d+)", (ROOT / "Dockerfile").read_text())
    assert listens in code
    command = [sys.executable, "-S", flag, code.replace(listens, str(port))]
    return subprocess.run(command, capture_output=True, check=False, timeout=20).returncode


def test_the_health_check_knows_well_from_ill() -> None:
    """It succeeds on a living bot alone."""
    with _answering(200) as port:
        assert _check(port) == 0
    assert _check(port) != 0
    with _answering(503) as port:
        assert _check(port) != 0


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    """No setting is misspelt or unknown, in a unit of its own or in an instance of a template."""
    named: list[Path] = []
    for unit in UNITS:
        text = re.sub(r"/opt/morning-report/current/bin/\S+", "/bin/true", unit.read_text("utf-8"))
        (tmp_path / unit.name).write_text(text)
        (tmp_path / f"{unit.stem}@{unit.suffix}").write_text(text)
        if unit.suffix == ".service":
            dropped = tmp_path / f"{unit.stem}@{unit.suffix}.d"
            dropped.mkdir()
            shutil.copy(DEPLOY / "instance.conf", dropped)
        named += [tmp_path / unit.name, tmp_path / f"{unit.stem}@icu{unit.suffix}"]
    command = ["systemd-analyze", "verify", *map(str, named)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert [name for name in named if name.stem.partition("@")[0] in done.stderr] == []
    assert "Unknown" not in done.stderr
