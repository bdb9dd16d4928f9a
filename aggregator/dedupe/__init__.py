"""Folds copies of one review together; addresses are in urls.py, likeness of texts in texts.py."""
