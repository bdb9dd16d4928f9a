"""From ratings to scores: one scale for all, a summary a film, each step named and recomputable."""
