"""What the rules on cues find, and what they leave alone."""

import pytest

from tests.content.lint.reading import asking, messages

LONG = "Ibuprofen for two weeks with low-dose colchicine for three"


@pytest.mark.parametrize(
    ("choices", "key", "found"),
    [
        ((LONG, "Heparin and rest", "Drainage", "Prednisolone"), (0,), 1),
        # Only the key stands out.
        ((LONG, "Heparin and rest", "Drainage", "Prednisolone"), (1,), 0),
        # Just under and just over 1.5 times the median of 50.
        (("x" * 75, "x" * 50, "y" * 50, "z" * 50), (0,), 0),
        (("x" * 76, "x" * 50, "y" * 50, "z" * 50), (0,), 1),
        # Just under and just at 20 characters more than the median of 12.
        (("x" * 31, "x" * 12, "y" * 12, "z" * 12), (0,), 0),
        (("x" * 32, "x" * 12, "y" * 12, "z" * 12), (0,), 1),
        # Another is as long.
        (("x" * 60, "x" * 59, "y" * 20, "z" * 20, "w" * 20), (0,), 1),
        (("x" * 60, "x" * 60, "y" * 20, "z" * 20, "w" * 20), (0,), 0),
        # Among short names one is soon the longest.
        (("X-ray", "CT", "MRI"), (0,), 0),
        (("Hydrochlorothiazide", "Furosemide", "Amiloride", "Mannitol"), (0,), 0),
        # Two right choices, both longer than the rest; then one of them short.
        (("x" * 60, "y" * 62, "x" * 20, "y" * 20, "z" * 20), (0, 1), 1),
        (("x" * 60, "y" * 12, "x" * 20, "y" * 20, "z" * 20), (0, 1), 0),
        # Nothing to stand out from.
        (("x" * 60,), (0,), 0),
        (("x" * 60, "x" * 20), (0, 1), 0),
        (("x" * 60, "x" * 20, "y" * 20), (), 0),
    ],
)
def test_the_longest_choice_is_right(
    choices: tuple[str, ...], key: tuple[int, ...], found: int
) -> None:
    """By the factor and the characters that the rule names; all keys where there are more."""
    assert len(messages("longest-correct", asking("", *choices, key=key))) == found


@pytest.mark.parametrize(
    ("choices", "found"),
    [
        (("Watchful waiting for three months with a repeat scan", "Biopsy", "Surgery"), 1),
        (("It is so because the valve leaks in late systole", "It is so", "No"), 1),
        # A name too, though it is as long as it is: its case says so.
        (("Basic calcium phosphate crystal arthritis", "Gout", "Sepsis"), 1),
        # Who goes by looks is misled by a long wrong choice, as long as it is the longest.
        (("Gout", "Basic calcium phosphate crystal arthritis", "Sepsis"), 0),
        (("x" * 40, "y" * 12, "z" * 41), 0),
        (("x" * 40, "y" * 12, "z" * 40), 1),
        # Both bounds must be passed: 20 characters more, and 2.5 times as many.
        (("y" * 33, "x" * 13), 0),
        (("y" * 34, "x" * 13), 1),
        (("y" * 50, "x" * 20), 0),
        (("y" * 51, "x" * 20), 1),
        ((), 0),
        (("Alone",), 0),
    ],
)
def test_lengths_vary(choices: tuple[str, ...], found: int) -> None:
    """By the factor and by the characters that the rule names, and where the right one does."""
    assert len(messages("length-variance", asking("", *choices))) == found


@pytest.mark.parametrize(
    ("prompt", "vignette", "choices", "found"),
    [
        ("Which symptom is it?", "All feels dreamlike.", ("A dreamlike state", "Panic"), 1),
        ("What causes the dreamlike state?", "A man.", ("Dreamlike sleep", "Panic"), 1),
        ("What is it?", "Nephrotic-range proteinuria.", ("Nephrotic syndrome", "Sepsis"), 1),
        # British and American, one and many.
        ("What is it?", "She has had haematomas.", ("Hematoma", "Lipoma"), 1),
        # Another choice has the word too, or one of its root.
        ("What is it?", "Nephrotic range.", ("Nephrotic disease", "Nephrotic crisis"), 0),
        ("What is it?", "Thrombosis.", ("Thrombosis of the vein", "Thrombotic purpura"), 0),
        # A wrong choice echoes: that misleads nobody to the right one.
        ("What is it?", "Nephrotic range.", ("Sepsis", "Nephrotic syndrome"), 0),
        # All of them are taken from the story: none stands out, unless one is not.
        ("Which drug?", "She takes dapsone and amiodarone.", ("Dapsone", "Amiodarone"), 0),
        ("Which drug?", "She takes dapsone.", ("Dapsone", "Amiodarone"), 1),
        # What was given or measured has to be called by its name.
        ("What now?", "Heparin 5000 units a day.", ("Stop the heparin", "Warfarin"), 0),
        ("What now?", "Potassium is 2.9 mmol/L.", ("Replace potassium", "Wait"), 0),
        ("What now?", "He took 3 days of chloroquine.", ("Chloroquine again", "Wait"), 0),
        # Everyday words of the wards.
        ("What treatment?", "A patient with pressure.", ("Treatment of pressure", "None"), 0),
        ("Which eye?", "The eye is red.", ("Red eye", "Ear"), 0),
    ],
)
def test_a_word_of_the_stem_sounds_in_the_key(
    prompt: str, vignette: str, choices: tuple[str, ...], found: int
) -> None:
    """An uncommon word, in the right choice alone."""
    read = asking(prompt, *choices, case={"vignette": vignette})
    assert len(messages("clang-cue", read)) == found


