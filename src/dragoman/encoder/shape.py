"""Letter case and shape of a word, which an uncased vocabulary cannot see: part of the encoder's signature.

Training and runtime share this file; a change of it is a new model.
"""

from __future__ import annotations

SHAPES = 32  # size of the embedding table: 2 x kind + (0 first subword, 1 later subword), some spare
SPECIAL = 30  # [CLS] and [SEP]


def shape(word: str) -> int:
    """Return the kind of a word, 0..14; a subword's shape id is ``2 * kind + (not first)``."""
    if word.isdecimal():
        return 1
    letters = [char for char in word if char.isalpha()]
    if not letters:
        return 2 if any(char.isdigit() for char in word) else 3
    upper = sum(char.isupper() for char in letters)
    digits = any(char.isdigit() for char in word)
    if upper == 0:
        if digits:
            return 4
        return 0 if any(char.islower() for char in letters) else 5
    if upper == len(letters):
        if len(letters) == 1:
            return 6 if "." not in word else 7
        if digits:
            return 8
        return 9 if "." not in word else 10
    if word[0].isupper() and upper == 1:
        return 11 if not digits else 12
    return 13 if word[0].isupper() else 14
