"""The Makefile, where something is missing on the machine."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WITHOUT_VENV = """#!/bin/sh
test "$2" = venv || exit 0
mkdir -p "$3/bin" && ln -sf /bin/sh "$3/bin/python"
exit 1
"""


@pytest.mark.skipif(shutil.which("make") is None, reason="no make is installed")
def test_environment_that_could_not_be_made_is_begun_anew(tmp_path: Path) -> None:
    """Debian's Python without python3-venv leaves half of one; no later run takes it for whole."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    python = tmp_path / "python3"
    python.write_text(WITHOUT_VENV)
    python.chmod(0o755)
    command = ["make", "demo", f"PYTHON={python}"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
    assert not (tmp_path / ".venv" / "bin" / "python").is_symlink()
