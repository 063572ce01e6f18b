"""Labels by people: drawing what to label, keeping what they said, and how far they agree."""
