"""What learners' answers say of each question: for the bot's administrators."""
