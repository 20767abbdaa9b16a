"""What the rules on likeness and number of choices find, and what they leave alone."""

import pytest

from content.lint.words import sentences, stem
from tests.content.lint.reading import asking, messages


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("Urate deposits", "urate  DEPOSITS", True),
        ("Urate deposits", "Urate deposits.", True),
        ("Straße", "STRASSE", True),
        ("Urate deposits", "Urate deposit", False),
        ("Type 1", "Type 2", False),
    ],
)
def test_a_choice_is_there_twice(first: str, second: str, found: bool) -> None:
    """Capitals, spaces and a full stop make no other choice; and then it is not only nearly so."""
    read = asking("", first, "Gout", second)
    assert len(messages("duplicate-choice", read)) == found
    if found:
        assert messages("near-duplicate-choice", read) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Deposit of urate in the skin", "Deposits of urate in the skin"),
        ("Start intravenous furosemide", "Start intravenous furosemide now"),
        ("Familial hypercalcaemia", "Familial hypercalcemia"),
        ("A mass in the mediastinum", "The mass in the mediastinum"),
        ("Low-molecular-weight heparin", "Low molecular weight heparin"),
        ("Infection with borrelia, early", "Infection with borrelia (early)"),
        ("Furosemide 40 mg by vein", "Furosemide 40mg by vein"),
        ("Isolated oesophageal spasm", "Isolated esophageal spasms"),
    ],
)
def test_choices_that_differ_in_nothing_are_found(first: str, second: str) -> None:
    """An article, an ending, an ocean, a comma."""
    assert len(messages("near-duplicate-choice", asking("", first, "Gout", second))) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Primary hyperparathyroidism", "Primary hypoparathyroidism"),
        ("Type 1 diabetes mellitus", "Type 2 diabetes mellitus"),
        ("Left ventricular failure", "Right ventricular failure"),
        ("Abduction of the shoulder", "Adduction of the shoulder"),
        ("Afferent pupillary defect", "Efferent pupillary defect"),
        ("Platelets below 50 × 10⁹/L", "Platelets below 150 × 10⁹/L"),
        ("Platelet count < 50 × 10⁹/L", "Platelet count > 50 × 10⁹/L"),
        ("Surgery with antibiotic cover", "Surgery without antibiotic cover"),
        ("Anaemia explained by bleeding", "Anaemia not explained by bleeding"),
        ("Insulin before potassium", "Potassium before insulin"),
        ("Base excess of -5 mmol/L", "Base excess of 5 mmol/L"),
        ("Resting ST segment ↑ in lead aVL", "Resting ST segment ↓ in lead aVL"),
        ("Intravenous prednisone", "Intravenous prednisolone"),
        ("Furosemide 40 mg", "Furosemide 40 mg IV"),
        ("Juvenile-onset dermatomyositis", "Adult-onset dermatomyositis"),
        ("Rh positive mother, Rh negative child", "Rh negative mother, Rh positive child"),
        ("Hyperkalemia", "Hypokalemia"),
        ("B-cell lymphoma of the stomach", "T-cell lymphoma of the stomach"),
    ],
)
def test_choices_that_differ_in_one_word_are_left_alone(first: str, second: str) -> None:
    """However alike they look, that word may be the whole point."""
    assert messages("near-duplicate-choice", asking("", first, "Gout", second)) == []


@pytest.mark.parametrize(
    ("choices", "opening"),
    [
        (("Give him intravenous calcium", "give him intravenous insulin"), "Give him intravenous"),
        (("It is due to a", "It is due to b", "It is due to c"), "It is due to"),
    ],
)
def test_words_that_open_every_choice_are_found(choices: tuple[str, ...], opening: str) -> None:
    """Three or more, and they are named."""
    [message] = messages("repeated-words", asking("", *choices))
    assert f"“{opening}”" in message


@pytest.mark.parametrize(
    "choices",
    [
        ("Intravenous sodium bicarbonate", "Intravenous sodium chloride"),
        ("It is due to a", "It is due to b", "No"),
        ("It is due to a",),
        ("It is due to a", "It is due to a"),
        (),
    ],
)
def test_other_openings_are_left_alone(choices: tuple[str, ...]) -> None:
    """Two words, or not in every choice, or nothing else."""
    assert messages("repeated-words", asking("", *choices)) == []


@pytest.mark.parametrize(
    ("count", "right", "said"),
    [
        (2, 1, ["2 choices; add"]),
        (3, 1, []),
        (5, 1, []),
        (6, 1, ["6 choices; leave out"]),
        (5, 2, []),
        (6, 2, []),
        (7, 2, ["7 choices; leave out the least plausible until there are 6"]),
        (7, 3, []),
        (6, 0, ["6 choices; leave out"]),
    ],
)
def test_choices_are_counted(count: int, right: int, said: list[str]) -> None:
    """Three to five, and one more for each further right one."""
    names = [f"Cause {number}" for number in range(count)]
    found = messages("choice-count", asking("", *names, key=tuple(range(right))))
    assert [message[: len(start)] for message, start in zip(found, said, strict=True)] == said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("disease", "diseases"),
        ("biopsy", "biopsies"),
        ("anaemia", "anemia"),
        ("oxygenated", "oxygenation"),
        ("organised", "organizing"),
        ("oedema", "edema"),
    ],
)
def test_a_word_keeps_its_stem(one: str, other: str) -> None:
    """Number, tense and the spelling of both shores make no other word."""
    assert stem(one) == stem(other)


def test_short_and_greek_words_stay_whole() -> None:
    """No ending is taken where nothing would be left, or where it is none."""
    assert [stem(word) for word in ("gas", "stenosis", "virus", "mass")] == [
        "gas",
        "stenosis",
        "virus",
        "mass",
    ]


def test_sentences_end_where_readers_end_them() -> None:
    """Not at a decimal point or an abbreviation."""
    text = "Her pH is 7.2 vs. Her usual 7.4. “Is it so?” Choose two, e.g. Two of these"
    assert sentences(text) == [
        "Her pH is 7.2 vs. Her usual 7.4.",
        "“Is it so?",
        "Choose two, e.g. Two of these",
    ]
