"""Steps that bring an older store up to date; the next is versions/NNNN_what.py, and raises schema.HEAD."""
