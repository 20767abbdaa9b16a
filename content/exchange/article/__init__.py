"""The text of a published one-page case, turned into the draft of a case file.

The text is what one gets by copying a journal's page, or from a PDF: title, vignette, figures and
their captions, ``Q:`` with choices and their tick boxes, ``A:`` and the sections under it, an
address, a reading list; or the same kept as Markdown. The draft says what the text says and leaves
the rest empty: which choice is right (one is proposed, with the sentence that says so), licence,
consent, level, topics.

A published text belongs to somebody. Whether it may be used is for the author of the case to
settle, with the publisher or by retelling; turning it into a draft settles nothing.
"""
