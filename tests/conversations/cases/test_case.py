"""A learner's way through cases, as they live it."""

import json
from pathlib import Path

import pytest

from bot.settings import Settings
from content.codes import case_code
from tests.sandbox.conftest import picture
from tests.support.bot import running_bot, settings_for
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import asked, buttons, given, is_poll, my_data, place, says, text_of

CALCINOSIS = "calcinosis-cutis"
SALICYLATE = "salicylate-acid-base"


async def test_a_vote_is_answered_with_the_explanation(learner: Person) -> None:
    """A case comes as one poll with figure and vignette; a vote brings the whole explanation.

    This one takes two messages: the discussion goes ahead, and the chat ends on the verdict.
    """
    case = await given(learner, f"/case {CALCINOSIS}")
    assert "64-year-old woman" in case["poll"]["description"]
    assert case["poll"]["media"]["photo"]
    assert "correct_option_ids" not in case["poll"]
    await learner.vote(case, [place(case, "Rheumatoid arthritis")])
    verdict = await learner.wait_for(says("Right."), after=case["message_id"])
    assert "You chose: Rheumatoid arthritis" in text_of(verdict)
    assert verdict["reply_to_message"]["message_id"] == case["message_id"]
    ahead, last = await learner.messages(case["message_id"])
    assert last == verdict
    for wanted in ("Stone-hard lumps", "Cause", "Complications"):
        assert wanted in text_of(ahead)
    for wanted in ("Key point:", "14. Boulman N, ", "Sheetal Chhaya"):
        assert wanted in text_of(last)
    assert text_of(last).endswith("For teaching only; not advice for the care of a patient.")
    links = [entity.get("url") for entity in last.get("entities", ())]
    assert "https://doi.org/10.1016/S0140-6736(99)05157-0" in links
    assert [*buttons(last)] == [
        "Next case",
        "Another topic",
        "Save",
        "Share",
        "References",
    ]
    assert await learner.press(last, "next") == {}
    await learner.wait_for(is_poll, after=last["message_id"])


async def test_a_wrong_vote_names_both_choices(learner: Person) -> None:
    """The verdict on a wrong answer names what was chosen and what is correct.

    This question asks for the exception: true statements are not called wrong.
    """
    case = await given(learner, f"/case {CALCINOSIS}")
    await learner.vote(case, [place(case, "Systemic sclerosis")])
    verdict = await learner.wait_for(says("Not this time."))
    said = text_of(verdict)
    assert "You chose: Systemic sclerosis\nRight answer: Rheumatoid arthritis" in said
    assert "Systemic sclerosis (your choice) · not the answer\n" in said
    assert "Rheumatoid arthritis · right answer\n" in said
    assert "✗" not in said
    assert "✓" not in said


async def test_a_case_of_two_questions_unfolds(learner: Person) -> None:
    """After the first answer come its whys and what is new; the discussion waits for the last."""
    first = await given(learner, f"/case {SALICYLATE}")
    assert "4.5 mmol/L" not in first["poll"]["description"]
    await learner.vote(first, [place(first, "Salicylate poisoning")])
    verdict = await learner.wait_for(says("Right.", "Salicylate poisoning"))
    assert "References" in text_of(verdict)
    second = await learner.wait_for(is_poll, after=first["message_id"])
    assert second["message_id"] > verdict["message_id"]
    assert "4.5 mmol/L" in second["poll"]["description"]
    between = "\n".join(map(text_of, await learner.messages(first["message_id"])))
    assert "Not yet reviewed" not in between
    await learner.vote(second, [place(second, "Immediate hemodialysis")])
    await learner.wait_for(says("Not this time."), after=second["message_id"])
    await learner.wait_for(says("Not yet reviewed by a clinician."), after=second["message_id"])


async def test_a_deep_link_leads_to_its_case(sandbox: SandboxClient, bot: Settings) -> None:
    """Start with a case's code or its id brings that case; an unknown one, a kind word."""
    for payload in (case_code(CALCINOSIS), CALCINOSIS):
        person = await sandbox.person("Link")
        case = await given(person, f"/start case_{payload}")
        assert "64-year-old woman" in case["poll"]["description"]
    await asked(person, "/start case_nowhere", "no case and no topic of that name")
    await asked(person, "/start something", "Good morning.")


