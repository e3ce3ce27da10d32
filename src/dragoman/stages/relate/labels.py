"""Who calls whom what: naming verbs, hedges, quotation marks as distance, and loaded words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from dragoman import lexicon
from dragoman.stages.attribute import attributions_over
from dragoman.stages.attribute.contents import as_complement
from dragoman.stages.attribute.quotes import scan
from dragoman.stages.relate.phrases import actor_at, case_of, lemma, noun_phrase
from dragoman.types import Actor, Attribution, Evidence, Label, Reading, Span, Tokens, digest

_LONGEST_SCARE = 5


@dataclass(frozen=True, slots=True)
class Names:
    """The lexicon of labels of one language."""

    loaded: dict[str, tuple[str, str]]
    judging: dict[str, str]
    hedges: dict[str, str]
    naming: dict[str, tuple[str, bool, bool]]


@dataclass(frozen=True, slots=True)
class Found:
    """A label in the report: its words, the head word of what it is about, the rule, and whether it is kept at a distance."""

    label: Span
    about: int | None
    about_span: Span
    rule: str
    contested: bool
    by: str | None
    token: int


@cache
def load(lang: str) -> Names:
    """Read the labels of a language.

    Raises:
        LexiconError: when the language has none.
    """
    values = lexicon.read(lang, "labels")
    return Names(
        loaded={form: (entry["id"], entry["of"]) for form, entry in lexicon.forms(values["loaded"])},
        judging={form: entry["id"] for form, entry in lexicon.forms(values["judging"])},
        hedges={form: entry["id"] for form, entry in lexicon.forms(values["hedges"])},
        naming={form: (entry["id"], entry["as"], entry["bare"]) for form, entry in lexicon.forms(values["naming"])},
    )


def find(reading: Reading, names: Names) -> list[Label]:
    """Return the labels of a report in the order of their words; a naming verb or hedge wins over the loaded word inside."""
    tokens = reading.grammar.tokens
    found: list[Found] = []
    cues = _cues(reading)
    for token in range(len(tokens)):
        if tokens.upos[token] == "VERB" and lemma(tokens, token) in names.naming:
            found.extend(_named(reading, token, names, cues))
        hedged = _hedged(reading, token, names)
        if hedged is not None:
            found.append(hedged)
    found.extend(_distanced(reading))
    taken = [each.label for each in found]
    found.extend(each for each in _judged(reading, names) if not _inside(each.label, taken))
    taken = [each.label for each in found]
    found.extend(each for each in _loaded(reading, names) if not _inside(each.label, taken))
    return _finish(reading, _once(reading, found))


def _once(reading: Reading, found: list[Found]) -> Iterator[Found]:
    """Yield each name once for the reporter and once for the voices: who says "the regime" again says nothing new."""
    seen: set[tuple[str, bool]] = set()
    for each in sorted(found, key=lambda item: item.label):
        words = each.label.of(reading.report.text).lower()
        mark = (words.removeprefix("the ").removesuffix("s"), each.by is not None or _voice(reading, each.label) is not None)
        if mark not in seen:
            seen.add(mark)
            yield each


def _inside(span: Span, taken: list[Span]) -> bool:
    return any(other.overlaps(span) for other in taken)


def _finish(reading: Reading, found: Iterable[Found]) -> list[Label]:
    made: list[Label] = []
    seen: set[tuple[Span, Span]] = set()
    ordinals: dict[Span, int] = {}
    for each in sorted(found, key=lambda item: (item.label, item.about_span, item.rule)):
        if (each.label, each.about_span) in seen:
            continue
        seen.add((each.label, each.about_span))
        ordinal = ordinals.get(each.label, 0)
        ordinals[each.label] = ordinal + 1
        about = actor_at(reading, each.about) if each.about is not None else None
        by = each.by if each.by is not None else _voice(reading, each.label)
        ident = digest(reading.report.id, "label", str(each.label.start), str(each.label.end), str(ordinal))
        about_span = _whole(each.about_span, about)
        evidence = (Evidence("label", each.label, each.rule), Evidence("about", about_span, "relate.about"))
        made.append(Label(ident, about, about_span, each.label, by, each.contested or by is not None, 0.7, evidence))
    return made


def _whole(span: Span, about: Actor | None) -> Span:
    """Return the words of an actor where they reach further than the phrase that the grammar gave."""
    if about is None or about.span is None or not about.span.overlaps(span):
        return span
    return about.span if about.span.holds(span) else span


def _voice(reading: Reading, span: Span) -> str | None:
    over = attributions_over(reading, span)
    return over[0].id if over else None


def _cues(reading: Reading) -> dict[int, Attribution]:
    """Return the attributions by the tokens of their cues."""
    tokens = reading.grammar.tokens
    found: dict[int, Attribution] = {}
    for each in reading.attributions:
        for cue in each.cue:
            inside = tokens.within(cue)
            if inside is not None:
                for token in range(*inside):
                    found.setdefault(token, each)
    return found


def _named(reading: Reading, verb: int, names: Names, cues: dict[int, Attribution]) -> Iterator[Found]:
    """Yield "X calls Y a Z", "Y, described by X as Z", "what X calls Z"."""
    tokens = reading.grammar.tokens
    rule, with_as, bare = names.naming[lemma(tokens, verb)]
    name = _name(tokens, verb, with_as=with_as, bare=bare)
    if name is None:
        return
    passive = any(tokens.dep[c] in ("nsubj:pass", "aux:pass") for c in tokens.children[verb])
    participle = tokens.dep[verb] in ("acl", "advcl") and tokens.tag[verb] == "VBN"
    agent = any(tokens.dep[c].startswith("obl") and case_of(tokens, c) == "by" for c in tokens.children[verb])
    if (passive or participle) and bare and not agent:
        return
    if passive:
        about = tokens.child(verb, "nsubj:pass", "nsubj")
    elif participle:
        about = tokens.head[verb]
        if tokens.dep[verb] == "advcl":
            about = tokens.child(about, "nsubj") if about >= 0 else None
    else:
        about = tokens.child(verb, "obj", "iobj")
        about = about if about != name else None
    if about is not None and lemma(tokens, about) in ("which", "that", "who") and tokens.dep[verb] == "acl:relcl":
        about = tokens.head[verb]
    first, last = noun_phrase(tokens, name)
    glued = next((c for c in tokens.children[name] if tokens.dep[c] == "compound" and c == name - 1 and tokens.tag[c] == "NNS"), None)
    if about is None and glued is not None and first < glued:
        held = cues.get(verb)
        voice = held.id if held is not None and held.source is not None else None
        yield Found(tokens.span(name, last), glued, tokens.span(first, name), rule, voice is not None, voice, verb)
        return
    label = tokens.span(first, last)
    what = about is not None and lemma(tokens, about) == "what"
    if about is None and tokens.dep[verb] == "acl:relcl" and not passive:
        about = tokens.head[verb]
        what = lemma(tokens, about) == "what"
    if about is None or about == name:
        return
    if what:
        about_span, head = label, name
    else:
        about_span, head = tokens.span(*noun_phrase(tokens, about)), about
    held = cues.get(verb)
    held = held if held is not None and held.source is not None else None
    yield Found(label, head, about_span, rule, held is not None or what, held.id if held is not None else None, verb)


def _name(tokens: Tokens, verb: int, *, with_as: bool, bare: bool) -> int | None:
    """Return the head of the name that a verb gives."""
    if with_as:
        name = as_complement(tokens, verb)
        if name is not None:
            return _kind_of(tokens, name) if tokens.upos[name] in ("NOUN", "PROPN") else None
    if not bare:
        return None
    for child in tokens.children[verb]:
        named = tokens.dep[child] == "xcomp" and tokens.upos[child] in ("NOUN", "PROPN")
        if child > verb and named and case_of(tokens, child) not in ("to", "as"):
            return child
    objects = [c for c in tokens.children[verb] if c > verb and tokens.dep[c] in ("obj", "iobj")]
    return objects[1] if len(objects) == 2 and tokens.upos[objects[1]] in ("NOUN", "PROPN") else None


def _kind_of(tokens: Tokens, name: int) -> int:
    """Return what "a form of quackery" is a form of."""
    if lemma(tokens, name) not in ("form", "kind", "sort", "type"):
        return name
    return next((c for c in tokens.children[name] if tokens.dep[c] == "nmod" and case_of(tokens, c) == "of"), name)


def _hedged(reading: Reading, token: int, names: Names) -> Found | None:
    """Read "the so-called X", "self-proclaimed president Y", "alleged spies"."""
    tokens = reading.grammar.tokens
    rule, last = _hedge_at(tokens, token, names)
    if rule is None:
        return None
    head = tokens.head[last - 1]
    while last - 1 < head and tokens.dep[head] in ("amod", "compound") and tokens.head[head] > head:
        head = tokens.head[head]
    if head < last or head - last > 6 or tokens.upos[head] not in ("NOUN", "PROPN") or tokens.sentence[head] != tokens.sentence[token]:
        head = last
        end = tokens.sentences[tokens.sentence[token]][1]
        while head < end and tokens.upos[head] in ("ADJ", "PUNCT", "NUM"):
            head += 1
        if head >= end or tokens.upos[head] not in ("NOUN", "PROPN"):
            return None
    stop = head + 1
    while (
        stop < len(tokens)
        and tokens.head[stop] == head
        and tokens.dep[stop] in ("flat", "compound")
        and tokens.upos[stop] == tokens.upos[head]
    ):
        stop += 1
    label = tokens.span(token, stop)
    named = next((c for c in tokens.children[head] if tokens.dep[c] in ("appos", "flat", "nmod:desc") and c > head), None)
    about = named if named is not None and tokens.upos[named] == "PROPN" and tokens.upos[head] == "NOUN" else head
    about_span = tokens.span(*noun_phrase(tokens, about)) if about != head else tokens.span(token, stop)
    return Found(label, about, about_span, rule, True, None, token)


def _hedge_at(tokens: Tokens, token: int, names: Names) -> tuple[str | None, int]:
    """Return the rule of the hedge that begins at a token, and where it ends ("self", "-", "proclaimed" may be three tokens)."""
    word = tokens.word[token].lower()
    end = tokens.sentences[tokens.sentence[token]][1]
    for length in (3, 2, 1):
        if token + length > end - 1:
            continue
        pieces = [tokens.word[i].lower() for i in range(token, token + length)]
        for form in ("".join(pieces), " ".join(pieces)):
            if form in names.hedges and (length > 1 or tokens.dep[token] in ("amod", "advmod", "compound", "nmod", "dep") or "-" in word):
                return names.hedges[form], token + length
    return None, token


def _distanced(reading: Reading) -> Iterator[Found]:
    """Yield short noun phrases in quotation marks that nobody is quoted with: the marks keep the name at a distance."""
    tokens = reading.grammar.tokens
    text = reading.report.text
    direct = [part for each in reading.attributions for part in each.content if each.kind == "direct"]
    spans = {(part.start, part.end) for part in direct}
    for quote in scan(text):
        if quote.depth or not quote.closed or (quote.start, quote.end) in spans or quote.end - quote.start > 80:
            continue
        inside = tokens.within(Span(quote.start + len(quote.mark), max(quote.end - 1, quote.start + len(quote.mark) + 1)))
        if inside is None or not 1 <= inside[1] - inside[0] <= _LONGEST_SCARE or text[quote.end - 2] in ",.!?":
            continue
        head = _head_of(tokens, *inside)
        if head is None or tokens.upos[head] not in ("NOUN",) or tokens.tag[head] not in ("NN", "NNS"):
            continue
        if actor_at(reading, head) is None and not _kept_apart(tokens, *inside):
            continue
        label = tokens.span(*inside)
        yield Found(label, head, label, "label:distance/quotation-marks", True, None, head)


def _kept_apart(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether quoted words that name nobody are a name for something: 'the "humanitarian corridor"', 'a "black site"'."""
    if last - first < 2 or tokens.word[first][:1].isupper() or first < 2 or any(tokens.word[i] == "," for i in range(first, last)):
        return False
    return tokens.upos[first - 2] == "DET" and tokens.upos[first - 1] == "PUNCT"


