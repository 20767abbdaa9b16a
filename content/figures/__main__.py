"""Draw the shipped figures again, and their sheet: ``python -m content.figures [NAME...]``."""

import argparse
import sys
from pathlib import Path

try:
    from content.figures.drawings import FIGURES, FOLDER, drawn
    from content.figures.sheet import SHEET, sheet
except ModuleNotFoundError as missing:
    if missing.name != "matplotlib":
        raise
    sys.exit("Drawing needs matplotlib, from the development extra: pip install -e '.[dev]'")


def main() -> None:
    """Draw the named figures, or all of them with their sheet, and say where each was written."""
    parser = argparse.ArgumentParser(
        prog="python -m content.figures", description="Draw the shipped figures again."
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="which figures (default: all): " + ", ".join(FIGURES),
    )
    parser.add_argument("--into", type=Path, default=FOLDER, metavar="FOLDER", help="where to")
    chosen = parser.parse_args()
    if unknown := [name for name in chosen.names if name not in FIGURES]:
        parser.error(f"no figure is called {unknown[0]!r}; there are {', '.join(FIGURES)}")
    chosen.into.mkdir(parents=True, exist_ok=True)
    for name in chosen.names or FIGURES:
        path = chosen.into / f"{name}.png"
        path.write_bytes(drawn(name))
        sys.stdout.write(f"{path}\n")
    if not chosen.names and chosen.into == FOLDER:
        SHEET.write_bytes(sheet(sorted(FOLDER.glob("*.png"))))
        sys.stdout.write(f"{SHEET}\n")


if __name__ == "__main__":
    main()
