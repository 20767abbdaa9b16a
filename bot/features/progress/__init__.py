"""How a learner is doing: in words, and in one picture."""
