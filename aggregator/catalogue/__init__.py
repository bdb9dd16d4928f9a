"""An optional catalogue of films in a file of its own: loaders are one module a format, tables are in tables.py."""

from aggregator.catalogue.tables import FILE_NAME, Catalogue, open_catalogue

__all__ = ["FILE_NAME", "Catalogue", "open_catalogue"]
