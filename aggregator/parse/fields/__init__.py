"""One module a field: each reads its regions and yields candidates with their proof; weights are in data/tiers.toml."""
