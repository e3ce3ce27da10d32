"""What a cue reports: the tokens of its content, by the kinds of content that the lexicon lets it take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.stages.attribute import extent
from dragoman.stages.attribute.cues import SUBJECTS, Cue, Cues, Entry
from dragoman.types import Tokens

_BARE_NAMES = frozenset(("call", "dub", "brand", "label", "term", "christen", "nickname", "deem", "consider"))
_DATES = frozenset(
    (
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "behalf",
        "condition",
        "day",
        "way",
    )
)
_LONGEST_SUBJECT = 4
_QUOTING = frozenset(("cite", "quote"))
_WORRIES = frozenset(("cue:noun/fear", "cue:noun/doubt"))
_TRIMMED = frozenset(("infinitive", "raised", "charge", "preposition", "thing", "name"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


@dataclass(frozen=True, slots=True)
class Found:
    """Content of a cue: token ranges, the kind of content, the head, and where the cue now ends."""

    ranges: tuple[tuple[int, int], ...]
    frame: str
    head: int
    entry: Entry
    cue_last: int


def find(tokens: Tokens, cue: Cue, cues: Cues) -> Found | None:
    """Return what ``cue`` reports by the grammar alone, or None; quotations are looked for elsewhere."""
    if cue.passive and cue.form in cues.passives:
        found = _raised(tokens, cue, cues.passives[cue.form])
        if found is not None:
            return found
    for entry in cue.entries:
        found = _passive(tokens, cue, entry, cues) if cue.passive else next(_active(tokens, cue, entry, cues), None)
        if found is not None:
            return found
    return None


def _active(tokens: Tokens, cue: Cue, entry: Entry, cues: Cues) -> Iterator[Found]:
    takes = entry.takes
    if takes & {"clause", "quote", "that"}:
        yield from _clause(tokens, cue, entry)
    if "hearer-about" in takes:
        yield from _laid_at(tokens, cue, entry)
    if "to" in takes or "object-to" in takes or "hearer-to" in takes:
        yield from _infinitive(tokens, cue, entry)
    if "measure" in takes:
        yield from _measured(tokens, cue, entry)
    if "name" in takes:
        yield from _naming(tokens, cue, entry)
    if "ing" in takes:
        yield from _gerund(tokens, cue, entry)
    yield from _preposition(tokens, cue, entry)
    if takes & {"thing", "statement"}:
        yield from _thing(tokens, cue, entry, cues)
    verb = cue.token
    if takes & {"clause", "quote", "that"} and (
        tokens.dep[verb] == "parataxis" or (tokens.dep[verb] in ("advcl", "ccomp", "dep") and _as(tokens, verb))
    ):
        yield from _around(tokens, cue, entry)


def _found(
    tokens: Tokens, cue: Cue, entry: Entry, *, head: int, frame: str, ranges: list[tuple[int, int]], last: int | None = None
) -> Found | None:
    ranges = [trimmed for each in ranges if (trimmed := extent.trim(tokens, *each)) is not None]
    if ranges and frame in _TRIMMED and ranges[-1][0] >= cue.token:
        ranges[-1] = extent.without_tail(tokens, *ranges[-1], listed=tokens.tag[head] == "VBG")
    return Found(tuple(ranges), frame, head, entry, last or cue.last) if ranges else None


def _clause(tokens: Tokens, cue: Cue, entry: Entry) -> Iterator[Found]:
    """Yield finite complements."""
    verb = cue.token
    children = tokens.children[verb]
    right = [child for child in children if tokens.dep[child] == "ccomp" and child > verb]
    if " " in cue.form and not right:
        inner = [child for token in range(verb + 1, cue.last) for child in tokens.children[token] if child >= cue.last]
        right = [child for child in inner if tokens.dep[child].split(":")[0] in ("ccomp", "csubj", "acl") and _marked_that(tokens, child)][
            :1
        ]
    left = [child for child in children if tokens.dep[child] == "ccomp" and child < verb]
    if not right and tokens.upos[verb] == "NOUN" and entry.id in _WORRIES:
        right = [
            child for child in children if tokens.dep[child].startswith("acl") and _finite(tokens, child) and _bare(tokens, child, cue)
        ]
    if not right:
        right = [
            child
            for child in children
            if tokens.dep[child] in ("parataxis", "xcomp", "advcl", "acl", "acl:relcl")
            and child > verb
            and _finite(tokens, child)
            and (tokens.dep[child] == "parataxis" or _that(tokens, child))
        ][:1]
    for child in (right or left)[:1]:
        phrase = tokens.phrase(child)
        if child > verb and not _that(tokens, child) and ("clause" not in entry.takes or _far(tokens, cue, child)):
            continue
        ranges = extent.without(tokens, phrase, (cue.first, cue.last)) if phrase[0] < cue.first < phrase[1] else [phrase]
        found = _found(tokens, cue, entry, head=child, frame="clause", ranges=ranges)
        if found:
            yield found


def _far(tokens: Tokens, cue: Cue, child: int) -> bool:
    """Tell whether a comma stands between a cue and the subject of a clause without "that": the clause is then no complement."""
    subject = tokens.child(child, *SUBJECTS)
    first = tokens.phrase(subject)[0] if subject is not None and subject < child else tokens.phrase(child)[0]
    return first > cue.last and tokens.word[first - 1] == ","


def _finite(tokens: Tokens, token: int) -> bool:
    return tokens.tag[token] in _FINITE or any(
        tokens.dep[c] in ("aux", "cop", "aux:pass") and tokens.tag[c] in _FINITE for c in tokens.children[token]
    )


def _that(tokens: Tokens, token: int) -> bool:
    if tokens.dep[token] == "acl:relcl" and not any(tokens.dep[c] == "mark" and tokens.lemma[c] == "that" for c in tokens.children[token]):
        return False
    marks = [tokens.lemma[c] for c in tokens.children[token] if tokens.dep[c] in ("mark", "advmod")]
    return bool(marks) and marks[0] in ("that", "whether", "if", "how", "why", "what")


def _bare(tokens: Tokens, child: int, cue: Cue) -> bool:
    """Tell whether a clause without "that" follows a noun at once, with a subject of its own ("fears [it would fail]")."""
    subject = tokens.child(child, *SUBJECTS)
    return subject is not None and tokens.phrase(subject)[0] == cue.last and tokens.tag[subject] not in ("WDT", "WP")


def _marked_that(tokens: Tokens, token: int) -> bool:
    return any(tokens.dep[c] == "mark" and tokens.lemma[c] == "that" for c in tokens.children[token])


def _as(tokens: Tokens, verb: int) -> bool:
    return any(tokens.dep[c] == "mark" and tokens.lemma[c] == "as" for c in tokens.children[verb])


def _around(tokens: Tokens, cue: Cue, entry: Entry) -> Iterator[Found]:
    """Yield the clause around a parenthesis ("Prices, he said, rose") or before one ("Prices rose, he said")."""
    head = tokens.head[cue.token]
    if head < 0 or tokens.child(cue.token, *SUBJECTS) is None:
        return
    first, last = tokens.phrase(head)
    hole = tokens.phrase(cue.token)
    if tokens.dep[head] != "root":
        top = head
        while tokens.dep[top] == "conj":
            top = tokens.head[top]
        first = min(first, tokens.phrase(top)[0]) if top != head and cue.token > head else first
    ranges = extent.without(tokens, (first, last), hole)
    if cue.token > head and not any(tokens.head[i] >= hole[1] or i == head for i in range(hole[1], last)):
        ranges = (
            ranges[:1]
            if not any(tokens.head[i] < hole[0] and tokens.dep[i] not in ("punct", "parataxis", "conj") for i in range(hole[1], last))
            else ranges
        )
    found = _found(tokens, cue, entry, head=head, frame="around", ranges=ranges)
    if found:
        yield found


def _infinitive(tokens: Tokens, cue: Cue, entry: Entry) -> Iterator[Found]:
    verb = cue.token
    under = [c for thing in tokens.children[verb] if tokens.dep[thing] == "obj" for c in tokens.children[thing] if tokens.dep[c] == "acl"]
    for child in (*tokens.children[verb], *(under if entry.takes & {"object-to", "hearer-to"} else ())):
        if child < verb or tokens.dep[child] not in ("xcomp", "ccomp", "advcl", "acl") or not has_to(tokens, child):
            continue
        if (
            tokens.dep[child] in ("advcl", "acl")
            and tokens.upos[verb] == "VERB"
            and tokens.tag[child] != "VBG"
            and not entry.takes & {"object-to", "hearer-to"}
        ):
            continue
        kinds = ("obj", "iobj", "obl") if " " in cue.form or "for" in entry.takes else ("obj", "iobj")
        objects = [c for c in tokens.children[verb] if tokens.dep[c] in kinds and verb < c < child]
        subject = [c for c in tokens.children[child] if tokens.dep[c] == "nsubj" and c < child]
        if entry.infinitives is not None and tokens.lemma[child] not in entry.infinitives:
            continue
        first, last = tokens.phrase(child)
        if objects and "object-to" in entry.takes:
            first = min(first, without_case(tokens, objects[0]))
        elif subject or (objects and "hearer-to" in entry.takes):
            pass
        elif (objects or "to" not in entry.takes) and "object-to" not in entry.takes:
            continue
        found = _found(tokens, cue, entry, head=child, frame="infinitive", ranges=[(first, last)])
        if found:
            yield found


def has_to(tokens: Tokens, token: int) -> bool:
    """Tell whether a word is an infinitive with "to"."""
    return any(tokens.dep[c] == "mark" and tokens.lemma[c] == "to" for c in tokens.children[token])


def without_case(tokens: Tokens, head: int) -> int:
    """Return where the phrase of ``head`` begins when its preposition is left out."""
    first, last = tokens.phrase(head)
    for child in tokens.children[head]:
        if tokens.dep[child] == "case" and child < head:
            first = max(first, child + 1)
    return min(first, last - 1)


def _naming(tokens: Tokens, cue: Cue, entry: Entry) -> Iterator[Found]:
    """Yield an object with what it is called: "called [the vote a farce]", "described [it as a coup]"."""
    verb = cue.token
    thing = tokens.child(verb, "obj", "iobj")
    name = next((c for c in tokens.children[verb] if c > verb and c != thing and tokens.dep[c] == "xcomp"), None)
    if name is None or has_to(tokens, name) or cue.form not in _BARE_NAMES:
        name = as_complement(tokens, verb)
    if name is None and thing is not None and cue.form in _BARE_NAMES:
        name = next(
            (c for c in tokens.children[verb] if c > max(thing, verb) and tokens.dep[c] in ("obj", "iobj") and tokens.upos[c] != "PRON"),
            None,
        )
        if name is not None:
            found = _found(tokens, cue, entry, head=name, frame="name", ranges=_joined(tokens, verb, thing, name))
            if found:
                yield found
        return
    if cue.form in ("compare", "liken"):
        name = next((c for c in tokens.children[verb] if c > verb and c != thing and _cased(tokens, c, "to", "with")), None)
    if name is None:
        return
    if tokens.dep[name] == "xcomp" and has_to(tokens, name):
        return
    ranges = [tokens.phrase(name)] if thing is None else _joined(tokens, verb, thing, name)
    found = _found(tokens, cue, entry, head=name, frame="name", ranges=ranges)
    if found:
        yield found


def _joined(tokens: Tokens, verb: int, thing: int, name: int) -> list[tuple[int, int]]:
    """Return an object and its name as one range, or as two where the verb stands between them."""
    first, last = tokens.phrase(name)
    a, b = tokens.phrase(thing)
    if verb < a <= first:
        return [(a, max(b, last))]
    return [(first, last)] if a < verb else [(a, b), (first, last)]


def as_complement(tokens: Tokens, verb: int) -> int | None:
    """Return the head of "as X" after a verb; a parser often hangs it on the noun between."""
    for child in tokens.children[verb]:
        if child > verb and tokens.dep[child] != "ccomp" and _cased(tokens, child, "as"):
            return child
    for child in tokens.children[verb]:
        if child > verb and tokens.dep[child].split(":")[0] in ("obj", "obl", "iobj"):
            for inner in tokens.children[child]:
                if inner > child and tokens.dep[inner].split(":")[0] in ("nmod", "obl", "acl") and _cased(tokens, inner, "as"):
                    return inner
    return None


def _cased(tokens: Tokens, token: int, *words: str) -> bool:
    return any(tokens.dep[c] in ("case", "mark") and tokens.lemma[c] in words and c < token for c in tokens.children[token])


def _measured(tokens: Tokens, cue: Cue, entry: Entry) -> Iterator[Found]:
    """Yield an object with the figure that it is put at: "put [the number of dead at nine]"."""
    thing = tokens.child(cue.token, "obj")
    figure = next(
        (c for c in tokens.children[cue.token] if c > cue.token and tokens.dep[c].startswith("obl") and _cased(tokens, c, "at")), None
    )
    if thing is None or figure is None or not cue.token < thing < figure:
        return
    words = range(figure, tokens.phrase(figure)[1])
    if not any(
        tokens.upos[i] in ("NUM", "SYM") or tokens.word[i] in ('"', "“") for i in (*range(tokens.phrase(figure)[0], figure), *words)
    ):
        return
    found = _found(tokens, cue, entry, head=thing, frame="measure", ranges=[(tokens.phrase(thing)[0], tokens.phrase(figure)[1])])
    if found:
        yield found


def _laid_at(tokens: Tokens, cue: Cue, entry: Entry) -> Iterator[Found]:
    """Yield what is laid at somebody's door, with its preposition: "accused the army [of shelling]", "thanked them [for it]"."""
    end = tokens.sentences[tokens.sentence[cue.token]][1]
    found = None
    for token in range(cue.last, end):
        if tokens.word[token] in (",", ";", ":") and found is None and tokens.upos[min(token + 1, end - 1)] in ("PRON", "CCONJ", "VERB"):
            break
        if tokens.lemma[token] not in entry.about or tokens.dep[token] not in ("case", "mark") or tokens.head[token] < token:
            continue
        head = tokens.head[token]
        if tokens.tag[head] == "VBG" or (found is None and _branch(tokens, head, cue.token)):
            found = token
        if tokens.tag[head] == "VBG":
            break
    if found is not None:
        head = tokens.head[found]
        made = _found(tokens, cue, entry, head=head, frame="charge", ranges=[(found, max(found + 1, tokens.phrase(head)[1]))])
        if made:
            yield made


