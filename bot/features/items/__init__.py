"""What learners' answers and flags say of each question, and what administrators decide."""
