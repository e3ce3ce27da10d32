"""Who a cue names as the source: the head and the words of the full noun phrase."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dragoman.stages.attribute.cues import Cue, Cues
from dragoman.types import Predicate, Tokens

_RAISING = frozenset(("advcl", "xcomp", "conj", "ccomp", "parataxis"))
_NOT_SOURCE = frozenset(("it", "there", "this", "that"))
_LEFT_OUT = frozenset(("parataxis", "discourse", "cc:preconj", "dep", "list", "vocative", "dislocated", "punct"))
_CLOSERS = frozenset((")", "]", "”", '"', "’", "''"))


@dataclass(frozen=True, slots=True)
class Source:
    """The head word of a source, the token range of its phrase, and the rule that found it."""

    head: int
    first: int
    last: int  # half-open
    rule: str


def find(tokens: Tokens, cue: Cue, cues: Cues, *, predicates: Mapping[int, Predicate]) -> Source | None:
    """Return the source of ``cue``, or None where nobody is named."""
    if tokens.upos[cue.token] == "NOUN":
        return _of_noun(tokens, cue, cues)
    if cue.passive:
        return agent(tokens, cue)
    head, rule = _outer(tokens, cue, cues) or subject(tokens, cue.token)
    if head is None:
        predicate = predicates.get(cue.token)
        argument = predicate.argument("ARG0") if predicate else None
        head, rule = (argument.head, "argument") if argument else (None, "")
    if head is None or head == cue.token:
        return beside(tokens, cue)
    return phrase(tokens, head, cue.token, rule=rule)


def _outer(tokens: Tokens, cue: Cue, cues: Cues) -> tuple[int | None, str] | None:
    """Return the speaker of the verb above for ", adding that ..." that the grammar hung on something he says."""
    if (
        tokens.tag[cue.token] != "VBG"
        or tokens.dep[cue.token] not in ("advcl", "acl", "conj")
        or cue.first == 0
        or tokens.word[cue.first - 1] != ","
    ):
        return None
    crossed, token = False, tokens.head[cue.token]
    while token >= 0:
        if crossed and tokens.upos[token] == "VERB" and tokens.lemma[token] in cues.verbs and tokens.tag[token] in ("VBD", "VBZ", "VBP"):
            head, rule = subject(tokens, token)
            return (head, rule) if head is not None else None
        crossed = crossed or tokens.dep[token] in ("ccomp", "acl", "acl:relcl", "xcomp")
        token = tokens.head[token]
    return None


def subject(tokens: Tokens, verb: int) -> tuple[int | None, str]:
    """Return the subject of a verb, its own or that of the clause it hangs on."""
    seen = 0
    rule = "subject"
    while seen < 6:
        own = tokens.child(verb, "nsubj", "nsubj:outer")
        if own is not None:
            return own, rule
        if tokens.dep[verb] in ("acl", "acl:relcl"):
            return tokens.head[verb], "noun"
        if tokens.dep[verb] not in _RAISING or tokens.head[verb] < 0:
            return None, ""
        upper = tokens.head[verb]
        if tokens.lemma[upper] in ("quote", "cite") and tokens.child(verb, "mark") is not None and tokens.tag[verb] == "VBG":
            quoted = tokens.child(upper, "obj", "iobj")
            if quoted is not None and upper < quoted < verb:
                return quoted, "quoted"
        if tokens.dep[verb] == "xcomp":
            controlled = tokens.child(upper, "obj", "iobj")
            if controlled is not None and controlled < verb and tokens.upos[upper] == "VERB":
                return controlled, "controlled subject"
        if tokens.dep[verb] in ("ccomp", "parataxis") and tokens.tag[verb] not in ("VBG", "VB"):
            return None, ""
        passive = tokens.child(upper, "nsubj:pass")
        if passive is not None and tokens.dep[verb] != "conj":
            return passive, "subject of the clause above"
        verb, rule, seen = upper, "subject of the clause above", seen + 1
    return None, ""


_NOUN_PHRASE = frozenset(("PROPN", "NOUN", "DET", "ADJ", "NUM", "PART", "PRON"))
_LONGEST_RUN = 14


def beside(tokens: Tokens, cue: Cue) -> Source | None:
    """Return the noun phrase that stands right before a finite verb, where the grammar saw no subject."""
    if cue.passive or tokens.tag[cue.token] not in ("VBD", "VBZ", "VBP", "VB", "MD") or tokens.upos[cue.token] != "VERB":
        return None
    begin = tokens.sentences[tokens.sentence[cue.token]][0]
    first = cue.first
    while first > begin and cue.first - first < _LONGEST_RUN and tokens.upos[first - 1] in _NOUN_PHRASE and tokens.tag[first - 1] != "TO":
        first -= 1
    if first == cue.first or (first > begin and tokens.word[first - 1] not in (",", ":", "”", '"', "''", "—", "–")):
        return None
    named = first - 1
    while first > begin and tokens.word[first - 1] == "," and named > begin and tokens.upos[named - 1] == "PROPN":
        named -= 1
    if named < first - 1:
        return run(tokens, named, first - 1)
    return run(tokens, first, cue.first)


def after(tokens: Tokens, cue: Cue) -> Source | None:
    """Return the noun phrase that stands right after a verb ("..., said the head of the mission.")."""
    end = tokens.sentences[tokens.sentence[cue.token]][1]
    last = cue.last
    while (
        last < end and last - cue.last < _LONGEST_RUN and (tokens.upos[last] in _NOUN_PHRASE or tokens.lemma[last] in ("of", "for", "'s"))
    ):
        if tokens.lemma[last] in _DAYS:
            break
        last += 1
    found = run(tokens, cue.last, last)
    return found and Source(found.head, found.first, _apposed(tokens, found.first, found.last, cue.token), found.rule)


def run(tokens: Tokens, first: int, last: int) -> Source | None:
    """Return a stretch of words as a source when it holds a noun; its head is the last name or noun before a preposition."""
    while last > first and tokens.upos[last - 1] in ("DET", "ADP", "PART", "ADJ"):
        last -= 1
    head = None
    for token in range(first, last):
        if tokens.upos[token] == "ADP" and head is not None:
            break
        if tokens.upos[token] in ("PROPN", "NOUN", "PRON") and (token + 1 >= last or tokens.tag[token + 1] != "POS"):
            head = token
    return Source(head, first, last, "attribute.source.beside") if head is not None else None


def agent(tokens: Tokens, cue: Cue) -> Source | None:
    """Return the "by X" of a passive cue."""
    for child in tokens.children[cue.token]:
        by = any(tokens.dep[c] == "case" and tokens.lemma[c] == "by" for c in tokens.children[child])
        if tokens.dep[child] == "obl:agent" or (tokens.dep[child] == "obl" and by):
            return phrase(tokens, child, cue.token, rule="agent")
    return None


def _of_noun(tokens: Tokens, cue: Cue, cues: Cues) -> Source | None:
    """Return who holds a noun: its possessor, "by X", or the subject of the verb that it is the object of."""
    begin = tokens.sentences[tokens.sentence[cue.token]][0]
    owner = tokens.child(cue.token, "nmod:poss")
    if owner is not None:
        return phrase(tokens, owner, cue.token, rule="owner")
    for child in tokens.children[cue.token]:
        if child < cue.token and tokens.dep[child] in ("amod", "compound") and tokens.word[child][:1].isupper() and child > begin:
            return Source(child, child, child + 1, "attribute.source.nationality")
    for child in tokens.children[cue.token]:
        cased = [tokens.lemma[c] for c in tokens.children[child] if tokens.dep[c] == "case"]
        if tokens.dep[child].startswith("nmod") and cased[:1] in (["by"], ["from"]):
            return phrase(tokens, child, cue.token, rule="maker")
    verb = tokens.head[cue.token]
    if verb >= 0 and tokens.dep[cue.token] == "obj" and (tokens.lemma[verb] in cues.issuing or tokens.lemma[verb] in _HAVING):
        head, rule = subject(tokens, verb)
        if head is not None:
            return phrase(tokens, head, cue.token, rule=rule)
    return None


_HAVING = frozenset(
    (
        "have",
        "make",
        "express",
        "voice",
        "announce",
        "issue",
        "take",
        "raise",
        "reiterate",
        "repeat",
        "reveal",
        "unveil",
        "share",
        "harbour",
        "harbor",
    )
)


def antecedent(tokens: Tokens, source: Source) -> Source | None:
    """Return the noun phrase that a relative pronoun stands for, where one is the source ("the ministry, which said ...")."""
    if tokens.tag[source.head] not in ("WP", "WDT") or source.last - source.first > 1:
        return None
    verb = tokens.head[source.head]
    for _ in range(3):
        if verb < 0:
            return None
        if tokens.dep[verb] == "acl:relcl" and tokens.head[verb] < source.head:
            return phrase(tokens, tokens.head[verb], source.head, rule="antecedent")
        verb = tokens.head[verb] if tokens.dep[verb] in ("conj", "xcomp", "ccomp", "aux") else -1
    return None


def bare(tokens: Tokens, source: Source) -> Source:
    """Return a source without what only describes it: an apposition or clause behind a comma, a relative clause, a participle."""
    stop = source.last
    for token in range(source.head + 1, source.last):
        if tokens.word[token] == "," and not _listed(tokens, source, token):
            stop = token
            break
        if tokens.lemma[token] in _DAYS and tokens.lemma[token - 1] in ("on", "last", "late", "early") and token - 1 > source.head:
            stop = token - 1
            break
        relative = tokens.lemma[token] in ("who", "which", "that", "whose", "whom") and tokens.tag[token] in ("WP", "WDT", "WP$")
        participle = tokens.dep[token] == "acl" and tokens.head[token] == source.head and tokens.tag[token] in ("VBN", "VBG", "VB")
        if relative or participle:
            stop = tokens.phrase(token)[0] if participle else token
            break
    stop = max(stop, source.head + 1)
    while stop > source.head + 1 and tokens.upos[stop - 1] in ("PUNCT", "ADP") and tokens.word[stop - 1] not in _CLOSERS:
        stop -= 1
    return Source(source.head, source.first, stop, source.rule)


def _listed(tokens: Tokens, source: Source, comma: int) -> bool:
    """Tell whether a comma stands in a list ("France, Italy and Spain")."""
    return any(tokens.dep[i] == "conj" and source.first <= tokens.head[i] < comma for i in range(comma + 1, source.last)) and any(
        tokens.dep[i] == "cc" for i in range(comma + 1, source.last)
    )


def phrase(tokens: Tokens, head: int, cue: int, *, rule: str) -> Source:
    """Return the noun phrase of ``head`` without its preposition, the cue's own clause and side remarks."""
    inside, open_ = {head}, [head]
    while open_:
        token = open_.pop()
        for child in tokens.children[token]:
            if child == cue or (token == head and _left_out(tokens, child, head)):
                continue
            if child in inside or _holds(tokens, child, cue):
                continue
            inside.add(child)
            open_.append(child)
    first = last = head
    begin, end = tokens.sentences[tokens.sentence[head]]
    while first - 1 in inside or (first - 2 in inside and first - 2 >= begin and tokens.dep[first - 1] == "punct"):
        first -= 1
    while last + 1 in inside or (last + 2 in inside and last + 2 < end and tokens.dep[last + 1] == "punct"):
        last += 1
    last += 1
    first, last = _named(tokens, first, last, cue)
    while last < end and tokens.word[last] == ")" and any(tokens.word[i] == "(" for i in range(first, last)) and last < cue:
        last += 1
    last = _apposed(tokens, first, last, cue)
    if last < min(cue, end) and tokens.word[last] == "," and any(tokens.word[i] == "," for i in range(head, last)):
        last += 1
    return Source(head, first, last, f"attribute.source.{rule.replace(' ', '-')}")


