"""What people read for a topic, a level and a question's place; and in which language a case is."""

from collections.abc import Callable, Mapping

from bot.base.i18n import ENGLISH, Words
from content.model import Case


def topic_name(topic: str, words: Words) -> str:
    """A topic's name; one that is not named here is read off how cases write it."""
    named = _NAMES.get(topic)
    return named(words) if named else topic.replace("-", " ").capitalize()


def level_name(level: str, words: Words) -> str:
    """Whom a case is written for."""
    names = {
        "student": words.say("Students"),
        "resident": words.say("Residents"),
        "fellow": words.say("Fellows"),
    }
    return names.get(level, level)


def question_of(number: int, count: int, words: Words) -> str:
    """Which question of its case it is; ``number`` from 1."""
    return words.say("Question {n} of {count}", n=number, count=count)


def is_in(case: Case, language: str) -> bool:
    """Whether a case's text is in this language, in whatever country's form."""
    return (case.language or ENGLISH).partition("-")[0] == language.partition("-")[0]


_NAMES: Mapping[str, Callable[[Words], str]] = {
    "addiction-medicine": lambda words: words.say("Addiction medicine"),
    "allergy-and-immunology": lambda words: words.say("Allergy and immunology"),
    "anesthesiology": lambda words: words.say("Anesthesiology"),
    "audiology": lambda words: words.say("Audiology"),
    "cardiac-surgery": lambda words: words.say("Cardiac surgery"),
    "cardiology": lambda words: words.say("Cardiology"),
    "connective-tissue-disease": lambda words: words.say("Connective tissue disease"),
    "critical-care": lambda words: words.say("Critical care"),
    "dermatology": lambda words: words.say("Dermatology"),
    "electrocardiography": lambda words: words.say("Electrocardiography"),
    "emergency-medicine": lambda words: words.say("Emergency medicine"),
    "endocrinology": lambda words: words.say("Endocrinology"),
    "gastroenterology": lambda words: words.say("Gastroenterology"),
    "gastrointestinal-surgery": lambda words: words.say("Gastrointestinal surgery"),
    "genetics": lambda words: words.say("Genetics"),
    "geriatrics": lambda words: words.say("Geriatrics"),
    "gynecology": lambda words: words.say("Gynecology"),
    "hematology": lambda words: words.say("Hematology"),
    "hepatology": lambda words: words.say("Hepatology"),
    "infectious-diseases": lambda words: words.say("Infectious diseases"),
    "internal-medicine": lambda words: words.say("Internal medicine"),
    "laboratory-medicine": lambda words: words.say("Laboratory medicine"),
    "nephrology": lambda words: words.say("Nephrology"),
    "neuro-ophthalmology": lambda words: words.say("Neuro-ophthalmology"),
    "neurology": lambda words: words.say("Neurology"),
    "neurosurgery": lambda words: words.say("Neurosurgery"),
    "obstetrics": lambda words: words.say("Obstetrics"),
    "oncology": lambda words: words.say("Oncology"),
    "ophthalmology": lambda words: words.say("Ophthalmology"),
    "orthopedics": lambda words: words.say("Orthopedics"),
    "otolaryngology": lambda words: words.say("Otolaryngology"),
    "pathology": lambda words: words.say("Pathology"),
    "pediatrics": lambda words: words.say("Pediatrics"),
    "pharmacology": lambda words: words.say("Pharmacology"),
    "physiology": lambda words: words.say("Physiology"),
    "preventive-medicine": lambda words: words.say("Preventive medicine"),
    "primary-care": lambda words: words.say("Primary care"),
    "psychiatry": lambda words: words.say("Psychiatry"),
    "pulmonology": lambda words: words.say("Pulmonology"),
    "radiology": lambda words: words.say("Radiology"),
    "rheumatology": lambda words: words.say("Rheumatology"),
    "surgery": lambda words: words.say("Surgery"),
    "toxicology": lambda words: words.say("Toxicology"),
    "travel-medicine": lambda words: words.say("Travel medicine"),
    "urology": lambda words: words.say("Urology"),
}
