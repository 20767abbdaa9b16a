"""QR codes of links, by segno: quick to make, so that no process is needed."""

from io import BytesIO
from typing import Final

_QUIET_ZONE: Final = (
    8  # modules around the code; the standard asks for 4, and phones show dark edges
)
_SIDE: Final = 1000  # pixels, about


def qr_code(link: str) -> bytes:
    """The code as a square PNG, black on white. Raises ValueError where no code is large enough."""
    import segno  # noqa: PLC0415 (few bots ever draw one)

    code = segno.make_qr(link, error="m")
    file = BytesIO()
    modules = code.symbol_size(border=_QUIET_ZONE)[0]
    code.save(file, kind="png", border=_QUIET_ZONE, scale=max(4, _SIDE // modules))
    return file.getvalue()
