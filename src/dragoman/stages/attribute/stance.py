"""Which stance a voice takes: the cue's, unless what is said is a promise, a demand or a denial by its own words."""

from __future__ import annotations

from dragoman.stages.attribute.cues import Cues
from dragoman.stages.attribute.page import Draft, Page
from dragoman.types import Stance, Tokens

_NEGATED: dict[Stance, Stance] = {"asserts": "doubts", "denies": "doubts", "doubts": "asserts", "intends": "denies", "asks": "denies"}
_OWN = frozenset(("i", "we", "he", "she", "they", "it"))
_FUTURE = frozenset(("will", "would", "shall", "’ll", "'ll", "wo"))


def of(here: Page, draft: Draft, cues: Cues) -> Stance:
    """Return the stance of a draft that has a cue."""
    entry = draft.entry
    assert entry is not None
    stance = "denies" if draft.form in entry.denies else entry.stance
    if draft.frame == "infinitive" and entry.infinitive is not None:
        stance = entry.infinitive
    elif draft.frame == "name" and _denied(here, draft, cues):
        stance = "denies"
    elif stance == "asserts" and entry.act in ("speech", "writing") and draft.frame in ("clause", "aside", "quote", "around", "cited"):
        stance = _told(here, draft)
    return _NEGATED[stance] if draft.negated and draft.frame != "refusal" else stance


def _denied(here: Page, draft: Draft, cues: Cues) -> bool:
    """Tell whether the name that something is given denies it ("called the account a lie")."""
    within = here.tokens.within(draft.content[-1])
    return within is not None and any(here.tokens.lemma[i] in cues.denials for i in range(*within))


def _told(here: Page, draft: Draft) -> Stance:
    """Return what a statement is by its own words: a promise in the future of the speaker, a command, or plain."""
    tokens = here.tokens
    within = tokens.within(draft.content[0])
    if within is None:
        return "asserts"
    first, last = within
    while first < last and (tokens.upos[first] == "PUNCT" or tokens.lemma[first] == "that"):
        first += 1
    if first < last and tokens.tag[first] == "VB" and tokens.upos[first] == "VERB" and tokens.word[first][:1].isupper():
        return "asks"
    modal = next((i for i in range(first, last) if tokens.tag[i] == "MD" or tokens.tag[i] in ("VBD", "VBZ", "VBP")), None)
    if modal is None or tokens.tag[modal] != "MD":
        return "asserts"
    if tokens.lemma[modal] in _FUTURE and _own(here, draft, first, modal):
        return "intends"
    return "asserts"


def _own(here: Page, draft: Draft, first: int, modal: int) -> bool:
    """Tell whether the subject before a modal is the speaker, or the country or body that the speaker speaks for."""
    tokens: Tokens = here.tokens
    if modal - first == 1 and tokens.word[first].lower() in _OWN:
        return True
    verb = tokens.head[modal]
    subject = tokens.child(verb, "nsubj") if verb >= 0 else None
    if subject is None or draft.source is None or not first <= subject < modal:
        return False
    speaker, doer = here.actor(draft.source.head), here.actor(subject)
    if speaker is None or doer is None or speaker.country is None:
        return False
    return (
        speaker.country == doer.country
        and speaker.country not in ("XXX", "UNO", "IGO", "NGO")
        and (not speaker.sectors or "GOV" in speaker.sectors)
    )
