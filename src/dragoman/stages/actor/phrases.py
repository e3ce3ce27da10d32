"""Noun phrases: their extent, number, definiteness, and the agent or institution that heads them."""

from __future__ import annotations

from dragoman.stages.actor.knowledge import Agent, Knowledge, pieces
from dragoman.types import Tokens

NOMINAL = frozenset({"NOUN", "PROPN"})
TITLE = frozenset({"nmod:desc", "compound", "flat", "amod", "appos", "nmod"})
PLURAL = frozenset({"NNS", "NNPS"})
QUOTES = frozenset({'"', "“", "”", "``", "''", "„", "«", "»"})

_OUTSIDE = frozenset(
    {
        "acl", "acl:relcl", "advcl", "advcl:relcl", "advmod", "appos", "aux", "aux:pass", "case", "cc", "cc:preconj", "ccomp", "conj", "cop", "csubj",
        "dep", "discourse", "dislocated", "expl", "list", "mark", "nsubj", "nsubj:outer", "nsubj:pass", "obl", "obl:unmarked", "orphan",
        "parataxis", "punct", "reparandum", "vocative", "xcomp",
    }
)  # fmt: skip
_LOOSE = frozenset({"after", "as", "before", "by", "despite", "during", "including", "like", "since", "than", "until"})
_INDEFINITE = frozenset(
    {"a", "an", "some", "several", "many", "few", "another", "no", "any", "other", "two", "three", "hundreds", "dozens"}
)
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "his", "her", "its", "their", "our", "my", "your"})


def phrase(tokens: Tokens, head: int) -> tuple[int, int]:
    """Return the token range of the noun phrase of ``head``, without clauses, appositives and other conjuncts."""
    keep = {head}
    open_ = [head]
    while open_:
        top = open_.pop()
        predicate = top == head and any(tokens.dep[child] in ("cop", "nsubj") for child in tokens.children[top])
        for child in tokens.children[top]:
            dep = tokens.dep[child]
            if top == head and dep in _OUTSIDE:
                continue
            if top != head and dep in ("acl:relcl", "parataxis", "advcl"):
                continue
            if dep == "nmod" and case_of(tokens, child) in _LOOSE:
                continue
            if predicate and child < head and dep in ("advmod", "nmod:unmarked", "obl"):
                continue
            keep.add(child)
            open_.append(child)
    first = last = head
    while first - 1 in keep or (first - 2 in keep and _joins(tokens, first - 1)):
        first -= 1
    while last + 1 in keep or (last + 2 in keep and _joins(tokens, last + 1)):
        last += 1
    while first < head and (tokens.word[first] in QUOTES or tokens.upos[first] in ("PUNCT", "ADP", "SCONJ", "CCONJ")):
        first += 1
    while last > head and (tokens.upos[last] in ("PUNCT", "CCONJ") or tokens.tag[last] == "POS"):
        last -= 1
    return first, last + 1


def _joins(tokens: Tokens, index: int) -> bool:
    return 0 <= index < len(tokens) and tokens.word[index] in ("-", "–", "/", "&", "'", "’")


def is_plural(tokens: Tokens, head: int) -> bool:
    """Tell whether a noun is plural by its tag."""
    return tokens.tag[head] in PLURAL


def is_noun(know: Knowledge, tokens: Tokens, index: int) -> bool:
    """Tell whether a word is a noun, by its part of speech or because it is a word for a spokesman, member or leader."""
    return tokens.upos[index] in NOMINAL or tokens.tag[index].startswith("NN") or tokens.lemma[index].lower() in know.words.carriers


def determiner(tokens: Tokens, head: int) -> str | None:
    """Return the lower-case determiner or possessive pronoun of a noun, if it has one."""
    for child in tokens.children[head]:
        if (
            child < head
            and tokens.dep[child] in ("det", "det:predet", "nmod:poss", "nummod")
            and tokens.tag[child] in ("DT", "PDT", "PRP$", "CD", "WP$")
        ):
            return tokens.word[child].lower()
    return None


def is_definite(tokens: Tokens, head: int) -> bool:
    """Tell whether a noun phrase points to someone known: "the", "this", a possessor."""
    word = determiner(tokens, head)
    return word in _DEFINITE or any(tokens.dep[child] == "nmod:poss" for child in tokens.children[head])


def is_indefinite(tokens: Tokens, head: int) -> bool:
    """Tell whether a noun phrase introduces someone: "a", "some", a number without "the"."""
    word = determiner(tokens, head)
    if word in _DEFINITE:
        return False
    if word in _INDEFINITE:
        return True
    return any(
        tokens.dep[child] == "nummod" or (tokens.dep[child] == "amod" and tokens.word[child].lower() in _INDEFINITE)
        for child in tokens.children[head]
        if child < head
    )


