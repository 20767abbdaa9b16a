"""An article's file, on its way into a folder of cases."""

from content.exchange.article.reading import draft
from content.exchange.article.writing import case_file
from content.exchange.drafts import Draft, Known
from content.exchange.item import Skipped
from content.exchange.limits import checked
from content.exchange.names import Ids, slug
from content.exchange.text_bytes import decode


def article_drafts(
    data: bytes, known: Known, ids: Ids
) -> tuple[tuple[Draft, ...], tuple[Skipped | str, ...]]:
    """The draft of the case that a file's text is, and what was left out of it or mended.

    Never raises for what the file holds: where there is no case in it there is no draft.
    """
    text = decode(data)
    article = draft(text.text)
    if isinstance(article, Skipped):
        return (), (*text.notes, article)
    case_id = ids.new(slug(article.title) or "article")
    file = case_file(article, known)
    return (Draft(case_id, file, lacks=checked(file)[0]),), (*text.notes, *article.left_out)
