"""The order in which a chat meets its cases."""

from collections.abc import Collection

from hypothesis import given
from hypothesis import strategies as st

from bot.scheduling.rotation import choose, coming

libraries = st.sets(st.from_regex(r"[a-z]{1,4}(-[a-z]{1,4})?", fullmatch=True), max_size=12)
seeds = st.integers(-(2**52), 2**52)


def rounds(case_ids: Collection[str], used: list[str], seed: int, n: int) -> list[str]:
    """The next n cases, each posted as it is chosen."""
    used = list(used)
    for _ in range(n):
        case_id = choose(case_ids, used, seed)
        assert case_id is not None
        used.append(case_id)
    return used[-n:]


@given(libraries.filter(bool), seeds)
def test_nothing_repeats_before_all_were_used(case_ids: set[str], seed: int) -> None:
    """Each round brings every case once, and a new one begins with what is longest ago."""
    size = len(case_ids)
    order = rounds(case_ids, [], seed, 3 * size)
    assert sorted(case_ids) == sorted(order[:size])
    assert order[:size] == order[size : 2 * size] == order[2 * size :]


@given(libraries.filter(lambda ids: len(ids) > 1), seeds, st.data())
def test_no_case_follows_itself(case_ids: set[str], seed: int, data: st.DataObject) -> None:
    """Whatever was used before, of two or more cases the last one is not taken again."""
    used = data.draw(st.lists(st.sampled_from(sorted(case_ids)), min_size=1))
    assert choose(case_ids, used, seed) != used[-1]


@given(libraries, libraries, seeds, st.data())
def test_what_no_longer_matches_is_passed_over(
    case_ids: set[str], former: set[str], seed: int, data: st.DataObject
) -> None:
    """With other topics, only what matches comes, and first what was not yet used."""
    past = sorted(case_ids | former)
    used = data.draw(st.lists(st.sampled_from(past))) if past else []
    chosen = choose(case_ids, used, seed)
    fresh = case_ids - set(used)
    assert chosen in (fresh or case_ids) if case_ids else chosen is None


def test_the_order_is_the_chat_s_own_and_stable() -> None:
    """The same chat has the same order whatever order the library has; another chat, another."""
    case_ids = {f"case-{number}" for number in range(30)}
    one = rounds(case_ids, [], -1001, 30)
    assert one == rounds(dict.fromkeys(sorted(case_ids, reverse=True)), [], -1001, 30)
    assert one != rounds(case_ids, [], -1002, 30)
    assert one != sorted(case_ids)


def test_a_new_case_leaves_the_order_of_the_others() -> None:
    """A case added to the library finds its place without moving the rest."""
    case_ids = {f"case-{number}" for number in range(10)}
    order = rounds(case_ids | {"newcomer"}, [], 7, 11)
    assert rounds(case_ids, [], 7, 10) == [case_id for case_id in order if case_id != "newcomer"]


def test_a_single_case_comes_again_and_none_is_none() -> None:
    """One case is all there is to repeat; of no cases there is none."""
    assert choose({"only"}, ["only", "only"], 1) == "only"
    assert choose(set(), ["gone"], 1) is None


@given(libraries, seeds, st.integers(0, 5))
def test_what_is_said_to_come_is_what_will(case_ids: set[str], seed: int, number: int) -> None:
    """As many as asked for, each the one that will be chosen then."""
    used = sorted(case_ids)[:2]
    expected = rounds(case_ids, used, seed, number) if case_ids and number else []
    assert coming(number, [], case_ids, used, seed) == expected


@given(libraries.filter(lambda found: len(found) > 3), seeds)
def test_what_was_chosen_comes_first_and_is_passed_over_then(case_ids: set[str], seed: int) -> None:
    """In the order chosen; no case comes twice while there are others."""
    queue = sorted(case_ids)[:2]
    cases = coming(len(case_ids), queue, case_ids, [], seed)
    assert cases[:2] == queue
    assert sorted(cases) == sorted(case_ids)
    assert coming(1, queue, case_ids, [], seed) == queue[:1]


@given(libraries, libraries, seeds)
def test_preferred_cases_come_first_and_none_comes_again_for_it(
    preferred: set[str], others: set[str], seed: int
) -> None:
    """All of them before any other; each case once in a round, and the same rounds ever after."""
    everything = preferred | others
    size = len(everything)
    order = coming(2 * size, [], everything, [], seed, preferred=preferred)
    assert set(order[: len(preferred)]) == preferred
    assert sorted(order[:size]) == sorted(everything)
    assert order[:size] == order[size:]