def _branch(tokens: Tokens, token: int, verb: int) -> bool:
    """Tell whether a word hangs on a verb, or on its object."""
    upper = tokens.head[token]
    return upper == verb or (upper >= 0 and tokens.head[upper] == verb and tokens.dep[upper].split(":")[0] in ("obj", "nsubj", "obl"))


def _gerund(tokens: Tokens, cue: Cue, entry: Entry) -> Iterator[Found]:
    for child in tokens.children[cue.token]:
        having = any(tokens.dep[c].startswith("aux") and tokens.tag[c] == "VBG" for c in tokens.children[child])
        near = child == cue.last and tokens.dep[child] == "advcl"
        if child > cue.token and (near or tokens.dep[child] in ("xcomp", "ccomp")) and (tokens.tag[child] == "VBG" or having):
            found = _found(tokens, cue, entry, head=child, frame="gerund", ranges=[tokens.phrase(child)])
            if found:
                yield found


def _preposition(tokens: Tokens, cue: Cue, entry: Entry) -> Iterator[Found]:
    """Yield what a preposition of the entry leads to; the preposition belongs to the cue where it stands close."""
    if " " in cue.form and cue.form.split(" ")[-1] in ("to", "on", "upon"):
        yield from _own_preposition(tokens, cue, entry)
        return
    for child in tokens.children[cue.token]:
        if child < cue.token or tokens.dep[child] not in ("obl", "advcl", "ccomp", "xcomp", "nmod", "acl"):
            continue
        cases = [c for c in tokens.children[child] if tokens.dep[c] in ("case", "mark") and c < child]
        if not cases or tokens.lemma[cases[0]] not in entry.takes or tokens.lemma[cases[0]] in ("to", "as"):
            continue
        if (tokens.lemma[child] in _DATES and (tokens.lemma[child] != "day" or tokens.lemma[cases[0]] != "for")) or tokens.dep[child] in (
            "obl:unmarked",
            "obl:tmod",
        ):
            continue
        if "gerund" in entry.options and tokens.tag[child] != "VBG":
            continue
        case = cases[0]
        last = case + 1 if case - cue.last <= 4 else cue.last
        found = _found(tokens, cue, entry, head=child, frame="preposition", ranges=[(case + 1, tokens.phrase(child)[1])], last=last)
        if found:
            yield found


