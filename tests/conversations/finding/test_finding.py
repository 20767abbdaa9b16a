"""Finding a case by words, going on with one left open, and the list of topics."""

from tests.support.sandbox import Person
from tests.support.seeing import asked, buttons, given, is_poll, my_data, says, text_of


async def test_a_word_finds_a_case(learner: Person) -> None:
    """A topic's synonym, words of a title; a slip of the finger is asked about."""
    case = await given(learner, "/case skin")
    assert "64-year-old woman" in case["poll"]["description"]
    case = await given(learner, "/case acid-base map")
    assert "One dot on the acid-base map" in case["poll"]["description"]
    near = await asked(learner, "/case toxicolgy", "Nothing is called that.")
    assert await learner.press(near, buttons(near)["Toxicology"]) == {}
    await learner.wait_for(is_poll, after=near["message_id"])


async def test_a_search_gives_no_answer_away(learner: Person) -> None:
    """A diagnosis finds its case only once that is answered."""
    await asked(learner, "/case calcification", "I have no case and no topic of that name.")
    case = await given(learner, "/case skin")
    await learner.vote(case, [0])
    await learner.wait_for(says("Not yet reviewed"), after=case["message_id"])
    case = await given(learner, "/case calcification")
    assert "64-year-old woman" in case["poll"]["description"]


async def test_what_was_left_open_is_offered_first(learner: Person) -> None:
    """It comes again in the same post, or makes way for another."""
    first = await given(learner, "/case")
    title = first["poll"]["description"].partition("\n")[0]
    offer = await asked(learner, "/case", "You have one open:")
    assert text_of(offer) == f"You have one open: {title}"
    await learner.press(offer, buttons(offer)["Go on"])
    again = await learner.wait_for(is_poll, after=offer["message_id"])
    assert again["poll"]["description"] == first["poll"]["description"]
    await learner.press(offer, buttons(offer)["Another"])
    other = await learner.wait_for(is_poll, after=again["message_id"])
    assert other["poll"]["description"] != first["poll"]["description"]
    await learner.vote(again, [0])
    said = await learner.wait_for(says("You chose:"), after=other["message_id"])
    # Of two polls of one post, the first answer counts.
    await learner.vote(first, [1])
    await learner.wait_for(says("You have already answered"), after=said["message_id"])


async def test_a_case_is_saved_shared_and_found_again(learner: Person) -> None:
    """By the buttons under its explanation; what is saved is among the person's data."""
    case = await given(learner, "/case skin")
    await learner.vote(case, [0])
    explained = await learner.wait_for(says("Not yet reviewed"), after=case["message_id"])
    await learner.press(explained, buttons(explained)["Save"])
    same = explained["message_id"]
    await learner.wait_for(lambda m: m["message_id"] == same and "✓ Saved" in buttons(m))
    await learner.press(explained, buttons(explained)["Share"])
    shared = await learner.wait_for(says("A clinical case to solve:"), after=same)
    link = text_of(shared).rpartition("?start=")[2]
    assert is_poll(await given(learner, f"/start {link}"))
    listed = await asked(learner, "/saved", "Your saved cases.")
    assert "Stone-hard lumps under the skin, 18 years on" in buttons(listed)
    marked = (await my_data(learner))["marked_cases"]
    assert [(row["case_id"], row["kind"]) for row in marked] == [("calcinosis-cutis", "saved")]


async def test_preferences_decide_which_case_comes(learner: Person) -> None:
    """And one that nothing fits says so."""
    shown = await asked(learner, "preferences", "Level: any")
    await learner.press(shown, buttons(shown)["Fellows"])
    same = shown["message_id"]
    await learner.wait_for(lambda m: m["message_id"] == same and "Level: Fellows" in text_of(m))
    none = await asked(learner, "next", "You have seen every case that fits your preferences.")
    await learner.press(none, buttons(none)["Any other case"])
    await learner.wait_for(is_poll, after=none["message_id"])


async def test_a_mistyped_command_runs_by_its_button(learner: Person) -> None:
    """With what stood after it."""
    near = await asked(learner, "/csae skin", "Do you mean this one?")
    await learner.press(near, buttons(near)["/case skin"])
    case = await learner.wait_for(is_poll, after=near["message_id"])
    assert "64-year-old woman" in case["poll"]["description"]