def case_of(tokens: Tokens, head: int) -> str | None:
    """Return the lower-case preposition of a noun, None without one or with 's only."""
    for child in tokens.children[head]:
        if tokens.dep[child] == "case" and tokens.tag[child] != "POS":
            return tokens.word[child].lower()
    return None


def top(tokens: Tokens, head: int) -> int:
    """Climb from a conjunct, appositive, title or part of a name to the word that stands in the clause."""
    for _ in range(8):
        if tokens.dep[head] in ("conj", "appos", "flat", "nmod:desc") and tokens.head[head] >= 0:
            head = tokens.head[head]
        else:
            break
    return head


def _forms(tokens: Tokens, index: int) -> tuple[str, str]:
    return tokens.word[index].lower(), tokens.lemma[index].lower()


def agent_at(know: Knowledge, tokens: Tokens, head: int) -> tuple[Agent, int, int] | None:
    """Return the longest agent form that holds the word ``head``, with its token range.

    Ties go to the form that reaches further left.
    """
    best: tuple[Agent, int, int] | None = None
    for form in dict.fromkeys(_forms(tokens, head)):
        single = know.agents.get((form,) if form.isalnum() else tuple(pieces(form)))
        if single is not None and best is None:
            best = (single, head, head + 1)
    low, high = tokens.sentences[tokens.sentence[head]]
    reach = max((know.agent_words.get(piece, 0) for form in _forms(tokens, head) for piece in pieces(form)[:1]), default=0)
    for size in range(min(reach, 6), 1, -1):
        for first in range(max(low, head - size + 1), min(head, high - size) + 1):
            agent = _window(know, tokens, first, first + size, head)
            if agent is not None:
                return agent, first, first + size
    return best


def _window(know: Knowledge, tokens: Tokens, first: int, last: int, head: int) -> Agent | None:
    inside = [tokens.word[index].lower() for index in range(first, last)]
    if not any(word in know.agent_words for word in inside):
        return None
    if "of" not in inside and any(
        not first <= tokens.head[index] < last and index != head and not _twin(tokens, index, head)
        for index in range(first, last)
        if tokens.upos[index] != "PUNCT" and tokens.tag[index] != "POS"
    ):
        return None
    for form in dict.fromkeys(_forms(tokens, head)):
        words = [*inside[: head - first], form, *inside[head - first + 1 :]]
        agent = know.agents.get(tuple(piece for word in words for piece in pieces(word)))
        if agent is not None:
            return agent
    return None


def _twin(tokens: Tokens, one: int, other: int) -> bool:
    """Tell whether the tree hangs two nouns of one phrase side by side on the same word."""
    return tokens.head[one] == tokens.head[other] >= 0 and tokens.dep[one] == tokens.dep[other] and tokens.upos[one] in NOMINAL


def institution_at(know: Knowledge, tokens: Tokens, head: int) -> tuple[Agent, int, int] | None:
    """Return the institution pattern that the words around ``head`` fit, with its token range."""
    low, high = tokens.sentences[tokens.sentence[head]]
    for form in dict.fromkeys(_forms(tokens, head)):
        for parts, agent in know.institutions.get(form, ()):
            at = parts.index(form)
            first = _fit(tokens, parts[:at][::-1], head - 1, low, -1)
            last = _fit(tokens, parts[at + 1 :], head + 1, high - 1, 1)
            if first is not None and last is not None:
                return agent, first + 1, last
    return None


def _fit(tokens: Tokens, parts: tuple[str, ...], start: int, edge: int, step: int) -> int | None:
    """Walk from ``start`` over the words that ``parts`` name; return the place after the last, or None."""
    index = start
    for place, part in enumerate(parts):
        if (index - edge) * step > 0:
            return None
        if part != "*":
            if tokens.word[index].lower() != part and tokens.lemma[index].lower() != part:
                return None
            index += step
            continue
        taken = 0
        follow = parts[place + 1] if place + 1 < len(parts) else None
        while (index - edge) * step <= 0 and taken < 5 and _open(tokens, index) and tokens.word[index].lower() != follow:
            index += step
            taken += 1
        if not taken:
            return None
    return index


def _open(tokens: Tokens, index: int) -> bool:
    return tokens.upos[index] in ("NOUN", "PROPN", "ADJ", "CCONJ") or tokens.word[index].lower() in ("the", "of")


def relative_of(tokens: Tokens, index: int) -> int | None:
    """Return the noun that a "who", "whom" or "which" of a relative clause stands for, None for other words."""
    if tokens.tag[index] not in ("WP", "WDT") or tokens.word[index].lower() not in ("who", "whom", "which"):
        return None
    head = tokens.head[index]
    for _ in range(5):
        if head < 0:
            return None
        if tokens.dep[head] == "acl:relcl":
            noun = tokens.head[head]
            return noun if 0 <= noun < index else None
        head = tokens.head[head]
    return None