def _named(tokens: Tokens, first: int, last: int, cue: int) -> tuple[int, int]:
    """Widen a phrase over the rest of a name that the grammar left outside ("Vice President John | Q. Doe")."""
    begin, end = tokens.sentences[tokens.sentence[first]]
    if tokens.upos[first] in ("PRON", "DET") and last - first == 1:
        return first, last
    while first > begin and first - 1 > (cue if cue < first else -1) and _part_of_name(tokens, first - 1, first):
        first -= 1
    if (
        last + 1 < end
        and last != cue
        and tokens.word[last] == "."
        and tokens.upos[last - 1] == "PROPN"
        and tokens.upos[last + 1] == "PROPN"
    ):
        last += 2
    while last < end and last != cue and tokens.upos[last] == "PROPN" and tokens.upos[last - 1] in ("PROPN", "NOUN"):
        if tokens.lemma[last] in _DAYS or tokens.dep[last].startswith("obl"):
            break
        last += 1
    if last + 1 < min(cue, end) and tokens.lemma[last] == "and" and tokens.upos[last + 1] == "PROPN" and tokens.upos[last - 1] == "PROPN":
        last += 2
        while last < cue and tokens.upos[last] == "PROPN":
            last += 1
    return first, last


def _part_of_name(tokens: Tokens, token: int, after: int) -> bool:
    """Tell whether ``token`` goes on a name to the left of ``after``: a name, a title, a possessor."""
    if tokens.lemma[token] in _DAYS or tokens.upos[token] not in ("PROPN", "NOUN", "DET", "ADJ", "PART"):
        return False
    if tokens.upos[after] == "PROPN" or tokens.tag[after] == "POS" or tokens.upos[after] == "NOUN":
        if tokens.upos[token] == "PROPN":
            return tokens.upos[after] == "PROPN" or tokens.tag[after] == "POS" or tokens.head[token] >= after
        if tokens.tag[token] == "POS":
            return True
        if tokens.upos[token] == "NOUN":
            return tokens.upos[after] == "PROPN" and tokens.dep[token] in ("compound", "nsubj", "nmod", "nmod:desc")
        return tokens.upos[token] == "DET" and tokens.dep[token] == "det" and tokens.tag[token] == "DT"
    return False


