"""A question, or a variant of it, as a case by itself: what a review posts."""

from content.model import Case, Figure, Question, Variant


def alone(case: Case, position: int, variant_id: str | None = None) -> Case:
    """The case with this question alone, told so that nothing before it is missed.

    Its id, title, discussion, references and credits are the case's; its question, at position 0,
    has the id of the question. The vignette is what was told up to the question, or the variant's;
    the figures are those of ``_figures``. Raises LookupError for what is not there.
    """
    question = case.questions[position]
    variant = None
    if variant_id is not None and (variant := question.variant(variant_id)) is None:
        raise LookupError(f"{case.id}/{question.id} has no variant {variant_id}")
    revealed = [each.reveal for each in case.questions[: position + 1] if each.reveal]
    told = variant.vignette if variant else None
    changes = {
        "vignette": told or "\n\n".join((case.vignette, *revealed)),
        "figures": _figures(case, question, variant),
        "questions": (worded(question, variant),),
        "formerly": (),
    }
    return case.model_copy(update=changes)


def worded(question: Question, variant: Variant | None) -> Question:
    """The question as it is asked by itself, in the words of a variant where there is one."""
    changes: dict[str, object] = {"reveal": None, "figures": (), "variants": ()}
    if variant is not None:
        changes |= {
            field: said
            for field in ("prompt", "choices", "key_point")
            if (said := getattr(variant, field)) is not None
        }
    return question.model_copy(update=changes)


def _figures(case: Case, question: Question, variant: Variant | None) -> tuple[Figure, ...]:
    """The variant's; of another patient no others. Else the question's own, else the case's."""
    if variant and (variant.figures or variant.vignette):
        return variant.figures
    return question.figures or case.figures