async def test_nothing_shown_before_the_answer_names_the_case(learner: Person) -> None:
    """An id may be a diagnosis: neither chat, calls nor `/mydata` show it beforehand."""
    code = case_code(CALCINOSIS)
    case = await given(learner, f"/case {code}")
    topics = await asked(learner, "/topics", "Choose a topic.")
    seen = json.dumps([await learner.messages(), topics])
    assert CALCINOSIS not in seen
    assert "calcinosis" not in seen.lower()
    data = await my_data(learner)
    assert [row["case_code"] for row in data["cases"]] == [code]
    assert "calcinosis" not in json.dumps(data)
    calls = await learner.client.traffic(method="sendPoll")
    uploaded = [call["params"] for call in calls]
    assert CALCINOSIS not in json.dumps(uploaded)
    await learner.vote(case, [0])
    await learner.wait_for(says(f"Case {code}: "))
    data = await my_data(learner)
    assert {row["case_id"] for row in data["cases"] + data["answers"]} == {CALCINOSIS}


async def test_cases_do_not_repeat_until_all_are_seen(learner: Person) -> None:
    """`/case` brings unseen cases; then says so, and offers those not answered right."""
    titles = set()
    for right in (True, False):
        case = await given(learner, "/case")
        titles.add(case["poll"]["description"].partition("\n")[0])
        while True:
            options = {
                "Rheumatoid arthritis",
                "Salicylate poisoning",
                "Intravenous bicarbonate with potassium replacement",
            }
            correct = next(n for n, o in enumerate(case["poll"]["options"]) if o["text"] in options)
            await learner.vote(
                case, [correct if right else (correct + 1) % len(case["poll"]["options"])]
            )
            answer = await learner.wait_for(
                lambda message: is_poll(message) or "Not yet reviewed" in text_of(message),
                after=case["message_id"],
            )
            if not is_poll(answer):
                break
            case = answer
    assert len(titles) == 2
    done = await asked(learner, "/case", "You have seen every case.")
    assert "1 of those you have seen was not right the last time." in text_of(done)
    assert await learner.press(done, buttons(done)["Try one again"]) == {}
    again = await learner.wait_for(is_poll, after=done["message_id"])
    assert again["poll"]["description"].partition("\n")[0] in titles


async def test_topics_lead_to_their_cases(learner: Person) -> None:
    """Topics are buttons that say how many cases are new; a press or a name brings one."""
    topics = await asked(learner, "/topics", "Choose a topic.")
    assert buttons(topics)["Dermatology · 1 of 1 unseen"] == "topic:dermatology"
    await learner.press(topics, "topic:dermatology")
    case = await learner.wait_for(is_poll, after=topics["message_id"])
    assert "64-year-old woman" in case["poll"]["description"]
    await learner.vote(case, [0])
    await learner.wait_for(says("Not yet reviewed"), after=case["message_id"])
    topics = await asked(learner, "/topics", "Choose a topic.")
    assert "Dermatology · all seen" in buttons(topics)
    seen = await asked(learner, "/case dermatology", "You have seen every case on Dermatology.")
    assert "Next case" in buttons(seen)
    other = await given(learner, "/case toxicology")
    assert "24-year-old woman" in other["poll"]["description"]


async def test_peers_show_from_five_answers_on(sandbox: SandboxClient, bot: Settings) -> None:
    """Up to four answers nobody learns how others answered; the fifth sees the shares.

    The sixth sees the same: from the difference they would know how the one before answered.
    """
    for number in range(1, 7):
        person = await sandbox.person(f"Learner {number}")
        case = await given(person, f"/case {CALCINOSIS}")
        wanted = "Rheumatoid arthritis" if number > 1 else "Systemic sclerosis"
        await person.vote(case, [place(case, wanted)])
        await person.wait_for(says("Not yet reviewed"))
        whole = "\n".join(map(text_of, await person.messages()))
        assert ("How 5 learners answered first" in whole) == (number >= 5)
    assert "80% Rheumatoid arthritis" in whole
    assert "20% Systemic sclerosis" in whole


