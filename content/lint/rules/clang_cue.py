"""The rule ``clang-cue``."""

from collections.abc import Iterator

from content.lint.rule import Finding, Rule, at
from content.lint.subject import Passage, QuestionText, Subject
from content.lint.words import stem, tokens, word_set
from content.phrases import phrase

_SHORTEST = 6  # letters of a stem that can be called uncommon
_SAME_ROOT = 5  # letters
_NEAR = 3  # words between a substance and the number that says how much of it
# Stems of words that any vignette and any choice may share without a cue.
_COMMON = frozenset(
    stem(word)
    for word in word_set(
        """
        abdomen abdominal abnormal abnormality activity admission admitted adult affected
        affecting antibiotic antibiotics antibody appropriate arterial artery aspiration
        assessment associated better bilateral biopsy bleeding breath breathing cancer cardiac
        cause causing central change changes chest chronic clinic clinical complete concentration
        condition continue continued control counts decrease defect deficiency degree diagnosis
        diagnostic disease disorder disorders dosage driver effect emergency examination exposure
        failure family features figure finding findings follow function general grade growth
        healthy heart history hospital hourly immediate immediately increase infection injury
        inside intensive intravenous kidney lesion lesions levels longer lower management measure
        measured measurement mechanical medical medicine medicines membrane middle minutes months
        morning muscle muscles negative nerve nerves normal nothing number operation oxygen
        patient patients peripheral person phase positive pregnancy present pressure primary
        problem procedure process reaction recent receptor reduced referral region repeat
        replacement response result results review right sample second secondary serum severe
        signal single skin small sodium solution source spinal stable steroid subcutaneous
        superior surgery surgical swelling symptom symptoms syndrome system tablet tablets tissue
        tissues treated treatment tumor tumour ultrasound unilateral upright urgent vascular
        venous ventilation ventricular vessel vessels vision volume weakness weight withdrawal
        """
    )
)


def find(subject: Subject) -> Iterator[Finding]:
    """Right choices that echo an uncommon word of what was said before them."""
    told, facts = _heard(subject.vignette)
    for question in subject.questions:
        revealed, more_facts = _heard(question.reveal)
        told |= revealed
        facts |= more_facts
        asked, _ = _heard(question.prompt)
        for option, word in _echoes(question, (told | asked) - facts):
            yield at(
                option,
                phrase(
                    "“{word}” stands in the stem and in no choice but the right one; take it out"
                    " of one of them, or let a wrong choice have it too",
                    word=word,
                ),
            )


def _echoes(question: QuestionText, heard: set[str]) -> Iterator[tuple[Passage, str]]:
    """Each right choice with the first word that it alone shares with the stem.

    Where all the others share words of their own with it, as in a list of what a patient takes,
    none stands out.
    """
    if all(any(stem(word) in heard for word in tokens(each.plain)) for each in question.wrong):
        return
    wrong = {stem(word)[:_SAME_ROOT] for option in question.wrong for word in tokens(option.plain)}
    for option in question.correct:
        for word in tokens(option.plain):
            if stem(word) in heard and stem(word)[:_SAME_ROOT] not in wrong:
                yield option, word
                break


def _heard(passage: Passage | None) -> tuple[set[str], set[str]]:
    """The uncommon stems of a text, and the stems of what stands beside a number in it.

    The latter are facts of the case, such as heparin that was given or a potassium that was
    measured, and a choice has to call them by their names.
    """
    words = tokens(passage.plain) if passage else []
    stems = [stem(word) for word in words]
    facts: set[str] = set()
    for place, word in enumerate(words):
        if word[0].isdigit():
            facts.update(stems[max(0, place - _NEAR) : place + _NEAR + 1])
    return {each for each in stems if len(each) >= _SHORTEST and each not in _COMMON}, facts


RULE = Rule(
    name="clang-cue",
    finds="an uncommon word of the stem in the right choice and in no other",
    reason="The echo points at the right choice without any knowledge of the matter.",
    source="NBME Item-Writing Guide 2020 (word repeats, or clang clues);"
    " Haladyna, Downing & Rodriguez 2002",
    bad="""
vignette: |
  A 58-year-old man says that everything around him has felt dreamlike for a week, since he has
  hardly slept at all.
questions:
  - id: symptom
    prompt: Which symptom does he describe?
    choices:
      - text: A dreamlike state
        correct: true
      - text: A visual hallucination
      - text: A panic attack
""",
    good="""
vignette: |
  A 58-year-old man says that everything around him has felt dreamlike for a week, since he has
  hardly slept at all.
questions:
  - id: symptom
    prompt: Which symptom does he describe?
    choices:
      - text: Derealization
        correct: true
      - text: A visual hallucination
      - text: A panic attack
""",
    find=find,
)
