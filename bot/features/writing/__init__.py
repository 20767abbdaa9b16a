"""Cases written in the chat: begun, sent message by message, mended, kept as drafts."""
