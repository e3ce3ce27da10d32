"""Mentions: the words of a report that may name someone.

Three kinds are found: names (the encoder's, and those that the knowledge base has; the longest wins),
nouns for persons, groups and bodies with their phrase, and personal pronouns. Who they are is for
the actor stage to say. Mentions stand in the order of their head words, at most one a word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from dragoman.config import Config
from dragoman.stages.actor import knowledge
from dragoman.stages.actor.knowledge import Knowledge
from dragoman.stages.actor.phrases import NOMINAL, QUOTES, agent_at, institution_at, is_count, is_plural, is_teller, phrase, relative_of
from dragoman.types import Mention, Name, Reading, Tokens

PRONOUNS = frozenset(
    [
        "i",
        "me",
        "my",
        "mine",
        "we",
        "us",
        "our",
        "ours",
        "he",
        "him",
        "his",
        "she",
        "her",
        "hers",
        "they",
        "them",
        "their",
        "theirs",
        "it",
        "its",
        "himself",
        "herself",
        "themselves",
        "itself",
    ]
)
_CALENDAR = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "gmt",
        "utc",
        "est",
        "am",
        "pm",
    ]
)
_CONDITIONS = frozenset(
    {
        "affair",
        "affairs",
        "alarm",
        "alert",
        "calamity",
        "chaos",
        "collapse",
        "disaster",
        "emergency",
        "mind",
        "play",
        "shock",
        "siege",
        "war",
    }
)
_ARTICLES = frozenset({"a", "an", "her", "his", "its", "our", "that", "the", "their", "these", "this", "those"})
_INNER = frozenset({"amod", "compound", "nmod:desc", "flat", "fixed", "goeswith", "reparandum"})
_LABELS = {
    "state": "LOC",
    "capital": "LOC",
    "seat": "LOC",
    "adjective": "MISC",
    "demonym": "MISC",
    "people": "MISC",
    "organisation": "ORG",
    "outlet": "ORG",
    "person": "PER",
}


def load(config: Config) -> Callable[[Reading], Reading]:
    """Return the mention stage for a config; it fills ``Reading.mentions``.

    Raises:
        LexiconError: when the language's actor lexicons are missing.
    """
    know = knowledge.load(config.lang, config.lexicon)

    def run(reading: Reading) -> Reading:
        return replace(reading, mentions=find(know, reading.grammar.tokens))

    return run


def find(know: Knowledge, tokens: Tokens) -> tuple[Mention, ...]:
    """Return the mentions of a report in the order of their head words."""
    found: dict[int, Mention] = {}
    covered = bytearray(len(tokens))
    starts: dict[int, str | None] = {}
    for first, last, label in _names(know, tokens):
        head = head_of(tokens, first, last)
        starts[first] = label if label != "ORG" or not _is_state(know, tokens, first, last) else "LOC"
        covered[first:last] = b"\x01" * (last - first)
        found.setdefault(head, Mention(first, last, head, "name", tokens.span(first, last), label))
    for index in range(len(tokens)):
        if covered[index] or index in found:
            continue
        if _is_pronoun(tokens, index):
            found[index] = Mention(index, index + 1, index, "pronoun", tokens.span(index, index + 1))
        elif is_count(know, tokens, index) or (_is_nominal(know, tokens, index) and not titles_name(know, tokens, index, starts=starts)):
            agent = agent_at(know, tokens, index)
            if agent is not None and agent[2] > index + 1:
                covered[index + 1 : agent[2]] = b"\x01" * (agent[2] - index - 1)
            first, last = phrase(tokens, index)
            found[index] = Mention(first, last, index, "nominal", tokens.span(first, last))
    return tuple(found[head] for head in sorted(found))


def _is_pronoun(tokens: Tokens, index: int) -> bool:
    if tokens.tag[index] in ("PRP", "PRP$") or tokens.upos[index] == "PRON":
        return (tokens.word[index].lower() in PRONOUNS and tokens.dep[index] != "expl") or relative_of(tokens, index) is not None
    return relative_of(tokens, index) is not None


def titles_name(know: Knowledge, tokens: Tokens, index: int, *, starts: Mapping[int, str | None]) -> bool:
    """Tell whether a noun is the title or class word right before a name, and so no mention of its own."""
    after = index + 1
    agent = agent_at(know, tokens, index)
    if agent is not None and "of" in agent[0].form:
        after = agent[2]
    if after not in starts or starts[after] in ("LOC", "MISC") or tokens.sentence[index] != tokens.sentence[after]:
        return False
    if is_plural(tokens, index) and tokens.head[index] != after:
        return False
    clause = tokens.head[after]
    return not (tokens.dep[after] == "nsubj" and clause >= 0 and tokens.dep[clause].startswith("acl") and tokens.head[clause] == index)


def _is_state(know: Knowledge, tokens: Tokens, first: int, last: int) -> bool:
    entries = know.lookup(tokens.word[first:last])
    return bool(entries) and entries[0].what in ("state", "capital", "seat", "adjective", "demonym", "people")


def head_of(tokens: Tokens, first: int, last: int) -> int:
    """Return the word of a range that is governed from outside it; the last of several that are nouns."""
    roots = [index for index in range(first, last) if not first <= tokens.head[index] < last]
    nouns = [index for index in roots if tokens.upos[index] in NOMINAL] or [index for index in roots if tokens.upos[index] == "ADJ"]
    for pick in (nouns, roots):
        if pick:
            return pick[-1] if tokens.dep[pick[0]] in ("compound", "amod", "nmod:desc") else pick[0]
    return last - 1


def _is_nominal(know: Knowledge, tokens: Tokens, index: int) -> bool:
    if tokens.upos[index] not in NOMINAL and not (tokens.dep[index] == "appos" and (tokens.lemma[index].lower(),) in know.agents):
        return False
    if tokens.dep[index] in _INNER:
        return False
    words = know.words
    lemma = tokens.lemma[index].lower()
    if lemma == "force" and not is_plural(tokens, index):
        return any(tokens.dep[child] in ("amod", "compound", "nmod:poss", "nmod") for child in tokens.children[index])
    if lemma == "justice" and not is_plural(tokens, index):
        return False
    if lemma == "state" and any(tokens.lemma[child].lower() in _CONDITIONS for child in tokens.children[index]):
        return False
    if lemma == "side":
        return is_plural(tokens, index) or any(tokens.dep[child] in ("amod", "nmod:poss") for child in tokens.children[index])
    if lemma in words.people or lemma in words.civilian or lemma in words.states or lemma in words.carriers or lemma in words.bodies_again:
        return True
    if lemma == "head" and any(tokens.tag[child] == "PRP$" for child in tokens.children[index]):
        return False
    if is_teller(know, tokens, index):
        return True
    if lemma == "power":
        return any(tokens.lemma[child].lower() == "colonial" for child in tokens.children[index])
    return agent_at(know, tokens, index) is not None or institution_at(know, tokens, index) is not None


def _names(know: Knowledge, tokens: Tokens) -> list[tuple[int, int, str | None]]:
    known = [(first, last, _label(know, tokens, first, last)) for first, last in knowledge.match_names(know, tokens.word)]
    seen = [
        (first, last, "LOC" if _nation(know, tokens, first, name.last) == last else name.label)
        for name in _joined(know, tokens)
        for first, last in _parts(know, tokens, *_beside(known, name))
    ]
    labels = {(first, last): label for first, last, label in seen}
    ranges: list[tuple[int, int, int, str | None]] = []
    ranges += [(last - first, 1, first, labels.get((first, last), label)) for first, last, label in known]
    ranges += [(last - first, 0, first, _better(know, tokens, first, last) or label) for first, last, label in seen]
    taken = bytearray(len(tokens))
    kept: list[tuple[int, int, str | None]] = []
    for size, _, first, label in sorted(ranges, key=lambda row: (-row[0], -row[1], row[2])):
        if not any(taken[first : first + size]):
            taken[first : first + size] = b"\x01" * size
            kept.append((first, first + size, label))
    kept += _proper(know, tokens, taken)
    return sorted(kept, key=lambda row: row[:2])


def _beside(known: list[tuple[int, int, str | None]], name: Name) -> tuple[int, int]:
    """Return where a name of the encoder lies that begins inside a known one: behind it for a person, with it for a body."""
    place = bisect_left(known, name.first, key=lambda row: row[0]) - 1
    if place < 0 or not known[place][0] < name.first < known[place][1] < name.last:
        return name.first, name.last
    return (known[place][1] if name.label == "PER" else known[place][0]), name.last


def _joined(know: Knowledge, tokens: Tokens) -> Iterator[Name]:
    """Yield the encoder's names, two that stand side by side as one when the first depends on the second ("African" "Union")."""
    held: Name | None = None
    for name in tokens.names:
        if held is not None and held.last == name.first and _one(know, tokens, held, name):
            held = Name(held.first, name.last, name.label, min(held.score, name.score))
            continue
        if held is not None:
            yield held
        held = name
    if held is not None:
        yield held


