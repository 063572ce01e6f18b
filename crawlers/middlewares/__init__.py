"""Scrapy middlewares, one file each."""
