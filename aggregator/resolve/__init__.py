"""Which film each review means; comparison rules are in compare.py, spellings in names.py, ids in ledger.py."""
