"""Who writes cases in the chat, and who reviews them."""
