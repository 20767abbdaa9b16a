"""Litestream's part of the files for deployment, and what the bot says of it, fit together."""

import re
import subprocess
from pathlib import Path

import pytest

from bot.base.time_units import DAY_MS
from bot.settings import Settings
from tests.support import litestream
from tests.test_deployment import DEPLOY, GUIDE, ROOT, yaml


def test_bot_and_litestream_mean_the_same_database_and_socket() -> None:
    """By the settings to begin with, by the guide, and in containers."""
    configuration = litestream.shipped()
    (replicated,) = configuration["dbs"]
    settings = (DEPLOY / "settings.env").read_text("utf-8")
    services = yaml(ROOT / "compose.yaml")["services"]
    told = {*re.findall(r"MORNING_REPORT_LITESTREAM=(/\S+)", settings + GUIDE.read_text("utf-8"))}
    used = set()
    for folder, database in (
        ("/var/lib/morning-report", re.findall(r"DATABASE=(\S+)", settings)[0]),
        (
            services["litestream"]["environment"]["STATE_DIRECTORY"],
            services["bot"]["environment"]["MORNING_REPORT_DATABASE"],
        ),
    ):
        assert replicated["path"].replace("${STATE_DIRECTORY}", folder) == database
        used.add(configuration["socket"]["path"].replace("${STATE_DIRECTORY}", folder))
    assert told == used


def test_what_was_erased_is_gone_from_a_replica_when_learners_are_told() -> None:
    """A day until it can be wiped here; whole copies go one later than they might, and what lies
    between two of them with the second.
    """
    snapshot = litestream.shipped()["snapshot"]
    assert snapshot.keys() == {"interval", "retention"}
    interval, retention = (int(snapshot[name].removesuffix("h")) for name in sorted(snapshot))
    unit = (DEPLOY / "morning-report-litestream.service").read_text("utf-8")
    assert re.search(r"^RuntimeMaxSec=1d$", unit, re.MULTILINE)
    assert "timeout 86400 litestream" in (ROOT / "compose.yaml").read_text("utf-8")
    told = Settings(litestream=Path("litestream.sock")).retention.replica
    assert told is not None
    assert 24 + retention + 2 * interval <= told * 24 // DAY_MS


@pytest.mark.skipif(litestream.PROGRAM is None, reason=litestream.WHY_NOT)
def test_litestream_understands_its_configuration(tmp_path: Path) -> None:
    """As it is shipped."""
    assert litestream.PROGRAM is not None
    done = subprocess.run(
        [litestream.PROGRAM, "databases", "-config", litestream.SHIPPED],
        env={"STATE_DIRECTORY": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{tmp_path}/morning-report.db  sftp" in done.stdout