def _own_preposition(tokens: Tokens, cue: Cue, entry: Entry) -> Iterator[Found]:
    """Yield what the preposition of a cue such as "point to" leads to."""
    head = tokens.head[cue.last - 1]
    if "thing" not in entry.takes or head < cue.last or tokens.sentence[head] != tokens.sentence[cue.token]:
        return
    found = _found(tokens, cue, entry, head=head, frame="preposition", ranges=[(cue.last, max(cue.last + 1, tokens.phrase(head)[1]))])
    if found:
        yield found


def _thing(tokens: Tokens, cue: Cue, entry: Entry, cues: Cues) -> Iterator[Found]:
    thing = tokens.child(cue.token, "obj")
    if entry.except_ and tokens.child(cue.token, "iobj") is not None:
        return
    saying = as_complement(tokens, cue.token) if cue.form in _QUOTING else None
    thing = thing if thing is not None or saying is None else tokens.child(cue.token, "iobj")
    if thing is not None and saying is not None and tokens.tag[saying] == "VBG" and cue.token < thing < saying:
        ranges = [(tokens.phrase(thing)[0], tokens.phrase(saying)[1])]
        found = _found(tokens, cue, entry, head=saying, frame="quoting", ranges=ranges)
        if found:
            yield found
        return
    if (
        cue.form == "quote"
        or thing is None
        or (tokens.upos[thing] == "PRON" and tokens.lemma[thing] in ("itself", "himself", "herself", "themselves"))
    ):
        return
    if (thing < cue.token and tokens.upos[thing] != "PRON") or not _is_thing(tokens, thing, entry, cues):
        return
    found = _found(tokens, cue, entry, head=thing, frame="thing", ranges=[tokens.phrase(thing)])
    if found:
        yield found


