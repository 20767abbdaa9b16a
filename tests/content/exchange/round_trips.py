"""Whether items say the same in formats that can be written and read."""

from collections.abc import Sequence

from content.exchange.export import export
from content.exchange.formats import ExportFormat, Format, reader
from content.exchange.item import Item


def stands_behind_other_formats(items: Sequence[Item]) -> None:
    """Each item is there again behind GIFT and QTI 3, where these have a place for all of them."""
    for form in (ExportFormat.GIFT, ExportFormat.QTI):
        made = export(form, items)
        if not made.skipped:
            back = reader(Format(form))(made.data).items
            assert [(one.stem, one.choices, one.multiple, one.feedback) for one in back] == [
                (one.stem, one.choices, one.multiple, one.feedback) for one in items
            ]
