"""Site profiles: what is special about a site, as data."""

from aggregator.sites.profile import Profile, Scale
from aggregator.sites.registry import find_profile

__all__ = ["Profile", "Scale", "find_profile"]