def _is_thing(tokens: Tokens, thing: int, entry: Entry, cues: Cues) -> bool:
    """Tell whether a noun is of the kind that an entry takes as a thing, or as a statement."""
    if tokens.lemma[thing] in entry.except_ or (tokens.tag[thing] == "WDT" and tokens.lemma[thing] == "that"):
        return False
    if entry.things is not None:
        return tokens.lemma[thing] in entry.things
    return "thing" in entry.takes or tokens.lemma[thing] in cues.statements or tokens.upos[thing] == "PRON"


def _passive(tokens: Tokens, cue: Cue, entry: Entry, cues: Cues) -> Found | None:
    """Return what a passive cue reports: what follows it ("was urged [to leave]", "is accused [of theft]"), a name, or its subject."""
    verb = cue.token
    if "hearer-about" in entry.takes:
        return next(_laid_at(tokens, cue, entry), None)
    subject = tokens.child(verb, "nsubj:pass", "nsubj")
    complement = next((c for c in tokens.children[verb] if c > verb and tokens.dep[c] in ("xcomp", "ccomp")), None)
    if complement is None or has_to(tokens, complement):
        complement = as_complement(tokens, verb) or complement
    told = complement is not None and (_that(tokens, complement) or "hearer" in entry.options)
    if complement is not None and told and tokens.dep[complement] == "ccomp" and entry.takes & {"clause", "that"}:
        return _found(tokens, cue, entry, head=complement, frame="clause", ranges=[tokens.phrase(complement)])
    agent = any(tokens.dep[c] == "obl:agent" or (tokens.dep[c] == "obl" and _cased(tokens, c, "by")) for c in tokens.children[verb])
    if "name" in entry.takes and complement is not None and not has_to(tokens, complement):
        if not agent and not _cased(tokens, complement, "as"):
            return None
        return _found(tokens, cue, entry, head=complement, frame="name", ranges=[tokens.phrase(complement)])
    if (
        complement is not None
        and has_to(tokens, complement)
        and entry.takes & {"object-to", "hearer-to"}
        and (entry.stance == "asks" or "hearer" in entry.options)
    ):
        return _found(tokens, cue, entry, head=complement, frame="infinitive", ranges=[tokens.phrase(complement)])
    if complement is not None and tokens.tag[complement] == "VBG":
        return None
    if "for" in entry.takes:
        return next(_preposition(tokens, cue, entry), None)
    if entry.takes & {"thing", "statement"} and subject is not None and agent and _is_thing(tokens, subject, entry, cues):
        return _found(tokens, cue, entry, head=subject, frame="thing", ranges=[tokens.phrase(subject)])
    return None


def _raised(tokens: Tokens, cue: Cue, entry: Entry) -> Found | None:
    """Return what is said of the subject of a passive: "[the general] is believed [to have fled]"."""
    subject = tokens.child(cue.token, "nsubj:pass", "nsubj")
    infinitive = next(
        (c for c in tokens.children[cue.token] if c > cue.token and tokens.dep[c] in ("xcomp", "ccomp") and has_to(tokens, c)), None
    )
    if infinitive is None:
        return None
    ranges = [tokens.phrase(infinitive)]
    if subject is not None and tokens.tag[subject] not in ("WDT", "WP", "PRP"):
        first, last = tokens.phrase(subject)
        if last == cue.first and last - first <= _LONGEST_SUBJECT:
            ranges.insert(0, (first, last))
    return _found(tokens, cue, entry, head=infinitive, frame="raised", ranges=ranges)