def _one(know: Knowledge, tokens: Tokens, left: Name, right: Name) -> bool:
    if know.lookup(tokens.word[left.first : left.last]) or know.lookup(tokens.word[right.first : right.last]):
        return False
    if "PER" in (left.label, right.label):
        named = all(tokens.upos[index] == "PROPN" for index in range(left.first, right.last))
        return named and not _is_common(know, tokens, left.first, left.last)
    return tokens.head[left.last - 1] == right.last - 1 and tokens.dep[left.last - 1] in ("amod", "compound")


def _label(know: Knowledge, tokens: Tokens, first: int, last: int) -> str | None:
    entries = know.lookup(tokens.word[first:last])
    return _LABELS.get(entries[0].what) if entries else None


def _better(know: Knowledge, tokens: Tokens, first: int, last: int) -> str | None:
    """Return PER for a range that the encoder calls otherwise though a title stands before it."""
    if first == 0 or tokens.upos[first] != "PROPN":
        return None
    before = tokens.word[first - 1].lower()
    return "PER" if before in know.words.male or before in know.words.female or before in know.words.honorifics else None


def _parts(know: Knowledge, tokens: Tokens, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield a name of the encoder without article, title and genitive; cut where a genitive stands inside."""
    last = min(last, len(tokens))
    start = max(first, 0)
    while (
        last + 1 < len(tokens)
        and tokens.word[last] in ("-", "‑", "–")
        and tokens.start[last] == tokens.end[last - 1]
        and tokens.start[last + 1] == tokens.end[last]
    ):
        if tokens.tag[last + 1] in ("VBN", "VBD", "VBG", "JJ"):
            break
        last += 2
    for index in range(start, last):
        if tokens.tag[index] == "POS":
            yield from _trimmed(know, tokens, start, index)
            start = index + 1
    yield from _trimmed(know, tokens, start, last)


def _trimmed(know: Knowledge, tokens: Tokens, first: int, last: int) -> Iterator[tuple[int, int]]:
    def loose(index: int) -> bool:
        article = tokens.upos[index] == "DET" and (tokens.word[index].islower() or tokens.word[index].lower() in _ARTICLES)
        return article or tokens.upos[index] in ("PUNCT", "CCONJ") or tokens.word[index] in QUOTES

    while first < last and (loose(first) or tokens.upos[first] == "ADP"):
        first += 1
    while first < last and (loose(last - 1) or tokens.upos[last - 1] == "ADP") and not tokens.word[last - 1].endswith("."):
        last -= 1
    nation = _nation(know, tokens, first, last)
    if nation > first:
        yield first, nation
        first = nation
    first = _behind_title(know, tokens, first, last)
    while last - first > 1 and _is_title(know, tokens, first):
        first += 1
    if first >= last or not any(char.isalnum() for char in tokens.word[first]):
        return
    if all(word.lower() in _CALENDAR or word.isdigit() for word in tokens.word[first:last]):
        return
    if not know.lookup(tokens.word[first:last]) and _is_common(know, tokens, first, last):
        return
    yield first, last


def _nation(know: Knowledge, tokens: Tokens, first: int, last: int) -> int:
    """Return where a place ends that stands before an office in one name ("US" "Secretary"), else ``first``."""
    for size in (2, 1):
        behind = first + size
        agent = know.agents.get((tokens.lemma[behind].lower(),)) if behind < last else None
        if agent is None or agent.kind != "person":
            continue
        if _is_state(know, tokens, first, behind):
            return behind
        officer = behind + 1 < last and agent.sectors[:1] in (("GOV",), ("LEG",), ("JUD",))
        if officer and _is_place_word(know, tokens, first, behind):
            return behind
    return first


def _is_place_word(know: Knowledge, tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether words before an office can be a place ("Texas" Governor), and are no part of the office ("Prime" Minister)."""
    words = tuple(word.lower() for word in tokens.word[first:last])
    office = (*words, tokens.lemma[last].lower())
    if office in know.agents or office in know.words.offices or words in know.words.portfolios:
        return False
    return not any(word in know.words.ranks or word in know.modifiers or word in know.words.abroad for word in words)


def _behind_title(know: Knowledge, tokens: Tokens, first: int, last: int) -> int:
    """Return where a name begins behind an office of several words ("Home Secretary" "Jane Doe"), else where it began."""
    if first > 1 and tokens.word[first - 1].lower() == "of" and last - first > 1:
        for size in (2, 1):
            key = tuple(tokens.word[index].lower() for index in range(first - 2, first + size))
            if first + size < last and key in know.agents:
                return first + size
    start = first + (tokens.word[first].lower() in know.modifiers)
    for size in range(min(4, last - start - 1), 1, -1):
        agent = know.agents.get(tuple(piece for word in tokens.word[start : start + size] for piece in knowledge.pieces(word.lower())))
        if agent is not None and agent.kind == "person" and tokens.upos[start + size] == "PROPN":
            return start + size
    return first


def _is_title(know: Knowledge, tokens: Tokens, index: int) -> bool:
    if tokens.word[index].lower() in know.words.honorifics:
        return True
    if tokens.upos[index + 1] != "PROPN" or tokens.dep[index + 1] == "flat" == tokens.dep[index]:
        return False
    agent = know.agents.get((tokens.lemma[index].lower(),))
    return agent is not None and agent.kind == "person" and len(tokens.children[index]) + (tokens.dep[index] == "nmod:desc") > 0


def _is_common(know: Knowledge, tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether what the encoder calls a name is only an office or body ("Minister", "Foreign Ministry", "Army")."""
    words = tuple(piece for word in tokens.word[first:last] for piece in knowledge.pieces(word.lower()))
    if words in know.agents or words in know.words.offices or (words[0] in know.words.carriers and len(words) == 1):
        return True
    if len(words) == 1 and (words[0] in know.words.abroad or words[0] in know.words.ranks or words[0] in know.modifiers):
        return True
    if len(words) == 1 and last < len(tokens) and (words[0], tokens.lemma[last].lower()) in know.agents:
        return True
    if words in know.words.portfolios and first and tokens.word[first - 1].lower() in ("of", "for"):
        return True
    found = institution_at(know, tokens, head_of(tokens, first, last))
    return found is not None and found[1] <= first and last <= found[2]


def _proper(know: Knowledge, tokens: Tokens, taken: bytearray) -> Iterator[tuple[int, int, str | None]]:
    """Yield the runs of proper nouns that neither the encoder nor the knowledge base has."""
    index = 0
    while index < len(tokens):
        if taken[index] or not _is_proper(know, tokens, index):
            index += 1
            continue
        first = index
        while (
            index < len(tokens)
            and not taken[index]
            and _is_proper(know, tokens, index)
            and tokens.sentence[index] == tokens.sentence[first]
        ):
            index += 1
        person = any(tokens.dep[each] == "flat" for each in range(first, index))
        yield first, index, _better(know, tokens, first, index) or ("PER" if person else None)


def _is_proper(know: Knowledge, tokens: Tokens, index: int) -> bool:
    word = tokens.word[index]
    if tokens.upos[index] != "PROPN" or not word[:1].isupper() or word.lower() in _CALENDAR or len(word) < 2:
        return False
    if tokens.dep[index] in ("nmod:desc", "amod") or word.lower() in know.words.honorifics:
        return False
    if (
        word.lower() in know.words.abroad
        or word.lower() in know.words.ranks
        or (index and (word.lower(),) in know.words.portfolios and tokens.word[index - 1].lower() in ("of", "for"))
    ):
        return False
    after = tokens.lemma[index + 1].lower() if index + 1 < len(tokens) else ""
    if (word.lower(), after) in know.agents:
        return False
    if (word.lower(),) in know.words.portfolios and (after in know.words.carriers or (after,) in know.agents):
        return False
    return agent_at(know, tokens, index) is None and institution_at(know, tokens, index) is None
