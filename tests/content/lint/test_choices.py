"""What the rules on the wording of choices find, and what they leave alone."""

import pytest

from tests.content.lint.reading import asking, messages

OTHERS = ("Pulsus paradoxus", "Distended neck veins", "A third heart sound")

FOUND = {
    "all-of-the-above": [
        "All of the above",
        "all the above.",
        "All of these",
        "All are correct",
        "All of the above are correct",
        "All of the other choices",
        "Any of these",
        "All of them",
        "Each of the above",
        "All of the options listed",
        "All of the listed findings",
        "Each of these",
        "Each of these measures is appropriate",
        "Any of these drugs",
        "Every drug listed here",
        "All the tests named above",
        "All of the antibiotics mentioned",
        "All of these, together",
        "Everything listed",
        "All three",
        "All of the above except surgery",
    ],
    "none-of-the-above": [
        "None of the above",
        "none of these.",
        "None",
        "None is correct",
        "None of them",
        "Neither of these",
        "No correct answer is given",
        "None of the other options",
        "No drug listed here",
        "No treatment named above is suitable",
        "None of these drugs is appropriate",
        "Neither drug",
        "Neither",
        "Another diagnosis",
        "A drug not listed here",
        "Some other cause",
        "Something else",
        "Other",
    ],
    "k-type": [
        "A and B",
        "A & C",
        "Both A and B",
        "A, B and C",
        "a, b, and c are correct",
        "A or C",
        "1 and 2",
        "1, 2 and 3",
        "i and iii",
        "I, II and III only",
        "(1) and (3)",
        "Both",
        "Both of the above",
        "Both are correct",
        "Choices A and C",
        "Answers 1 and 2",
        "Neither A nor B",
        "Two of these",
        "The first and the third",
    ],
    "absolute-term": [
        "It is always fatal",
        "Never give oxygen",
        "It never returns",
        "It occurs only in children",
        "Only in women",
        "Only surgery is curative",
        "Only men are affected",
        "All patients need surgery",
        "It affects all age groups and all patients",
        "None of the patients recover",
        "Every patient relapses",
        "The limb must be amputated",
        "All relatives should be tested",
        "All diuretics are harmful",
        "In every case it is inherited",
        "It is seen only in smokers",
        "Without exception it is fatal",
        "In all cases",
        "None respond to steroids",
        "Only corticosteroids help",
        "All siblings should be tested",
        "Surgery is the only treatment",
        "It can only be diagnosed by biopsy",
        "Nobody survives",
    ],
    "vague-frequency": [
        "It usually resolves",
        "Usually benign",
        "It is often familial",
        "Rarely fatal",
        "It may recur",
        "May cause deafness",
        "It frequently recurs",
        "Sometimes inherited",
        "It is generally mild",
        "Commonly found in smokers",
        "Occasionally fatal",
        "It may, if untreated, recur",
        "It MAY recur",
        "It might recur",
        "Infrequently fatal",
    ],
}

LEFT = {
    "all-of-the-above": [
        "Allopurinol",
        "All four limbs",
        "Stop all heparin, including line flushes",
        "Allow fluids",
        "All leads above the diaphragm",
        "Above all, stop the drug",
        "All these leads show ST elevation",
        "Overall survival",
        "All four",
        "All drugs by mouth until he can swallow",
        "Any drug given within the last week",
        "Each dose with food",
        "All of these leads",
    ],
    "none-of-the-above": [
        "No treatment",
        "None given",
        "None needed before surgery",
        "Prednisone",
        "Nonetheless stable",
        "No drug treatment, as the ECG is a normal variant",
        "None of his siblings carry the gene",
        "No further test",
        "No drug",
        "No fracture",
        "Another dose of adrenaline",
        "A different antibiotic for two weeks",
        "Neither valve leaks",
        "No drug here but fluids",
        "Other cell lines are normal",
    ],
    "k-type": [
        "Hepatitis A and B",
        "Vitamins A and D",
        "III and IV",
        "II, VII, IX and X",
        "V5 and V6",
        "Both lungs",
        "Both parents carry the gene",
        "Aspirin and heparin",
        "Types 1 and 2",
        "5 and 10 mg",
        "T9 and T10",
        "A",
        "IV",
        "A and E department",
        "Alpha and beta",
        "Left and right",
        "7 and 8",
    ],
    "absolute-term": [
        "Stop all heparin, including line flushes",
        "All four limbs",
        "All leads but aVR",
        "Allopurinol",
        "Mustard gas",
        "Aciclovir skin cream, with referral only if vision falls",
        "High-dose methylprednisolone on the ward as the only treatment",
        "A never-smoker's lung cancer",
        "He never smoked",
        "Only the left eye",
        "Only if the ECG changes",
        "Oral fluids only",
        "Every 8 hours",
        "Hydrocortisone every 6 hours",
        "Nonetheless stable",
        "All trans retinoic acid",
        "Read-only memory",
        "It responds only after a week",
        "All-trans retinoic acid",
    ],
    "vague-frequency": [
        "May to September",
        "In May",
        "May 2020",
        "Mayer-Rokitansky syndrome",
        "Born in May and June",
        "May",
        "Double her usual oral hydrocortisone",
        "It recurs more often than gout",
        "As often as gout",
        "Common bile duct stone",
        "Maybe",
        "Dismay",
        "Late May",
        "Frequency-modulated hearing aid",
        "May-Thurner syndrome",
    ],
}


