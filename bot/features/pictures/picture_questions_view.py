"""What an author is asked about a picture: before it is taken, and then what learners read."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.drafts.draft_buttons import DraftVerb, draft_button
from bot.features.drafts.draft_pictures import BEFORE_IT_IS_TAKEN, DraftPicture
from bot.features.pictures.picture_buttons import (
    AS_BEFORE,
    ME,
    SOMEBODY,
    ConsentSaid,
    say_button,
)
from bot.features.pictures.pictures_view import told_of
from bot.features.shared.messages import Button, Keyboard, html_message, in_rows
from bot.features.shared.written_words import in_brief
from content.markup import Paragraph, Run, parse, plain, to_html
from storage.outcome import OwedCall

_LONGEST_SHOWN = 600  # characters


class AskedPicture(Struct, frozen=True):
    """What is asked about a picture, which is the ``nth`` of so many.

    ``typed``: who made it is to be sent as a text. ``licences`` can be chosen. ``alike``: of how
    many pictures the same can be said as of the one before. ``changing``: it was said already.
    """

    draft_id: int
    picture: DraftPicture
    field: str
    nth: int
    total: int
    licences: Sequence[str] = ()
    alike: int = 0
    typed: bool = False
    changing: bool = False
    notes: Sequence[str] = ()


def ask_about_picture(chat_id: int, asked: AskedPicture, words: Words) -> OwedCall:
    """Asks one thing."""
    told: list[Paragraph] = [(plain(note),) for note in asked.notes]
    if asked.picture.inside:
        place = asked.picture.inside
        which = words.say("The document's picture {n}, in the order of its pages", n=place)
        told += [(Run(which, italic=True),)]
    elif asked.total > 1:
        which = words.say("Picture {n} of {total}", n=asked.nth, total=asked.total)
        told += [(Run(which, italic=True),)]
    told += parse(_question(asked, words))
    if asked.field not in BEFORE_IT_IS_TAKEN:
        told += [(plain(note),) for note in told_of(asked.picture, words)]
    current = str(getattr(asked.picture, asked.field))
    if asked.changing and current:
        now = words.say("Now it says:")
        shown = words.isolated(in_brief(current, _LONGEST_SHOWN))
        told += [(Run(now, italic=True), plain(f"\n{shown}"))]
    return html_message(chat_id, to_html(told), _keyboard(asked, words))


def _question(asked: AskedPicture, words: Words) -> str:
    if asked.typed:
        return words.say(
            "**Who made the picture?** Send the name as it is to be credited, with the source if"
            " it was published."
        )
    return _questions(words)[asked.field]


def _questions(words: Words) -> Mapping[str, str]:
    return {
        "creator": words.say(
            "**Who made the picture?** I take it once three things are known: this, its licence and"
            " the patient's consent. Until then it stays where you sent it."
        ),
        "licence": words.say(
            "**Under which licence may others use the picture?** If somebody else made it, theirs"
            " decides; without one, it cannot be used."
        ),
        "consent": words.say(
            "**Did the patient consent to its publication?** It is not required where no patient is"
            " shown, or in a drawing.\n\n"
            "Look at the corners first: no face, name, date or number of a patient may stand in the"
            " picture. What its file holds beside the pixels, I take out."
        ),
        "caption": words.say(
            "**Caption.** What is shown, and how it was made; not the diagnosis, since learners"
            " read it before they answer. Send it."
        ),
        "alt": words.say(
            "**Description for those who cannot see the picture.** What you would tell a colleague"
            " on the phone: what is to be seen and where, not what it means. Screen readers say"
            " it. Send it."
        ),
    }


def _keyboard(asked: AskedPicture, words: Words) -> Keyboard:
    draft_id, picture = asked.draft_id, asked.picture

    def say(text: str, value: str) -> Button:
        return say_button(text, draft_id, picture.number, asked.field, value)

    rows = _answers(asked, words)
    if asked.alike:
        label = words.say("The same as of the picture before")
        if asked.alike > 1:
            label = words.say("The same for all {n}", n=asked.alike)
        rows.append([say(label, AS_BEFORE)])
    if picture.here and picture.as_photo and not asked.changing:
        label = words.say("Send it again as a file")
        rows.append([draft_button(label, DraftVerb.PICTURE_NEW, draft_id, picture.number)])
    if asked.changing:
        back = draft_button(words.say("Back"), DraftVerb.PICTURE, draft_id, picture.number)
        return [*rows, [back]]
    leave = words.say("Leave it out")
    return [
        *rows,
        [
            draft_button(leave, DraftVerb.PICTURE_GONE, draft_id, picture.number),
            draft_button(words.say("The whole draft"), DraftVerb.PAGE, draft_id),
        ],
    ]


def _answers(asked: AskedPicture, words: Words) -> list[list[Button]]:
    def say(text: str, value: str) -> Button:
        return say_button(text, asked.draft_id, asked.picture.number, asked.field, value)

    match asked.field:
        case "creator" if not asked.typed:
            return [[say(words.say("I made it"), ME), say(words.say("Somebody else"), SOMEBODY)]]
        case "licence":
            return in_rows([say(one, one) for one in asked.licences], 2)
        case "consent":
            names = _consent_names(words)
            return [[say(names[one], one)] for one in (*names,)]
    return []


def _consent_names(words: Words) -> Mapping[str, str]:
    """What can be said of the patient's consent."""
    return {
        ConsentSaid.OBTAINED.value: words.say("Consent obtained"),
        ConsentSaid.NOT_REQUIRED.value: words.say("Not required"),
        ConsentSaid.NO.value: words.say("No, or I don't know"),
    }