def _apposed(tokens: Tokens, first: int, last: int, cue: int) -> int:
    """Return where a phrase ends with the apposition or relative clause that the grammar left outside (", a writer at X,")."""
    end = tokens.sentences[tokens.sentence[first]][1]
    if last + 2 >= end or tokens.word[last] != "," or tokens.upos[last - 1] in ("PRON", "DET"):
        return last
    opens = last + 1
    opening = tokens.upos[opens] in ("DET", "NOUN", "PROPN", "ADJ", "NUM") or tokens.lemma[opens] in ("who", "whose", "which")
    if not opening or tokens.upos[cue] not in ("VERB", "PUNCT"):
        return last
    if cue > last:
        for token in range(cue - 1, opens, -1):
            if tokens.word[token] == ",":
                inner = [
                    i for i in range(opens, token) if tokens.upos[i] == "VERB" and tokens.dep[i] in ("root", "conj", "parataxis", "ccomp")
                ]
                return token if not inner and cue - token <= 6 else last
        return last
    if tokens.upos[opens] == "PROPN" or tokens.lemma[opens] in _DAYS:
        return last
    for token in range(opens, end):
        if tokens.word[token] in ("“", '"', "``", "''", ";", ":", "—", "–", "―", "--", "”") or (
            tokens.tag[token] == "VBG" and tokens.word[token - 1] == ","
        ):
            stop = token
            while stop > opens and tokens.dep[stop - 1] == "punct":
                stop -= 1
            return stop
        if tokens.tag[token] in ("VBD", "VBZ", "VBP", "MD") and not _relative(tokens, token):
            return last
    stop = end
    while stop > opens and tokens.dep[stop - 1] == "punct":
        stop -= 1
    return stop


