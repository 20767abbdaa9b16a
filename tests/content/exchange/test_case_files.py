"""Case files that go out with the reviews that clinicians gave in the chat."""

import io
import json
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest

from content.exchange.case_files import case_files, with_review
from content.library import SHIPPED, case_paths
from content.loader import read_case
from content.model import Review
from content.signed_digest import Signature, signed_digest
from content.signing import with_signatures
from tests.content.samples import case_data

ON = date(2026, 3, 1)
ANN = Signature("hard-lumps", "digest", 1, "Ann Lee: MD", ON)
HEAD = json.dumps(case_data()).removesuffix("}")
PLAIN = f"""\
# A comment at the head.
{"".join(f"{key}: {json.dumps(value)}" + chr(10) for key, value in case_data().items())}"""


@pytest.mark.parametrize("path", case_paths(SHIPPED)[0], ids=lambda path: path.stem)
def test_a_signed_case_comes_back_with_its_signature_alone(path: Path, tmp_path: Path) -> None:
    """Of every shipped case: all other lines stay as they are, so that a change can be read."""
    file = read_case(path)
    assert file.case
    signed = with_signatures(file.case, [ANN])
    text = with_review(file, path.read_text("utf-8"), signed)
    before, after = path.read_text("utf-8").splitlines(), text.splitlines()
    start = before.index("review:")
    assert after[:start] == before[:start]
    (tmp_path / "figures").mkdir()
    for name in file.figures:
        shutil.copy(SHIPPED / name, tmp_path / name)
    (tmp_path / path.name).write_text(text, "utf-8")
    back = read_case(tmp_path / path.name)
    assert back.case == signed
    assert back.case.review.by == "Ann Lee: MD"
    hashes = {name: figure.sha256 for name, figure in file.figures.items()}
    assert signed_digest(back.case, hashes) == signed_digest(file.case, hashes)


@pytest.mark.parametrize(
    "source",
    [
        PLAIN,
        f"{PLAIN}review: {{status: unreviewed}}\nseries: Lumps\n",
        f"{PLAIN}review:\n  status: unreviewed\n\n  # asked\n  confirm:\n  - Right?\n# More.\n"
        "series: Lumps\n",
        f"review:\n{PLAIN}",
        HEAD + ', "review": {"status": "unreviewed"}}',
        HEAD + "}",
    ],
)
def test_a_review_is_written_wherever_it_stands(source: str, tmp_path: Path) -> None:
    """Last, amid others, in one line, empty, not there; in JSON, too."""
    path = tmp_path / "hard-lumps.yaml"
    path.write_text(source, "utf-8")
    file = read_case(path)
    assert file.case, file.problems
    signed = with_signatures(file.case, [ANN])
    text = with_review(file, source, signed)
    path.write_text(text, "utf-8")
    assert read_case(path).case == signed
    if not source.startswith("{"):
        lines = [line for line in source.splitlines() if line.startswith(("#", "series", "id"))]
        assert [line for line in text.splitlines() if line in lines] == lines


def test_two_signatures_and_a_file_s_own_are_all_named() -> None:
    """By the day of the last; nobody twice, and nothing beyond what a file can hold."""
    shipped = read_case(SHIPPED / "calcinosis-cutis.yaml").case
    assert shipped
    own = Review.model_validate({"status": "reviewed", "by": "Ann Lee: MD", "on": "2026-01-01"})
    reviewed = shipped.model_copy(update={"review": own})
    ben = Signature("hard-lumps", "digest", 2, "Ben Ali", date(2026, 4, 1))
    assert with_signatures(reviewed, [ANN]) is reviewed
    both = with_signatures(reviewed, [ben, ANN]).review
    assert (both.by, both.on) == ("Ann Lee: MD; Ben Ali", date(2026, 4, 1))
    many = [Signature("x", "d", n, f"{n:064}", ON) for n in range(9)]
    assert len(with_signatures(shipped, many).review.by or "") <= 200


def test_a_zip_holds_files_and_pictures_and_leaves_what_nobody_signed(tmp_path: Path) -> None:
    """As they lie there, by the case's id."""
    files = [read_case(SHIPPED / f"{name}.yaml") for name in ("calcinosis-cutis", "capnogram")]
    (one, other) = [(file, file.case) for file in files if file.case]
    signed = (one[0], with_signatures(one[1], [ANN]))
    with zipfile.ZipFile(io.BytesIO(case_files([signed, other]))) as archive:
        archive.extractall(tmp_path)
    assert (tmp_path / "capnogram.yaml").read_bytes() == (SHIPPED / "capnogram.yaml").read_bytes()
    back = read_case(tmp_path / "calcinosis-cutis.yaml")
    assert back.case == signed[1]
    assert {n: f.sha256 for n, f in back.figures.items()} == {
        n: f.sha256 for n, f in one[0].figures.items()
    }
