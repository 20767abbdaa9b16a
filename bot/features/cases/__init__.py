"""A learner gets a case, votes, and reads the explanation."""
