"""Scrapy item pipelines, in the order of their numbers; the work itself is plain functions in `steps`."""
