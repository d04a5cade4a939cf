"""Every number that a check decides by, with its unit and where it comes from."""

from __future__ import annotations

# Length, in words of the whole mail, greeting and signature included, as the composer counts them.
MOST_WORDS = 200  # the article's ceiling
COMFORTABLE_WORDS = 150  # advice gathers between 100 and 180, replies peak at 50 to 125 (docs/sources.md)
FEWEST_WORDS = 40  # below that there is no room for more than thanks
REQUEST_WORDS = 100  # above a note to be passed on: more than that is read later, and then not at all
MOST_CHARACTERS = 300  # UTF-16 code units; what an invitation on LinkedIn holds

NUDGE_WORDS = 120  # of a question about news (docs/sources.md, Advice on nudges)
MOST_POINTS = 3  # to negotiate in one mail (docs/sources.md, Advice on negotiating)

# Subject and sentences.
SUBJECT_CHARACTERS = 60  # a phone cuts longer ones
SENTENCE_WORDS = 40  # words; longer ones are hard to follow
BLOCK_WORDS = 80  # words that one paragraph alone may hold; a screen of a phone shows about as many

# Likeness: interviewers compare what they got (docs/sources.md).
LIKE_SHARE = 0.25  # share of five-word runs; what the composer keeps a panel of eight under
LIKE_PANEL = 8  # people up to whom the composer keeps that; letters of larger panels share more in any case
LIKE_SHARE_LARGE = 0.6  # share of a copy in a larger panel
LIKE_RUN_WORDS = 10  # words in a row that make a copied sentence

LIKE_WORDS = 12  # words shared in all, below which a share of a short note tells nothing
LIKE_FACT_WORDS = 12  # words up to which a note is a fact, named alike wherever it is named

# Names: single edits (a letter more, less, other, or two swapped) that a near miss may have.
NEAR_EDITS = 1
NEAR_EDITS_LONG = 2
NEAR_EDITS_GREETED = 3  # in the greeting, where a name must stand
LONG_NAME = 8  # letters from which a name may have two slips
SHORTEST_NAME = 3  # letters below which a near miss counts only where a name must stand
SHORTEST_PHRASE = 5  # letters below which a name of several words ("H&M") has no near misses

# What is read at all. A letter of 200 words has about 1,300 characters; beyond this it is a paste gone wrong.
READ_CHARACTERS = 4_000
READ_SUBJECT_CHARACTERS = 300

# Tone.
EXCLAMATIONS = 3  # marks in one letter that are one too many
DRAWN_OUT_LETTERS = 6  # letters of a drawn-out word ("sooo"); longer ones are slips of the keyboard
SHOUTED_LETTERS = 4  # letters a single word in capitals must have to count as shouting
APOLOGIES = 2  # apologies that are one too many

# Composition.
MOST_ALIKE = 10  # findings of one kind in a letter; where there are more, the user is not told each
REMEMBERED_SENTENCES = 2  # after which "he" and "she" need their person named again

# Signatures.
SIGNED_LINES = 3  # lines at the end in which a name is looked for where no closing line stands before it
SIGNED_WORDS = 4  # words that a line with nothing but a name has at most