def is_count(know: Knowledge, tokens: Tokens, head: int) -> bool:
    """Tell whether a number or "several" stands for people by itself, as who acts, or to whom something is done."""
    if tokens.tag[head] != "CD" and tokens.word[head].lower() not in know.words.counts:
        return False
    dep, governor = tokens.dep[head], tokens.head[head]
    if dep not in ("nsubj", "nsubj:pass", "obj") or governor < 0 or tokens.upos[governor] != "VERB":
        return False
    if any(tokens.dep[child] == "nmod" or tokens.word[child] in ("$", "%", "€", "£") for child in tokens.children[head]):
        return False
    return (dep == "nsubj" and tokens.tag[head] != "CD") or tokens.lemma[governor].lower() in know.words.harms


def is_teller(know: Knowledge, tokens: Tokens, head: int) -> bool:
    """Tell whether a paper or a town is told as saying something: "a survey found", "the city said", "according to a memo"."""
    lemma, words = tokens.lemma[head].lower(), know.words
    if not (lemma in words.papers or lemma in words.statements or lemma in words.towns):
        return False
    governor = tokens.head[head]
    if any(tokens.word[child].lower() == "according" for child in tokens.children[head]):
        return True
    return tokens.dep[head] == "nsubj" and governor >= 0 and tokens.lemma[governor].lower() in know.words.speech | {"find"}


def portfolio(know: Knowledge, tokens: Tokens, head: int) -> tuple[str, int, int] | None:
    """Return what a minister or ministry is for ("foreign", "defence"), and where it says so."""
    low, high = tokens.sentences[tokens.sentence[head]]
    for size in (3, 2, 1):
        first = head - size
        if first >= low:
            key = tuple(tokens.word[index].lower() for index in range(first, head))
            if key in know.words.portfolios:
                return know.words.portfolios[key], first, head
    after = head + 1
    if after < high and tokens.word[after].lower() in ("of", "for"):
        after += 1
        while after < high and tokens.word[after].lower() in ("the", "national", "state"):
            after += 1
        for size in (3, 2, 1):
            key = tuple(tokens.word[index].lower() for index in range(after, min(after + size, high)))
            if key in know.words.portfolios:
                return know.words.portfolios[key], after, after + len(key)
    return None


def office(know: Knowledge, tokens: Tokens, head: int) -> str:
    """Return the key by which an office is compared: "minister:foreign", "president", "colonel"."""
    low, high = tokens.sentences[tokens.sentence[head]]
    lemma = tokens.lemma[head].lower()
    for size in range(5 if pieces(lemma)[:1] and pieces(lemma)[0] in know.words.office_words else 0, 0, -1):
        for first in range(max(low, head - size + 1), min(head, high - size) + 1):
            words = [tokens.word[index].lower() for index in range(first, first + size)]
            words[head - first] = lemma
            key = know.words.offices.get(tuple(piece for word in words for piece in pieces(word)))
            if key is not None:
                return _ranked(tokens, first, key)
    what = portfolio(know, tokens, head) if lemma in ("minister", "secretary", "ministry", "department") else None
    if what is not None:
        return _ranked(tokens, min(what[1], head), f"{lemma}:{what[0]}")
    return _ranked(tokens, head, lemma)


def _ranked(tokens: Tokens, first: int, key: str) -> str:
    before = tokens.word[first - 1].lower() if first else ""
    if before == "-" and first > 1:
        before = tokens.word[first - 2].lower()
    if before in ("deputy", "vice", "assistant", "junior"):
        return f"deputy {key}"
    return key


def title_before(know: Knowledge, tokens: Tokens, first: int) -> int | None:
    """Return the noun right before a name that begins at ``first`` when it is a title or class word: "Minister", "group"."""
    index = first - 1
    while index >= 0 and tokens.word[index].lower() in know.words.honorifics and tokens.lemma[index].lower() not in know.words.carriers:
        index -= 1
    if index < 0 or tokens.sentence[index] != tokens.sentence[first] or not is_noun(know, tokens, index):
        return None
    for size in (4, 3, 2):
        start = index - size + 1
        if start >= 0 and tokens.sentence[start] == tokens.sentence[first] and tokens.upos[start] in NOMINAL:
            key = tuple(piece for word in tokens.word[start : index + 1] for piece in pieces(word.lower()))
            if "of" in key and (key in know.agents or key in know.words.offices):
                return start
    lemma = tokens.lemma[index].lower()
    words = know.words
    if lemma in words.carriers or lemma in words.people or lemma in words.bodies_again or agent_at(know, tokens, index) is not None:
        return index
    return None
