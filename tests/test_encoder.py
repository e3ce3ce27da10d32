"""The encoder's own parts: trees, windows, shapes, models, and the grammar of a plain sentence."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.encoder import Encoder
from dragoman.encoder.model import find
from dragoman.encoder.shape import SPECIAL, shape
from dragoman.encoder.tree import heads, is_tree
from dragoman.encoder.window import LIMIT, Vocabulary, windows
from dragoman.errors import ModelError
from dragoman.types import Split


def total(scores: np.ndarray, tree: list[int]) -> float:
    return float(sum(scores[word, head] for word, head in enumerate(tree)))


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_heads_are_a_tree_and_no_argmax_root_gives_a_better_one(seed: int, size: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size)).astype(np.float32)
    found = heads(scores)
    assert is_tree(found)
    roots = {word for word, head in enumerate(scores.argmax(1)) if word == head} or {int(scores.diagonal().argmax())}
    trees = (tree for tree in itertools.product(range(size), repeat=size) if is_tree(list(tree)))
    best = max(total(scores, list(tree)) for tree in trees if next(w for w, h in enumerate(tree) if w == h) in roots)
    assert total(scores, found) == pytest.approx(best, abs=1e-4)


def test_is_tree_refuses_cycles_and_two_roots() -> None:
    assert is_tree([0, 0, 1])
    assert not is_tree([0, 1, 1])
    assert not is_tree([1, 0, 2])
    assert not is_tree([])


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(find("grammar") / "tokenizer.json")


@given(st.lists(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=30), min_size=1, max_size=20))
@settings(max_examples=50, deadline=None)
def test_windows_hold_every_word_once_and_point_at_its_subwords(vocabulary: Vocabulary, sentences: list[list[str]]) -> None:
    packed = windows(vocabulary, sentences, limit=40)
    assert [number for window in packed for number in window.sentences] == list(range(len(sentences)))
    for window in packed:
        assert window.width <= 40 + 12
        for place, number in enumerate(window.sentences):
            for (ids, kind), first, last in zip(vocabulary.lookup(sentences[number]), window.first[place], window.last[place], strict=True):
                row, column = divmod(first, window.width)
                assert window.ids[row][column : column + len(ids)] == ids
                assert window.shapes[row][column] == 2 * kind
                assert last == first + len(ids) - 1


def test_a_long_sentence_travels_in_one_batch(vocabulary: Vocabulary) -> None:
    (window,) = windows(vocabulary, [["word"] * 1000])
    assert len(window.ids) > 4
    assert max(map(len, window.ids)) <= LIMIT
    assert len(window.first[0]) == 1000


@given(st.text(min_size=1))
def test_shape_is_small_for_any_word(word: str) -> None:
    assert 0 <= 2 * shape(word) + 1 < SPECIAL


def test_shape_tells_case() -> None:
    assert len({shape(word) for word in ("army", "Army", "ARMY", "U.S.", "iPhone", "McCain", "42", "3rd", "--")}) == 9


def test_an_unknown_model_names_the_known_ones() -> None:
    with pytest.raises(ModelError, match=r"grammar-"):
        find("grammmar")


def test_an_altered_model_is_refused(tmp_path: Path) -> None:
    shutil.copytree(find("grammar"), tmp_path / "model")
    labels = tmp_path / "model" / "labels.json"
    labels.write_text(labels.read_text(encoding="utf-8") + " ", encoding="utf-8")
    with pytest.raises(ModelError, match="altered"):
        Encoder(str(tmp_path / "model"))


def split_words(text: str) -> Split:
    """Tokens at spaces; a sentence a line."""
    start, end, sentences, place = [], [], [], 0
    for line in text.split("\n"):
        first = len(start)
        for word in line.split(" "):
            start.append(place)
            end.append(place + len(word))
            place += len(word) + 1
        sentences.append((first, len(start)))
    return Split(tuple(start), tuple(end), tuple(sentences), tuple(range(len(sentences))))


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_grammar_of_a_plain_sentence(encoder: Encoder) -> None:
    text = "Rebels attacked an army base in northern Chad on Tuesday ."
    grammar = encoder.parse(text, split_words(text))
    tokens = grammar.tokens
    assert tokens.dep[tokens.word.index("attacked")] == "root"
    assert tokens.head[tokens.word.index("Rebels")] == tokens.word.index("attacked")
    (attack,) = [each for each in grammar.predicates if tokens.word[each.token] == "attacked"]
    assert attack.rolesets[0][0] == "attack.01"
    roles = {argument.role: tokens.word[argument.head] for argument in attack.arguments}
    assert roles["ARG0"] == "Rebels"
    assert roles["ARG1"] == "base"
    assert roles["ARGM-TMP"] == "Tuesday"


def test_grammar_depends_on_the_report_alone(encoder: Encoder) -> None:
    one = "Rebels attacked an army base .\nThe army said that it had lost no soldier ."
    alone = encoder.parse(one, split_words(one))
    encoder.parse("Other words entirely .", split_words("Other words entirely ."))
    assert encoder.parse(one, split_words(one)) == alone


def test_no_sentence_gives_no_grammar(encoder: Encoder) -> None:
    assert len(encoder.parse("", Split()).tokens) == 0


def test_names_with_nothing_but_a_hyphen_between_are_one() -> None:
    from dragoman.encoder.decode import hyphenated
    from dragoman.types import Name

    words = ["al", "-", "Sadr", "met", "Coca", "and", "Cola", "-", "fans"]
    found = [Name(10, 11, "ORG", 0.6), Name(12, 13, "PER", 0.9), Name(14, 15, "ORG"), Name(16, 17, "ORG")]
    joined = hyphenated(found, words, 10)
    assert joined == [Name(10, 13, "PER", 0.6), Name(14, 15, "ORG"), Name(16, 17, "ORG")]
    assert hyphenated([Name(10, 11, "MISC"), Name(12, 13, "ORG")], words, 10) == [Name(10, 11, "MISC"), Name(12, 13, "ORG")]
