"""Discovery only: spiders find and fetch pages and yield them unread; what a page says is the pipelines' work."""
