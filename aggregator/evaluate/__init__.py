"""Quality in figures: what we read against what people wrote down; one module a kind of truth."""
