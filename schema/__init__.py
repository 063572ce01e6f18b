"""hubbub's nouns: what things are. Imports nothing of ours."""
