"""How dates and times are written, by language, beside Django's own formats (see its date filter for the letters)."""