def _head_of(tokens: Tokens, first: int, last: int) -> int | None:
    """Return the one token of a range whose governor lies outside it."""
    heads = [i for i in range(first, last) if not first <= tokens.head[i] < last]
    return heads[0] if len(heads) == 1 else None


def _judged(reading: Reading, names: Names) -> Iterator[Found]:
    """Yield nouns with an adjective before them that condemns: "the brutal militias", "a barbaric act of murder"."""
    tokens = reading.grammar.tokens
    for token in range(len(tokens)):
        rule = names.judging.get(lemma(tokens, token))
        head = tokens.head[token]
        if (
            rule is None
            or tokens.dep[token] not in ("amod", "compound")
            or not token < head <= token + 3
            or tokens.upos[head] not in ("NOUN", "PROPN")
        ):
            continue
        label = tokens.span(token, head + 1)
        about = _about(tokens, head)
        yield Found(label, about, tokens.span(*noun_phrase(tokens, about)), rule, False, None, token)


def _loaded(reading: Reading, names: Names) -> Iterator[Found]:
    """Yield loaded words for actors; the name in apposition, before or after a copula is what they are about."""
    tokens = reading.grammar.tokens
    for token in range(len(tokens)):
        if tokens.upos[token] not in ("NOUN", "PROPN"):
            continue
        word = lemma(tokens, token)
        first = token
        entry = names.loaded.get(word)
        if token and tokens.head[token - 1] == token and f"{lemma(tokens, token - 1)} {word}" in names.loaded:
            entry, first = names.loaded[f"{lemma(tokens, token - 1)} {word}"], token - 1
        if entry is None or entry[1] != "actor" or tokens.upos[token] == "PROPN":
            continue
        head = token
        if tokens.dep[token] in ("compound", "amod") and token < tokens.head[token] <= token + 2:
            head = tokens.head[token]
            if actor_at(reading, head) is None:
                continue
        about = _about(tokens, head)
        about_span = tokens.span(*noun_phrase(tokens, about))
        yield Found(tokens.span(first, head + 1), about, about_span, entry[0], False, None, token)


def _about(tokens: Tokens, token: int) -> int:
    """Return whom a loaded noun names: the subject of its copula, the noun it stands in apposition to, "regime of X", or itself."""
    if tokens.child(token, "cop") is not None:
        subject = tokens.child(token, "nsubj")
        if subject is not None and tokens.upos[subject] in ("NOUN", "PROPN", "PRON"):
            return subject
    if tokens.dep[token] == "appos" and tokens.head[token] >= 0:
        return tokens.head[token]
    for child in tokens.children[token]:
        if tokens.dep[child] == "appos" and tokens.upos[child] == "PROPN" and child > token:
            return child
        if tokens.dep[child] == "nmod" and child > token and case_of(tokens, child) == "of" and tokens.upos[child] == "PROPN":
            return child
    return token
