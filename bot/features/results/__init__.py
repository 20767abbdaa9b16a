"""How a chat answered: a case's results, and the weekly digest."""
