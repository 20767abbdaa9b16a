"""Rules across the fields of a case, run on the tree, so that they hold for what does not parse.

The models repeat them as guards, under the same codes.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from content.model import ReviewStatus
from content.phrases import Phrase, phrase
from content.problems import Mark, Problem, problem_at
from content.question import repeated, unfair
from content.tree import Mapping, Node, child, is_absent, items, text

Finding = tuple[Mark, Phrase]
Rule = Callable[[Mapping], Iterator[Finding]]


def question_ids(case: Mapping) -> Iterator[Finding]:
    """Answers are kept by question id, so each is used once."""
    used = phrase("another question has this id already")
    yield from _repeats(items(case, "questions"), "id", used)


def choice_ids(case: Mapping) -> Iterator[Finding]:
    """Statistics are joined by choice id, so each is used once in a question."""
    used = phrase("another choice of this question has this id already")
    for asked in _asked(case):
        choices = items(asked, "choices")
        yield from _repeats(choices, "id", used)


def variant_ids(case: Mapping) -> Iterator[Finding]:
    """What was asked is known by question and variant, so each id is used once in a question."""
    used = phrase("another variant of this question has this id already")
    for question in items(case, "questions"):
        variants = items(question, "variants")
        yield from _repeats(variants, "id", used)


def variant_vignette(case: Mapping) -> Iterator[Finding]:
    """A variant is asked by itself, so it has all that it needs."""
    for position, question in enumerate(items(case, "questions")):
        for variant in items(question, "variants"):
            if not isinstance(variant, Mapping) or _has(variant, "vignette"):
                continue
            if position > 0:
                yield (
                    variant.mark,
                    phrase("a variant of a later question needs a `vignette` of its own"),
                )
            elif not items(variant, "figures"):
                yield variant.mark, phrase("a variant needs a `vignette` or `figures` of its own")


def topics(case: Mapping) -> Iterator[Finding]:
    """A topic is named once."""
    named = [text(topic) for topic in items(case, "topics")]
    for position in repeated(topic.text if topic else None for topic in named):
        if topic := named[position]:
            yield topic.mark, phrase("{topic} is named twice", topic=topic.text)


def correct_choice(case: Mapping) -> Iterator[Finding]:
    """A quiz has a right answer. A ``correct`` that is neither true nor false says so itself."""
    for question in _asked(case):
        choices = items(question, "choices")
        keys = [key.text for choice in choices if (key := text(choice, "correct"))]
        if choices and all(key == "false" for key in keys):
            place = child(question, "choices")
            yield (place or question).mark, phrase("no choice is marked `correct: true`")


def wrong_choice(case: Mapping) -> Iterator[Finding]:
    """Nobody can be wrong where every choice is right."""
    for question in _asked(case):
        choices = items(question, "choices")
        keys = [text(choice, "correct") for choice in choices]
        if choices and all(key and key.text == "true" for key in keys):
            place = child(question, "choices")
            yield (place or question).mark, phrase("every choice is marked `correct: true`")


def equal_choices(case: Mapping) -> Iterator[Finding]:
    """Whoever chooses one of two equal choices cannot know which of them is the right one."""
    for question in _asked(case):
        named = [
            (said, (key := text(choice, "correct")) is not None and key.text == "true")
            for choice in items(question, "choices")
            if (said := text(choice, "text"))
        ]
        for position in unfair((said.text, correct) for said, correct in named):
            said = named[position][0]
            twice = phrase(
                "“{choice}” is there twice, and one of the two is right", choice=said.text
            )
            yield said.mark, twice


def last_key_point(case: Mapping) -> Iterator[Finding]:
    """The poll of the last question must explain itself, and that of a variant, which is alone."""
    questions = items(case, "questions")
    bare = [each for each in questions if isinstance(each, Mapping) and not _has(each, "key_point")]
    for question in bare:
        if question is questions[-1]:
            yield question.mark, phrase("the last question needs a `key_point`")
        for variant in items(question, "variants"):
            if isinstance(variant, Mapping) and not _has(variant, "key_point"):
                needs = phrase("a variant needs a `key_point`, its own or its question's")
                yield variant.mark, needs


def reference_source(case: Mapping) -> Iterator[Finding]:
    """A work appeared in a journal or on a site."""
    for reference in items(case, "references"):
        sources = [_has(reference, "journal"), _has(reference, "site")]
        if isinstance(reference, Mapping) and sum(sources) != 1:
            yield reference.mark, phrase("a reference needs either a `journal` or a `site`")


def pages_or_article(case: Mapping) -> Iterator[Finding]:
    """A work has pages or an article number."""
    for reference in items(case, "references"):
        article = child(reference, "article")
        if article and _has(reference, "article") and _has(reference, "pages"):
            yield article.mark, phrase("a reference has either `pages` or an `article` number")


def reference_title(case: Mapping) -> Iterator[Finding]:
    """A work is known by its title, or found by a link."""
    for reference in items(case, "references"):
        known = any(_has(reference, field) for field in ("title", "doi", "pmid", "url"))
        if isinstance(reference, Mapping) and not known:
            needs = phrase("a reference needs a `title`, or a `doi`, `pmid` or `url`")
            yield reference.mark, needs


def review(case: Mapping) -> Iterator[Finding]:
    """A review names its reviewer and its day."""
    status = text(case, "review", "status")
    said = _has(case, "review", "by") and _has(case, "review", "on")
    if status and status.text == ReviewStatus.REVIEWED and not said:
        needs = phrase("a review needs `by` and `on`: who reviewed the case, and when")
        yield status.mark, needs


RULES: dict[str, Rule] = {
    "duplicate-question-id": question_ids,
    "duplicate-choice-id": choice_ids,
    "duplicate-variant-id": variant_ids,
    "variant-vignette": variant_vignette,
    "duplicate-topic": topics,
    "correct-missing": correct_choice,
    "all-correct": wrong_choice,
    "equal-choices": equal_choices,
    "key-point-missing": last_key_point,
    "reference-source": reference_source,
    "pages-and-article": pages_or_article,
    "reference-title": reference_title,
    "review-incomplete": review,
}


def broken_rules(path: Path, case: Mapping) -> list[Problem]:
    """What the rules find; ``path`` is only written into the problems."""
    return [
        problem_at(path, mark, code, said)
        for code, rule in RULES.items()
        for mark, said in rule(case)
    ]


def _asked(case: Mapping) -> Iterator[Node]:
    """Questions and their variants: all that has choices."""
    for question in items(case, "questions"):
        yield question
        yield from items(question, "variants")


def _has(node: Node, *loc: str) -> bool:
    found = child(node, *loc)
    return found is not None and not is_absent(found)


def _repeats(parts: Iterable[Node], key: str, said: Phrase) -> Iterator[Finding]:
    names = [text(part, key) for part in parts]
    for position in repeated(name.text if name else None for name in names):
        if name := names[position]:
            yield name.mark, said
