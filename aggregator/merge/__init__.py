"""One film record from its reviews: votes are counted in votes.py, each group of fields has its module."""
