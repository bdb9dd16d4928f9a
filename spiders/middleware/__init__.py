"""Downloader middlewares that make a crawl polite and safe; their order is in aggregator/settings.py."""