def test_a_reveal_is_heard_too() -> None:
    """New information belongs to the stem of its question, and of those that follow."""
    read = asking(
        "What now?", "A pericardial window", "Wait", reveal="The pericardial sac is full."
    )
    [message] = messages("clang-cue", read)
    assert message.startswith("“pericardial”")


def test_each_right_choice_can_echo() -> None:
    """Where several are right, each is told."""
    read = asking(
        "Which two?",
        "Nephrotic syndrome",
        "Dreamlike state",
        "Sepsis",
        key=(0, 1),
        case={"vignette": "Nephrotic and dreamlike."},
    )
    assert len(messages("clang-cue", read)) == 2


@pytest.mark.parametrize(
    ("choices", "key", "found"),
    [
        (
            ("Aspirin and heparin", "Aspirin and warfarin", "Ticagrelor and heparin", "Rest"),
            (0,),
            1,
        ),
        (("Cation inside", "Cation outside", "Anion inside", "Zinc"), (0,), 1),
        # The crossing is wrong.
        (
            ("Aspirin and heparin", "Aspirin and warfarin", "Ticagrelor and heparin", "Rest"),
            (1,),
            0,
        ),
        # All combinations: every choice shares as much.
        (("Cation inside", "Cation outside", "Anion inside", "Anion outside"), (0,), 0),
        # A word that all have tells nothing, nor does one that two have.
        (("Open fracture", "Closed fracture", "Old fracture", "No fracture"), (0,), 0),
        (("Primary adrenal failure", "Adrenal suppression", "Sepsis", "Gout"), (0,), 0),
        # It only says more than its neighbour.
        (("Acute renal failure", "Acute renal injury", "Sepsis", "Gout"), (0,), 0),
        (("Aspirin and heparin", "Aspirin", "Heparin"), (0,), 0),
        (
            ("Aspirin and heparin", "Aspirin and warfarin", "Ticagrelor and heparin", "Rest"),
            (0, 3),
            0,
        ),
    ],
)
def test_choices_converge(choices: tuple[str, ...], key: tuple[int, ...], found: int) -> None:
    """The right choice is where the others cross."""
    assert len(messages("convergence", asking("", *choices, key=key))) == found


@pytest.mark.parametrize(
    ("prompt", "choices", "key", "found"),
    [
        ("The lump is most likely a", ("Tophus", "Abscess", "Cyst"), (0,), 1),
        ("The drug of choice is an:", ("Opioid", "Steroid", "Antibiotic"), (0,), 1),
        ("He needs an ...", ("Opioid", "Steroid", "Antibiotic"), (0,), 1),
        ("The lump is most likely a(n)", ("Tophus", "Abscess", "Cyst"), (0,), 0),
        ("Which is a sign of too much vitamin A?", ("Hair loss", "Gout", "Cyst"), (0,), 0),
        ("He lacks vitamin A", ("Hair loss", "Gout", "Cyst"), (0,), 0),
        ("Which two actions come first?", ("Act", "Wait", "See"), (0,), 1),
        ("Which TWO come first? Select all that apply.", ("Act", "Wait", "See"), (0, 1), 0),
        ("Which two come first? Select two.", ("Act", "Wait", "See", "Go"), (0, 1, 2), 1),
        ("Which one of these comes first?", ("Act", "Wait", "See"), (0, 1), 1),
        ("Which one of these comes first?", ("Act", "Wait", "See"), (0,), 0),
        ("Which one or more come first?", ("Act", "Wait", "See"), (0, 1), 0),
        ("Which two drugs?", ("Aspirin and heparin", "Iron and zinc", "See"), (0,), 0),
        ("Which two-stage repair is meant?", ("Act", "Wait", "See"), (0,), 0),
        ("Which drug helps two hours later?", ("Act", "Wait", "See"), (0,), 0),
        ("Which of the following are seen?", ("Crystals of urate", "Fat", "Mould"), (0,), 1),
        ("Which of the following is seen?", ("Fat", "Urate crystals", "Red cells"), (0,), 1),
        ("Which of the following are seen?", ("Crystals", "Red cells", "Mould"), (0,), 0),
        ("Which of the following is seen?", ("Diabetes", "Gout", "Sepsis"), (0,), 0),
        ("Which of the following is seen?", ("Tophus", "Pericarditis", "Otosclerosis"), (0,), 0),
        ("Which of the following are seen?", ("Fat and urate", "Fat", "Urate"), (0,), 1),
        ("Which crystals are these?", ("Monosodium urate", "Oxalates", "Lipids"), (0,), 0),
    ],
)
def test_grammar_tells(
    prompt: str, choices: tuple[str, ...], key: tuple[int, ...], found: int
) -> None:
    """An article, a number asked for, a singular or a plural that fits the key alone."""
    assert len(messages("grammar-cue", asking(prompt, *choices, key=key))) == found
