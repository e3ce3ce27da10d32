"""Which words report speech, writing, thought or intention: the lexicon of cues and where a report uses it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any, cast

from dragoman import lexicon
from dragoman.types import Act, Stance, Tokens

SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "expl")
_LONGEST_FORM = 4
_BEFORE = frozenset(("aux", "aux:pass", "advmod", "cop"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One class of cues: the lexicon's id, what it does, and the kinds of content it takes."""

    id: str
    act: Act
    stance: Stance
    takes: frozenset[str] = frozenset()
    options: frozenset[str] = frozenset()
    things: frozenset[str] | None = None
    except_: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    infinitives: frozenset[str] | None = None
    infinitive: Stance | None = None
    denies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a report: its token, the range of tokens that it covers, and the entries that know it."""

    token: int
    first: int
    last: int  # half-open
    form: str
    entries: tuple[Entry, ...]
    negated: bool = False
    passive: bool = False
    misread: bool = False  # a verb that was read as a noun ("..., retailers report.")


@dataclass(frozen=True, slots=True)
class Cues:
    """The lexicon of one language, by form."""

    verbs: dict[str, tuple[Entry, ...]]
    nouns: dict[str, tuple[Entry, ...]]
    adjectives: dict[str, tuple[Entry, ...]]
    adverbs: dict[str, Entry]
    participles: dict[str, Entry]
    adjuncts: tuple[tuple[Entry, tuple[str, ...], frozenset[str], frozenset[str]], ...]
    accounts: tuple[Entry, frozenset[str], frozenset[str], frozenset[str]]
    passives: dict[str, Entry]
    defining: dict[str, Entry]
    refusal: tuple[Entry, frozenset[str], frozenset[str]]
    documents: frozenset[str]
    issuing: frozenset[str]
    writings: frozenset[str]
    denials: frozenset[str]
    interviews: frozenset[str]
    lights: frozenset[str]
    times: frozenset[str]
    occasions: frozenset[str]
    statements: frozenset[str]
    summaries: frozenset[str]


@cache
def load(lang: str) -> Cues:
    """Read the cues of a language.

    Raises:
        LexiconError: when the language has none.
    """
    values = lexicon.read(lang, "cues")
    refusal = values["commentless"][0]
    return Cues(
        verbs=_by_form(values["verbs"]),
        nouns=_by_form(values["nouns"]),
        adjectives=_by_form(values["adjectives"]),
        adverbs={form: _entry(each) for each in values["adverbs"] for form in each["forms"]},
        participles={form: _entry(each) for each in values["participles"] for form in each["forms"]},
        adjuncts=tuple(
            (_entry(each), tuple(each.get("words", ())), frozenset(each.get("heads", ())), frozenset(each.get("cases", ())))
            for each in values["adjuncts"]
            if "determiners" not in each
        ),
        accounts=next(
            (_entry(each), frozenset(each["heads"]), frozenset(each["cases"]), frozenset(each["determiners"]))
            for each in values["adjuncts"]
            if "determiners" in each
        ),
        passives={form: _entry({"act": "speech", "stance": "asserts", **each}) for each in values["passives"] for form in each["forms"]},
        defining={form: _entry(each) for each in values["defining"] for form in each["forms"]},
        refusal=(_entry(refusal), frozenset(refusal["verbs"]), frozenset(refusal["nouns"])),
        documents=frozenset(values["documents"]["forms"]),
        writings=frozenset(values["writings"]["forms"]),
        denials=frozenset(values["denials"]["forms"]),
        issuing=frozenset(values["issuing"]["forms"]),
        interviews=frozenset(values["settings"]["interviews"]),
        lights=frozenset(values["lights"]["forms"]),
        times=frozenset(values["settings"]["times"]),
        summaries=frozenset(values["summaries"]["forms"]),
        statements=frozenset(values["rejoinders"]["statements"]),
        occasions=frozenset((*values["settings"]["occasions"], *values["settings"]["interviews"], *values["documents"]["forms"])),
    )


def _by_form(entries: list[dict[str, Any]]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for values in entries:
        entry = _entry(values)
        only = values.get("only", {})
        for form in values["forms"]:
            takes = frozenset(kind for kind in entry.takes if form in only.get(kind, (form,)))
            found[form] = (*found.get(form, ()), replace(entry, takes=takes))
    return found


def _entry(values: dict[str, Any]) -> Entry:
    options = {name for name in ("hearer", "gerund", "name_only", "copula", "needs_source", "person_only", "no_actor") if values.get(name)}
    if values.get("source"):
        options.add(values["source"])
    return Entry(
        id=values["id"],
        act=cast(Act, values["act"]),
        stance=cast(Stance, values["stance"]),
        takes=frozenset(values.get("takes", ())),
        options=frozenset(options),
        things=frozenset(values["things"]) if "things" in values else None,
        except_=frozenset(values.get("except", ())),
        about=frozenset(values.get("about", ())),
        infinitives=frozenset(values["infinitives"]) if "infinitives" in values else None,
        infinitive=cast("Stance | None", values.get("infinitive")),
        denies=frozenset(values.get("denies", ())),
    )


def find(tokens: Tokens, cues: Cues) -> list[Cue]:
    """Return the words of a report that may be cues, in order; whether one is depends on its content."""
    found: list[Cue] = []
    for token in range(len(tokens)):
        lemma = tokens.lemma[token]
        if tokens.upos[token] == "VERB" and tokens.dep[token] not in ("amod", "compound", "case", "fixed"):
            state = tokens.tag[token] == "VBN" and tokens.word[token].lower() in cues.adjectives
            cue = (_adjective(tokens, token, cues) if state else None) or _verb(tokens, token, cues)
        elif tokens.upos[token] == "NOUN":
            cue = _misread(tokens, token, cues)
            if cue is None and lemma in cues.nouns and tokens.dep[token] != "compound":
                cue = _noun(tokens, token, cues)
        elif tokens.upos[token] == "ADJ" and tokens.word[token].lower() in cues.adjectives:
            cue = _adjective(tokens, token, cues)
        else:
            cue = None
        if cue is not None:
            found.append(cue)
    return found


def _misread(tokens: Tokens, token: int, cues: Cues) -> Cue | None:
    """Read "..., retailers report," as a verb where the grammar saw one noun phrase: between a comma and a stop, after a noun or name."""
    begin, end = tokens.sentences[tokens.sentence[token]]
    word = tokens.word[token].lower()
    stem = next((each for each in (word, *_stems(word)) if each in _TWOFOLD), None)
    if stem is None or token - begin < 4 or (token + 1 < end and tokens.word[token + 1] not in (",", ".", ";", ":", '"', "”")):
        return None
    first = token
    while first > begin and token - first < 9 and tokens.upos[first - 1] in ("NOUN", "PROPN", "DET", "ADJ", "ADP", "PART", "NUM"):
        first -= 1
    if first == token or tokens.word[first - 1] != "," or tokens.upos[token - 1] not in ("NOUN", "PROPN"):
        return None
    plural = tokens.tag[token - 1] in ("NNS", "NNPS")
    if plural == (word != stem):
        return None
    return Cue(token, token, token + 1, stem, cues.verbs[stem], misread=True)


_TWOFOLD = frozenset(
    ("report", "show", "claim", "note", "estimate", "fear", "reckon", "warn", "joke", "forecast", "suggest", "project", "state", "hope")
)


def relemma(tokens: Tokens, cues: Cues) -> Tokens:
    """Return the tokens with lemmas in lower case, verbs of the lexicon recognised by their endings where the tag misled."""
    known = {form.split(" ")[0] for form in cues.verbs}
    lemmas = []
    for lemma, word, upos in zip(tokens.lemma, tokens.word, tokens.upos, strict=True):
        lower = lemma.lower()
        if upos == "VERB" and lower not in known:
            lower = next((stem for stem in _stems(word.lower()) if stem in known), lower)
        lemmas.append(lower)
    return replace(tokens, lemma=tuple(lemmas))


def _stems(word: str) -> list[str]:
    """Return what an inflected form may come from, likeliest first."""
    found: list[str] = []
    for ending, others in (("ies", ("y",)), ("es", ("e", "")), ("s", ("",)), ("ied", ("y",)), ("ed", ("e", "")), ("ing", ("e", ""))):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)]
            found.extend(stem + other for other in others)
            if len(stem) > 2 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return found


def _verb(tokens: Tokens, token: int, cues: Cues) -> Cue | None:
    lemma, last = tokens.lemma[token], token + 1
    form, entries = lemma, cues.verbs.get(lemma, ())
    for child in tokens.children[token]:
        if child == token + 1 or tokens.dep[child] == "compound:prt":
            longer = f"{lemma} {tokens.lemma[child]}"
            if longer in cues.verbs:
                form, entries, last = longer, cues.verbs[longer], child + 1
    for length in range(_LONGEST_FORM, 1, -1):
        longer = " ".join(tokens.lemma[token : token + length])
        if (
            last < token + length <= len(tokens)
            and longer in cues.verbs
            and not (tokens.lemma[token + length - 1] == "to" and "VB" in tokens.tag[token + length : token + length + 1])
        ):
            form, entries, last = longer, cues.verbs[longer] + entries, token + length
            break
    if not entries:
        return None
    if last - token > _LONGEST_FORM:
        last = token + 1
    first, negated = before(tokens, token, cues)
    return Cue(token, first, last, form, entries, negated, is_passive(tokens, token))


def is_passive(tokens: Tokens, token: int) -> bool:
    """Tell whether a verb is passive: an auxiliary or subject says so, or it is a bare participle after its noun."""
    deps = {tokens.dep[child] for child in tokens.children[token]}
    if "aux:pass" in deps or "nsubj:pass" in deps:
        return True
    bare = tokens.tag[token] == "VBN" and "aux" not in deps and "nsubj" not in deps
    return (
        bare and tokens.dep[token] in ("acl", "advcl", "conj") and (tokens.dep[token] != "conj" or is_passive(tokens, tokens.head[token]))
    )


def before(tokens: Tokens, token: int, cues: Cues) -> tuple[int, bool]:
    """Return where the verb group of ``token`` begins (auxiliaries, adverbs, the verb it hangs on), and whether it is negated."""
    first, verb = token, token
    negated = any(tokens.lemma[child] in ("not", "never", "n't", "n’t") for child in tokens.children[token])
    while first > tokens.sentences[tokens.sentence[token]][0]:
        previous = first - 1
        if tokens.head[previous] == verb and (tokens.dep[previous] in _BEFORE or _is_to(tokens, previous)):
            if tokens.dep[previous] == "advmod" and tokens.upos[previous] not in ("ADV", "PART"):
                break
            first = previous
        elif tokens.head[verb] == previous and tokens.dep[verb] == "xcomp" and tokens.lemma[previous] in cues.lights:
            first = verb = previous
        else:
            break
    while first < token and tokens.dep[first] == "advmod" and tokens.tag[first] in ("WRB",):
        first += 1
    return first, negated


def _is_to(tokens: Tokens, token: int) -> bool:
    return tokens.dep[token] == "mark" and tokens.lemma[token] == "to"


def _noun(tokens: Tokens, token: int, cues: Cues) -> Cue:
    first = token
    while first > 0 and tokens.head[first - 1] == token and tokens.dep[first - 1] in ("amod", "compound", "advmod"):
        first -= 1
    return Cue(token, first, token + 1, tokens.lemma[token], cues.nouns[tokens.lemma[token]])


def _adjective(tokens: Tokens, token: int, cues: Cues) -> Cue | None:
    stays = tokens.dep[token] == "xcomp" and tokens.lemma[tokens.head[token]] in ("remain", "become", "stay", "feel", "seem", "sound")
    if tokens.dep[token] == "amod" or not (stays or tokens.child(token, "cop", "aux:pass") is not None):
        return None
    first, negated = before(tokens, token, cues)
    lemma = tokens.word[token].lower()
    return Cue(token, first, token + 1, lemma, cues.adjectives[lemma], negated)
