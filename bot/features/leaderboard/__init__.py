"""A chat's leaderboard, on which each decides whether to be named."""
