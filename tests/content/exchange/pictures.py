"""Pictures of items for tests."""

from io import BytesIO
from pathlib import Path

from hypothesis import strategies as st
from PIL import Image

from content.exchange.item import Picture

GREY = (Path(__file__).parent / "samples" / "qti" / "Items" / "img" / "my strip.png").read_bytes()
"""The PNG in the sample files."""


def from_gif() -> bytes:
    """What the GIF in the sample files becomes."""
    data = BytesIO()
    Image.new("RGB", (40, 30), (200, 200, 200)).save(data, "PNG")
    return data.getvalue()


pictures = st.lists(
    st.builds(
        Picture,
        st.sampled_from(["a.png", "b c.jpg", "é.png", "x#1?.gif", "noending"]).map(
            lambda name: "".join(
                letter if letter.isalnum() or letter == "." else "-" for letter in name
            )
        ),
        st.binary(min_size=1, max_size=20),
        st.text("ab <>&\"'é", max_size=9).map(lambda alt: " ".join(alt.split())),
    ),
    max_size=2,
    unique_by=(lambda picture: picture.name, lambda picture: picture.data),
).map(tuple)
"""Of one item, each under a name of its own."""
