"""What is asked of something that works beside all else."""

from bot.base.mailbox import Mailbox


def test_what_was_asked_is_taken_once() -> None:
    """In the order in which it was asked for last; and there is no news of it any more."""
    mailbox = Mailbox[str]()
    mailbox.ask("a", "b")
    mailbox.ask("a")
    assert mailbox.news.is_set()
    assert mailbox.take() == ("b", "a")
    assert not mailbox.news.is_set()
    assert mailbox.take() == ()
