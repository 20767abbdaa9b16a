"""Bytes to try readers with: noise, and good files with something wrong."""

from hypothesis import strategies as st


def named(value: object) -> str:
    """A test's name for a value: packed files hold the time, and so differ in each process."""
    return "file" if isinstance(value, bytes) else str(value)


@st.composite
def mangled(draw: st.DrawFn, good: bytes) -> bytes:
    """Noise, or a good file of which a piece is missing, doubled or replaced."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.binary(max_size=200))
    start = draw(st.integers(0, len(good)))
    end = min(len(good), start + draw(st.integers(0, 60)))
    pieces = st.sampled_from([b"", good[start:end] * 2, b"<", b"&x;", b"\x00\xff", b"]]>", b"'"])
    return good[:start] + draw(pieces | st.binary(max_size=8)) + good[end:]