@pytest.fixture
def long_case(tmp_path: Path) -> Path:
    """A folder with a case too long for one message: two figures, two correct choices."""
    folder = tmp_path / "cases"
    (folder / "figures").mkdir(parents=True)
    for name in ("one", "two"):
        (folder / "figures" / f"{name}.png").write_bytes(picture(300 + len(name)))
    figure = """
  - file: figures/{0}.png
    caption: The {0} drawing.
    alt: A plain rectangle.
    creator: Nobody
    licence: CC-BY-4.0
    consent: not-required"""
    sections = "".join(
        f"\n  - heading: Section {number}\n    text: {'Plain words of discussion. ' * 60}"
        for number in range(6)
    )
    (folder / "long-case.yaml").write_text(
        f"""\
id: long-case
title: A long story
topics: [storytelling]
level: student
vignette: |
  {"She came, and told all of it. " * 60}
figures:{figure.format("one")}{figure.format("two")}
questions:
  - id: which
    prompt: Which two are right?
    choices:
      - {{text: First right, correct: true, why: It is.}}
      - {{text: Second right, correct: true, why: It is too.}}
      - {{text: Not right, why: It is not.}}
    key_point: Two are right.
discussion:{sections}
references: []
authors: [Nobody]
licence: CC-BY-4.0
review: {{status: unreviewed}}
""",
        "utf-8",
    )
    return folder


async def test_a_long_case_comes_in_parts_and_whole(
    sandbox: SandboxClient, settings: Settings, long_case: Path, tmp_path: Path
) -> None:
    """Figures and vignette go first, the poll replies to them, and nothing is cut short."""
    own = settings_for(settings.api_url, tmp_path, content=long_case, clock=settings.clock)
    async with running_bot(own):
        person = await sandbox.person("Reader")
        poll = await given(person, "/case long-case")
        before = [m for m in await person.messages() if m["from"]["is_bot"]]
        assert [m["caption"] for m in before if "photo" in m] == [
            "The one drawing.",
            "The two drawing.",
        ]
        vignette = next(m for m in before if "A long story" in text_of(m))
        assert text_of(vignette).count("She came, and told all of it.") == 60
        assert poll["reply_to_message"]["message_id"] == vignette["message_id"]
        assert poll["poll"]["allows_multiple_answers"] is True
        await person.vote(poll, [0, 2])
        await person.wait_for(says("Not yet reviewed"), after=poll["message_id"])
        after = [m for m in await person.messages(poll["message_id"]) if m["from"]["is_bot"]]
        whole = "\n".join(map(text_of, after))
        assert "Partly right" in whole or "Not this time" in whole
        assert whole.count("Plain words of discussion.") == 360
        assert all(len(text_of(message)) <= 4096 for message in after)


@pytest.mark.parametrize("edited", [True, False], ids=["edited", "deleted"])
async def test_an_answer_means_what_it_meant_when_the_case_was_posted(
    sandbox: SandboxClient, settings: Settings, long_case: Path, tmp_path: Path, edited: bool
) -> None:
    """Editing or deleting a case between post and answer changes neither verdict nor whys."""
    own = settings_for(settings.api_url, tmp_path, content=long_case, clock=settings.clock)
    file = long_case / "long-case.yaml"
    async with running_bot(own):
        person = await sandbox.person("Reader")
        poll = await given(person, "/case long-case")
    if edited:
        text = file.read_text("utf-8").replace("correct: true, why: It is too.", "why: Mended.")
        file.write_text(text.replace("Plain words", "Other words"), "utf-8")
    else:
        file.unlink()
    async with running_bot(own):
        await person.vote(poll, [0, 1])
        await person.wait_for(says("Not yet reviewed"), after=poll["message_id"])
    whole = "\n".join(map(text_of, await person.messages(poll["message_id"])))
    assert "Right." in whole
    assert "It is too." in whole
    assert whole.count("Plain words of discussion.") == 360
