"""What the rules on prompts find, and what they leave alone."""

import pytest

from tests.content.lint.reading import asking, messages

FOUND = {
    "missing-lead-in": [
        "The most likely diagnosis is",
        "The most likely diagnosis is:",
        "Her potassium is",
        "The patient is now breathless. Aspirin has been given.",
        "Which drug helps? He is allergic to penicillin.",
        "A drug which lowers potassium",
        "In this condition the drug of choice is ...",
    ],
    "unfocused-lead-in": [
        "Which of the following is true?",
        "Which of the following is correct regarding hyperkalemia?",
        "Which one of the following statements about digoxin is correct?",
        "Which statement is true?",
        "Which of the following statements is most accurate?",
        "Which of these is false?",
        "Which of the following are true of gout?",
        "Which is correct?",
        "What is true about aldosterone?",
        "Regarding aldosterone, which of the following is correct?",
        "With regard to gout, which of the following statements are true?",
        "All of the following are true except",
        "All of the following statements about gout are correct, EXCEPT:",
        "Select the correct statement about her potassium.",
        "Choose all true statements.",
        "Which of the following, about the ECG, is not true?",
        "Which of the following is a true statement about gout?",
        "Which is the correct statement?",
        "With regard to gout, which option is correct?",
    ],
    "negative-lead-in": [
        "Which of the following is NOT a cause of gout?",
        "Which drug is not indicated?",
        "Which of the following drugs does not prolong the QT interval?",
        "Which drug should never be given to her?",
        "Which finding would not be expected?",
        "Which drug can't be given?",
        "Which drug cannot be given?",
        "Which is least likely?",
        "Which of these diseases is LEAST associated with this presentation?",
        "Which diagnosis is the least likely in this man?",
        "All of these lower potassium except",
        "All of the following are causes of gout, except:",
        "Each of these drugs lowers potassium except which one?",
        "Which of the following statements is false?",
        "Which of these readings of the tracing is incorrect?",
        "Which of the following is wrong?",
        "Choose the drug that does not lower potassium.",
        "Name the test that is not needed.",
        "Which is the incorrect statement about her ECG?",
        "He has fever. What is not a likely cause?",
    ],
    "cover-the-options": [
        "Diagnosis?",
        "The diagnosis?",
        "Likely cause?",
        "Next step?",
        "Which of the following?",
        "Which of these applies to her?",
        "Which one of the following is most appropriate?",
        "Which of the following is the correct answer?",
        "Which of the following is true?",
        "What is it?",
    ],
}

LEFT = {
    "missing-lead-in": [
        "What is the diagnosis?",
        "What is the diagnosis? (Choose one.)",
        "“Which drug helps?”",
        "Which drug should be given first",
        "In this patient, which drug is best.",
        "You plan radical cure. Which two are needed? Select all that apply.",
        "Which drug helps? More than one may be right.",
        "Which drug helps? There are two correct answers.",
        "Choose the best drug.",
        "Name the organism",
        "Based on the tracing, identify the rhythm.",
        "Please select the next step.",
        "Calculate the anion gap.",
        "Outline the mechanism.",
        "What do you do now? Assume that she has no allergy.",
        "Which drug helps, e.g. The one he took?",
        "最可能的诊断是什么\uff1f",
        "¿Cuál es el diagnóstico más probable?",
        "Seleccione el diagnóstico más probable.",
        "To which class does this drug belong?",
        "Her potassium is now 2.9 mmol/L. Why?",
    ],
    "unfocused-lead-in": [
        "Which of the following is the most likely diagnosis?",
        "Which of the following is the correct dose?",
        "Which of the following is the true vocal cord?",
        "Which diagnosis is most likely?",
        "Which statement best describes the tracing?",
        "Which drug is correct for her?",
        "Regarding the treatment of gout, which drug is the first choice?",
        "What is wrong with this patient?",
        "Which drug helps? Choose the correct answer.",
        "Which electrode is wrongly placed?",
        "Which of the following is right ventricular infarction?",
        "What is the right heart pressure?",
        "Which advice about driving should he be given?",
        "What is the accurate measure of her blood pressure?",
        "Which option for feeding is safest?",
    ],
    "negative-lead-in": [
        "Which drug helps a patient who does not tolerate aspirin?",
        "Which drug should be added if furosemide does not suffice?",
        "Why does the potassium not fall?",
        "What explains why she is not better?",
        "Which drug that does not lower blood pressure would help most?",
        "What is the least invasive test that will show it?",
        "Which test needs at least two samples?",
        "Which test has the lowest false-positive rate?",
        "What is the commonest cause of a false negative smear?",
        "Which lumen is the false lumen?",
        "He is well except for fever. Which test comes first?",
        "What is the exception to this rule?",
        "Which notable finding points to gout?",
        "Which knot is used?",
        "Which finding, if not explained otherwise, proves gout?",
        "What is wrong with this patient?",
        "Which drug not only lowers potassium but protects the heart?",
        "She is not pregnant. Which test is next?",
        "Which treatment is contraindicated?",
        "Which drug should she avoid?",
        "Which is the least expensive drug that works?",
        "Whether or not she is septic, which drug comes first?",
        "What went wrong during intubation?",
        "Choose the best drug for a man who does not tolerate aspirin.",
        "Which finding needs AT LEAST two samples?",
        "What is the least common cause of these lumps?",
        "Which step is next, given that the tube does not mist?",
    ],
    "cover-the-options": [
        "What is the diagnosis?",
        "Which diagnosis is most likely?",
        "Which drug helps most?",
        "What does she have?",
        "Which action comes first?",
        "最可能的诊断是什么",
        "Diagnosis, in the light of the figure?",
    ],
}


@pytest.mark.parametrize("rule", FOUND)
def test_flawed_prompts_are_found(rule: str) -> None:
    """Once each, whatever else is wrong with them."""
    assert [each for each in FOUND[rule] if len(messages(rule, asking(each))) != 1] == []


@pytest.mark.parametrize("rule", LEFT)
def test_sound_prompts_are_left_alone(rule: str) -> None:
    """Words that resemble a flaw are none."""
    assert [each for each in LEFT[rule] if messages(rule, asking(each))] == []


@pytest.mark.parametrize(
    ("rule", "prompt", "said"),
    [
        ("missing-lead-in", "He is ill. The cause is", "“The cause is”"),
        ("unfocused-lead-in", "So which of these is true of gout?", "“which of these is true”"),
        ("negative-lead-in", "Which drug isn't given?", "“isn't”"),
        ("negative-lead-in", "Which is least likely?", "“least likely”"),
        ("cover-the-options", "Next step?", "“Next step?” is fewer than 4 words"),
    ],
)
def test_what_was_found_is_named(rule: str, prompt: str, said: str) -> None:
    """The author need not search for the word."""
    [message] = messages(rule, asking(prompt))
    assert said in message
