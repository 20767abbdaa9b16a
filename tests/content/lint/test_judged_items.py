"""The rules together, over items that they were not written for."""

import json
from datetime import date
from pathlib import Path

from content.check import check_file
from content.loader import read_case
from content.problems import Severity
from tests.content.lint.judged_items import BAD, GOOD, Item
from tests.content.samples import case_data

TODAY = date(2026, 12, 1)
MOST_MISSED, MOST_ALARMED = 2, 1
_SAME = {"length-variance", "duplicate-choice"}  # of the longest choice; of equal choices


def told_of(item: Item, folder: Path) -> set[str]:
    """What `check` says of an item: all but notes, and the very note that it should have."""
    choices = [choice.strip() for choice in item.choices.split("|")]
    question = {
        "id": "question",
        "prompt": item.prompt,
        "choices": [
            {"text": text.lstrip("*"), "why": "So it is."}
            | ({"correct": True} if text.startswith("*") else {})
            for text in choices
        ],
        "key_point": "So it is.",
    }
    case = case_data(title="A case", vignette=item.vignette, questions=[question]) | item.keys
    path = folder / "hard-lumps.yaml"
    path.write_text(json.dumps(case), "utf-8")
    found = check_file(read_case(path), today=TODAY)
    return {
        each.code for each in found if each.severity is not Severity.NOTE or each.code == item.told
    }


def test_flawed_items_are_found(tmp_path: Path) -> None:
    """Of 28 at most two are missed."""
    missed = [item for item in BAD if item.told not in told_of(item, tmp_path)]
    assert len(BAD) == 28
    assert len(missed) <= MOST_MISSED, missed


def test_sound_items_are_left_alone(tmp_path: Path) -> None:
    """Of 16 at most one gets a word that it does not deserve."""
    told = [(item.prompt, said) for item in GOOD if (said := told_of(item, tmp_path))]
    assert len(GOOD) == 16
    assert len(told) <= MOST_ALARMED, told


def test_flawed_items_have_one_flaw_each(tmp_path: Path) -> None:
    """What is said besides is a false alarm too; some flaws are told in two ways."""
    told = [(item.prompt, told_of(item, tmp_path) - {item.told, *_SAME}) for item in BAD]
    assert [(prompt, said) for prompt, said in told if said] == []
