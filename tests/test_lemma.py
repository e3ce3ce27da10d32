"""The lemmatiser."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.encoder.lemma import lemma

CASES = """
overthrew VERB VBD overthrow
fled VERB VBD flee
freed VERB VBN free
seized VERB VBD seize
admitted VERB VBD admit
travelling VERB VBG travel
kidnapped VERB VBN kidnap
panicked VERB VBD panic
dies VERB VBZ die
dying VERB VBG die
besieging VERB VBG besiege
focuses VERB VBZ focus
KILLED VERB VBN kill
Said VERB VBD say
clashes NOUN NNS clash
houses NOUN NNS house
buses NOUN NNS bus
armies NOUN NNS army
gunmen NOUN NNS gunman
bases NOUN NNS base
crises NOUN NNS crisis
Rebels NOUN NNS rebel
shelling NOUN NN shelling
Houthis PROPN NNPS Houthi
Nations PROPN NNPS Nation
UN PROPN NNP UN
Keita PROPN NNP Keita
Malian ADJ JJ Malian
Foreign ADJ JJ foreign
deadliest ADJ JJS deadly
worse ADJ JJR bad
n't PART RB not
’s PART POS 's
wo AUX MD will
’d AUX MD would
'm AUX VBP be
me PRON PRP I
him PRON PRP he
those DET DT that
1,200 NUM CD 1200
Five NUM CD five
"""


@pytest.mark.parametrize("case", CASES.split("\n")[1:-1])
def test_lemma(case: str) -> None:
    word, upos, tag, expected = case.split()
    assert lemma(word, upos, tag) == expected


def test_unknown_classes_are_lower_case_but_for_names() -> None:
    assert lemma("Zorbing", "NOUN", "QQ") == "zorbing"
    assert lemma("Zorbing", "PROPN", "QQ") == "Zorbing"


@given(
    st.text(min_size=1),
    st.sampled_from(["NOUN", "VERB", "PROPN", "NUM", "PUNCT", "X", "?"]),
    st.sampled_from(["NN", "NNS", "VBD", "VBG", "CD", ".", "?"]),
)
def test_any_word_has_a_lemma(word: str, upos: str, tag: str) -> None:
    assert lemma(word, upos, tag) or word == "," * len(word)
