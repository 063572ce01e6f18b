"""hubbub's doors: how things come in. The only room that knows Scrapy."""
