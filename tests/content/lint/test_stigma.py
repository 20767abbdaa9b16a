"""Words that stigmatise."""

import pytest

from content.lint.stigma import stigmatising
from content.problems import Severity


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("A 64-year-old diabetic with gout", "person with diabetes"),
        ("Common in diabetics.", "person with diabetes"),
        ("a known alcoholic.", "person with alcohol use disorder"),
        ("A sickler in crisis", "person with sickle cell disease"),
        ("He is a haemophiliac.", "person with hemophilia"),
        ("history of alcohol abuse", "use, or use disorder"),
        ("a heroin abuser", "person who uses it, or has a use disorder"),
        ("He abuses alcohol", "uses"),
        ("An IV drug user", "person who injects drugs"),
        ("She suffers from gout", "has"),
        ("Patients suffering from gout", "has"),
        ("She is non-compliant with her tablets", "what is not taken or done, and why"),
        ("a noncompliant patient", "what is not taken or done, and why"),
        ("wheelchair-bound", "uses a wheelchair"),
        ("Her father committed suicide", "dies by suicide"),
        ("morbidly obese", "severe obesity"),
    ],
)
def test_labels_and_blame_are_found(text: str, better: str) -> None:
    """Each with the better word."""
    assert [(str(t.better), t.severity) for t in stigmatising(text)] == [(better, Severity.WARNING)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("She denies chest pain.", "She denies"),
        ("No cough. Denies fever.", "Denies"),
        ("He complained of pain", "He complained of"),
        ("An obese 45-year-old man", "obese 45-year-old man"),
        ("Falls are common in the elderly.", "the elderly"),
        ("An epileptic man has a rash.", "epileptic man"),
    ],
)
def test_what_guidance_advises_against_is_a_note(text: str, said: str) -> None:
    """It is found, with the words as they stand there."""
    assert [(t.said, t.severity) for t in stigmatising(text)] == [(said, Severity.NOTE)]


@pytest.mark.parametrize(
    "text",
    [
        "diabetic ketoacidosis in a diabetic foot",
        "for diabetic kidney disease",
        "the infant of a diabetic mother",
        "chronic alcoholic pancreatitis",
        "Alcoholics Anonymous",
        "anti-epileptics and antiepileptics",
        "a noncompliant left ventricle",
        "a non-compliant balloon",
        "The test suffers from low specificity",
        "the National Institute on Drug Abuse",
        "child abuse",
        "He was denied access to care",
        "the elderly man",
        "fetal growth retardation",
        "an occupational handicap",
        "case report, case series, and a classic case",
    ],
)
def test_what_only_looks_alike_is_left_alone(text: str) -> None:
    """The same letters in a disease, an organ, an institution."""
    assert list(stigmatising(text)) == []
