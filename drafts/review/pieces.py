"""Takes texts that the user entered apart into the words that a letter may have of them."""

from __future__ import annotations

from drafts.domain.tokens import words_of


def pieces_of(text: str) -> list[str]:
    """A text's words, split in every way that a proofreader may."""
    chunks = [chunk.strip(".,;:!?()[]{}\"'“”‘’") for chunk in text.split()]
    return [piece for piece in (*chunks, *(text[word.start : word.end] for word in words_of(text))) if piece]


def without_endings(key: str) -> list[str]:
    """A folded word without a possessive ending; hyphenated words stay whole."""
    forms = [key]
    for ending in ("'s", "'", "s'"):
        if key.endswith(ending):
            forms.append(key.removesuffix(ending) + ("s" if ending == "s'" else ""))
    if key.endswith("s") and len(key) > 3:
        forms.append(key[:-1])
    return forms


def proper_nouns(text: str) -> list[str]:
    """Words of a note that look like names. At the start of a sentence, a capital alone is not enough."""
    found = []
    begins = True
    for chunk in text.split():
        capitals = sum(character.isupper() for character in chunk)
        if capitals > begins or (capitals and not chunk[:1].isupper()) or any(c.isdigit() for c in chunk):
            found += pieces_of(chunk)
        begins = chunk[-1] in ".!?:…"
    return found
