"""Pictures of items for tests."""

from hypothesis import strategies as st

from content.exchange.item import Picture

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
