"""All numbers that checks use, with their units and sources."""

from __future__ import annotations

# Length, in words of the whole mail, greeting and signature included, as the composer counts them.
MOST_WORDS = 200  # the article's ceiling
COMFORTABLE_WORDS = 150  # most advice is between 100 and 180; replies peak at 50 to 125 (docs/sources.md)
FEWEST_WORDS = 40  # with fewer, there is only room for thanks
REQUEST_WORDS = 100  # above a note to be passed on; longer requests are put off and forgotten
MOST_CHARACTERS = 300  # UTF-16 code units; the limit of a LinkedIn invitation

NUDGE_WORDS = 120  # in a nudge (docs/sources.md, Advice on nudges)
MOST_POINTS = 3  # to negotiate in one mail (docs/sources.md, Advice on negotiating)

# Subject and sentences.
SUBJECT_CHARACTERS = 60  # phones cut off longer ones
SENTENCE_WORDS = 40  # words; longer ones are hard to follow
BLOCK_WORDS = 80  # words in a single paragraph; about as many as a phone's screen shows

# Likeness: interviewers compare the letters they get (docs/sources.md).
LIKE_SHARE = 0.25  # share of five-word runs; the composer stays below it for a panel of eight
LIKE_PANEL = 8  # people; letters of larger panels share more anyway
LIKE_SHARE_LARGE = 0.6  # share of a copy in a larger panel
LIKE_RUN_WORDS = 10  # words in a row that make a copied sentence

LIKE_WORDS = 12  # shared words in total; with fewer, the share of a short note means nothing
LIKE_FACT_WORDS = 12  # words; a note up to this length is a fact, which letters may word alike

# Names: single edits (a letter added, missing, wrong, or two swapped) that a misspelling may have.
NEAR_EDITS = 1
NEAR_EDITS_LONG = 2
NEAR_EDITS_GREETED = 3  # in the greeting, which must have a name
LONG_NAME = 8  # letters from which a name may have two edits
SHORTEST_NAME = 3  # letters; a misspelling of a shorter name only counts in the greeting
SHORTEST_PHRASE = 5  # letters; shorter names of several words ("H&M") are not checked for misspellings

# The most characters that are read. A letter of 200 words has about 1,300; a longer text was pasted by mistake.
READ_CHARACTERS = 4_000
READ_SUBJECT_CHARACTERS = 300

# Tone.
EXCLAMATIONS = 3  # exclamation marks in one letter from which there are too many
DRAWN_OUT_LETTERS = 6  # letters of a drawn-out word ("sooo"); longer ones are typing errors
SHOUTED_LETTERS = 4  # letters a single word in capitals must have to count as shouting
APOLOGIES = 2  # apologies from which there are too many

# Composition.
MOST_ALIKE = 10  # findings of one kind in a letter; further ones are not listed
REMEMBERED_SENTENCES = 2  # sentences after which "he" and "she" need their person named again

# Signatures.
SIGNED_LINES = 3  # lines at the end that are searched for a name if there is no sign-off
SIGNED_WORDS = 4  # the most words of a line that only has a name
