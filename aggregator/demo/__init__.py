"""A handful of labelled review sites served on this machine, so that everything can be tried without the web."""
