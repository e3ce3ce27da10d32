"""Who says, writes, thinks or intends what, exactly spanned, with the chain through which the report has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from dragoman import lexicon
from dragoman.config import Config
from dragoman.stages.actor import knowledge, publisher
from dragoman.stages.attribute import cues as lexical
from dragoman.stages.attribute import drafts, follow, own_voice, quotes
from dragoman.stages.attribute.chain import chain
from dragoman.stages.attribute.over import attributions_over
from dragoman.stages.attribute.page import page
from dragoman.types import Reading

__all__ = ["attributions_over", "load"]


def load(config: Config) -> Callable[[Reading], Reading]:
    """Load the cues of the config's language and return the stage.

    Raises:
        LexiconError: when the language has no cues.
    """
    known = lexical.load(config.lang)
    outlets = frozenset(
        name.lower()
        for row in lexicon.read(config.lang, "outlets")
        for name in (row["name"], *row.get("names", ()))
        if name not in row.get("ambiguous", ())
    )

    know = knowledge.load(config.lang)

    def attribute(reading: Reading) -> Reading:
        """Fill ``attributions``; add the quotations that nobody speaks to ``rejected``."""
        found = _attribute(reading, known, outlets)
        own = publisher.official(know, reading.report.publisher)
        return replace(found, attributions=tuple(own_voice.without(reading.report, found.attributions, own))) if own is not None else found

    return attribute


def _attribute(reading: Reading, known: lexical.Cues, outlets: frozenset[str]) -> Reading:
    tokens = reading.grammar.tokens
    if not len(tokens):
        return reading
    lowered = replace(reading, grammar=replace(reading.grammar, tokens=lexical.relemma(tokens, known)))
    here = page(lowered, quotes.scan(reading.report.text, _breaks(reading)))
    made = drafts.draft(here, known, lexical.find(here.tokens, known))
    made, rejected = follow.follow(here, made)
    found = chain(here, made, known, outlets=outlets)
    return replace(reading, attributions=tuple(found), rejected=(*reading.rejected, *rejected))


def _breaks(reading: Reading) -> Sequence[int]:
    """Return the offsets at which a new paragraph begins."""
    split, tokens = reading.split, reading.grammar.tokens
    if len(split.paragraphs) != len(tokens.sentences):
        return ()
    changes = (n for n in range(1, len(split.paragraphs)) if split.paragraphs[n] != split.paragraphs[n - 1])
    return [tokens.start[tokens.sentences[number][0]] for number in changes]
