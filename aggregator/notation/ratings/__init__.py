"""Ratings as critics write them; one module a step, the signs in `data/ratings.toml`, the words by language."""

from aggregator.notation.ratings.find import find_ratings
from aggregator.notation.ratings.icons import count_icons, light_of
from aggregator.notation.ratings.letters import letter_of
from aggregator.notation.ratings.names import rating_from_name, rating_from_width
from aggregator.notation.ratings.parse import parse_rating
from aggregator.notation.ratings.rows import LONGEST, dark_sign, full_signs

__all__ = [
    "LONGEST",
    "count_icons",
    "dark_sign",
    "find_ratings",
    "full_signs",
    "letter_of",
    "light_of",
    "parse_rating",
    "rating_from_name",
    "rating_from_width",
]
