"""Shows why: every candidate of every field as a table, and the page itself with its evidence marked."""