def _relative(tokens: Tokens, token: int) -> bool:
    """Tell whether a finite verb belongs to a relative clause (two steps up at most)."""
    for _ in range(3):
        if token < 0:
            return False
        if tokens.dep[token].startswith("acl"):
            return True
        token = tokens.head[token]
    return False


_DAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today", "tomorrow"))


def _holds(tokens: Tokens, token: int, wanted: int) -> bool:
    """Tell whether ``wanted`` depends on ``token``, by whatever way."""
    while wanted >= 0:
        if wanted == token:
            return True
        wanted = tokens.head[wanted]
    return False


def _left_out(tokens: Tokens, child: int, head: int) -> bool:
    dep = tokens.dep[child]
    if dep in _LEFT_OUT or dep in ("case", "mark", "cc") or dep.startswith("advcl"):
        return not (dep == "punct" and tokens.word[child] in ("(", "“", '"', "‘", "''", "``"))
    if dep in ("nmod", "obl") and child > head and any(tokens.dep[c] == "case" and tokens.lemma[c] == "as" for c in tokens.children[child]):
        return True
    if dep == "advmod" and child < head:
        return tokens.lemma[child] in ("even", "also", "only", "meanwhile", "however", "still", "just")
    if dep == "acl" and child > head and tokens.tag[child] == "VBG":
        return tokens.word[min(tokens.phrase(child)[0], child) - 1] == ","
    return dep == "conj" and tokens.upos[child] in ("VERB", "AUX") and tokens.upos[head] != "VERB"
