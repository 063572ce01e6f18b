"""hubbub's verbs: what we do to things. Imports schema, never Scrapy."""