@pytest.mark.parametrize("rule", FOUND)
def test_flawed_choices_are_found(rule: str) -> None:
    """Right or wrong, and each is quoted."""
    for key in (0, 3):
        said = {each: messages(rule, asking("", *OTHERS, each, key=(key,))) for each in FOUND[rule]}
        assert [each for each, found in said.items() if len(found) != 1] == []
        assert [each for each, found in said.items() if f"“{each}”" not in found[0]] == []


@pytest.mark.parametrize("rule", LEFT)
def test_sound_choices_are_left_alone(rule: str) -> None:
    """Words that resemble a flaw are none."""
    said = {each: messages(rule, asking("", *OTHERS, each, key=(3,))) for each in LEFT[rule]}
    assert {each: found for each, found in said.items() if found} == {}


@pytest.mark.parametrize("rule", ["all-of-the-above", "none-of-the-above"])
def test_a_count_can_be_all_or_none(rule: str) -> None:
    """Where a number is asked for, these are numbers."""
    prompt = "How many of his brothers can be expected to have the disease?"
    assert messages(rule, asking(prompt, "All of them", "Half of them", "None of them")) == []


def test_labels_can_be_what_is_asked_for() -> None:
    """Nerves, blood groups and factors are called by letters and numbers."""
    for choices in (
        ("III and IV", "III and VI", "V and VII", "IX and X"),
        ("A and B", "A and AB", "B and O", "O"),
        ("1 and 2", "2 and 3", "3 and 4"),
    ):
        assert messages("k-type", asking("Which ones are affected?", *choices)) == []


def test_a_side_can_be_both() -> None:
    """An ear is left or right, or both are meant, or neither."""
    read = asking("Which ear is ill?", "Left ear", "Right ear", "Both", "Neither")
    assert messages("k-type", read) + messages("none-of-the-above", read) == []


@pytest.mark.parametrize(
    ("choices", "combined"),
    [
        (("Aspirin alone", "Clopidogrel alone", "Aspirin plus clopidogrel", "Neither"), 1),
        (("Both ibuprofen and colchicine", "Ibuprofen", "Colchicine only", "Rest"), 1),
        (("Fever without rash", "Rash without fever", "Fever and rash", "Cough"), 1),
        (("Insulin", "Saline with insulin", "Saline", "Potassium"), 1),
        (("A raised urate", "Low platelets", "A raised urate, and low platelets"), 1),
        (("X-ray only", "CT only", "X-ray plus CT", "No imaging"), 1),
        (("Iron", "Folate", "Cobalamin", "Iron and folate", "Folate or cobalamin"), 2),
        # Combinations whose parts are no choices.
        (("Ibuprofen plus colchicine", "Prednisone", "Aspirin", "Ibuprofen"), 0),
        (("Insulin with glucose", "Insulin with potassium", "Calcium"), 0),
        (("Nausea and vomiting", "Head and neck", "Nausea"), 0),
    ],
)
def test_combinations_in_words_are_found(choices: tuple[str, ...], combined: int) -> None:
    """One drug, the other, or both: letters are not needed to combine."""
    read = asking("Which treatment is most appropriate?", *choices)
    assert len(messages("k-type", read)) == combined


@pytest.mark.parametrize(
    ("prompt", "reveal"),
    [
        ("Which are right? (1) fever (2) rash (3) cough", None),
        ("Which are right?", "1. Fever\n2. Rash\n3. Cough"),
    ],
)
def test_combinations_of_listed_statements_are_found(prompt: str, reveal: str | None) -> None:
    """Such a question has no choice of its own."""
    read = asking(prompt, "1 and 2", "2 and 3", "1, 2 and 3", "1 only", reveal=reveal or "New:")
    assert len(messages("k-type", read)) == 4


@pytest.mark.parametrize(
    ("choices", "found"),
    [
        (("True", "False"), 1),
        (("Yes", "No", "Not sure"), 1),
        (("T", "F"), 1),
        (("Right", "Wrong"), 1),
        (("no.", "YES"), 1),
        (("Correct", "Incorrect"), 1),
        (("Yes, at once", "No"), 0),
        (("Yes", "No", "After a scan"), 0),
        (("Right", "Left"), 0),
        (("True vocal cord", "False vocal cord"), 0),
        (("Yes", "Not sure"), 0),
    ],
)
def test_a_verdict_is_no_set_of_choices(choices: tuple[str, ...], found: int) -> None:
    """True and false, yes and no, with or without a way out."""
    read = asking("Is the tube in the trachea?", *choices)
    assert len(messages("true-false-set", read)) == found


def test_a_word_in_every_choice_sets_none_apart() -> None:
    """Then it is the question's scale, and no cue."""
    scale = ("It is always fatal", "It is never fatal", "It is always mild")
    assert messages("absolute-term", asking("", *scale)) == []
