"""Learn the lemma table from treebanks and the PropBank list: ``python training/lemmas.py DATA``.

Every word of a class (part of speech, tag, letter case) says how its lemma is made: strip so many
letters, add others. A suffix gets a row where most words that end in it are edited alike and a
shorter suffix would edit them otherwise; what still comes out wrong gets a row of its own. Verbs,
nouns and adjectives of the PropBank list enter in their regular inflected forms, irregular ones
from ``irregular.tsv``.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from dragoman import lexicon, resources
from dragoman.encoder.lemma import Edit, find, word_class

LONGEST = 6  # letters of a learnt suffix
Pairs = dict[str, dict[str, Counter[Edit]]]
IRREGULAR = Path(__file__).with_name("irregular.tsv")
VOWELS = "aeiou"


def edit_of(form: str, lemma: str) -> Edit | None:
    """Return the edit that makes ``lemma`` of ``form``, or None when they share too little."""
    for case, cased in (("k", form), ("l", form.lower()), ("c", form.capitalize())):
        if case == "k" and form.lower() == form:
            continue
        size = 0
        while size < min(len(cased), len(lemma)) and cased[size] == lemma[size]:
            size += 1
        if size == len(cased) == len(lemma) or size >= 2 or (cased.lower() != form.lower()):
            return case, len(cased) - size, lemma[size:]
    return "l", len(form), lemma


def add(pairs: Pairs, form: str, lemma: str, classes: tuple[str, str], *, weight: int = 1) -> None:
    """Count one observation of a form with its lemma."""
    form = form.translate(str.maketrans("’‘`´", "''''"))
    edit = edit_of(form, lemma)
    if edit:
        for upos in (classes[0], ""):
            pairs[word_class(form, upos, classes[1])][form.lower()][edit] += weight


def treebank(pairs: Pairs, path: Path) -> None:
    """Count the words of a treebank, misspelt ones left out."""
    for line in path.open(encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) != 10 or not cells[0].isdigit() or cells[2] == "_" or "Typo=Yes" in cells[5]:
            continue
        if cells[3] == "NUM" and cells[1][0].isdecimal():
            continue
        add(pairs, cells[1], cells[2], (cells[3], cells[4]), weight=2)


def propbank(pairs: Pairs, path: Path) -> None:
    """Count the regular inflected forms of the list's verbs, nouns and adjectives."""
    irregular = {line.split("\t")[1] for line in IRREGULAR.read_text(encoding="utf-8").split("\n") if line.startswith("V")}
    aliases = sorted({alias for line in path.open(encoding="utf-8") for alias in line.split("\t")[2].strip().split(",")})
    for alias in aliases:
        lemma, _, kind = alias.rpartition("/")
        if not re.fullmatch("[a-z]{2,}", lemma):
            continue
        if kind == "v":
            add(pairs, lemma, lemma, ("VERB", "VB"))
            add(pairs, plural(lemma), lemma, ("VERB", "VBZ"))
            for base in stems(lemma):
                add(pairs, base + "ing", lemma, ("VERB", "VBG"))
                if lemma not in irregular:
                    add(pairs, base + "ed", lemma, ("VERB", "VBD"))
        elif kind == "n":
            add(pairs, lemma, lemma, ("NOUN", "NN"))
            add(pairs, plural(lemma), lemma, ("NOUN", "NNS"))
        elif kind == "j":
            add(pairs, lemma, lemma, ("ADJ", "JJ"))


def irregular(pairs: Pairs) -> None:
    """Count irregular verbs and plurals."""
    for line in IRREGULAR.read_text(encoding="utf-8").split("\n"):
        kind, _, rest = line.partition("\t")
        cells = rest.split("\t")
        if kind == "V":
            for form in (form for cell in cells[1:] for form in cell.split("/")):
                add(pairs, form, cells[0], ("VERB", "VBD"))
        elif kind == "N":
            for form in cells[1].split("/"):
                add(pairs, form, cells[0], ("NOUN", "NNS"))


def peoples(pairs: Pairs) -> None:
    """Count the adjectives of states: they keep their capital."""
    for state in lexicon.read("en", "countries"):
        for form in state.get("adjectives", ()):
            if form.isalpha():
                add(pairs, form, form, ("ADJ", "JJ"))


def plural(word: str) -> str:
    """Return the regular form in -s."""
    if re.search("(?:s|x|z|ch|sh)$", word):
        return word + "es"
    if re.search("[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search("[^aeiou]o$", word) else "s")


def stems(word: str) -> Iterator[str]:
    """Yield what -ing and -ed may follow."""
    if word.endswith("ie"):
        yield word[:-2] + "y"
    elif word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        yield word[:-1]
    elif re.search("(?:^|[^aeiou])[aeiou][bdfgklmnprtvz]$", word):
        doubles = len(re.findall("[aeiouy]+", word)) == 1
        if doubles or word.endswith(("el", "al", "il", "ol", "it", "er", "ur", "ap", "ip", "op", "ut", "eg", "ic")):
            yield word + word[-1]
        if not doubles:
            yield word
    else:
        yield word


def learn(words: dict[str, Counter[Edit]]) -> dict[str, Edit]:
    """Return the fewest suffixes that edit most words of a class rightly, and the rest word by word."""
    best = {form: max(sorted(edits), key=edits.__getitem__) for form, edits in words.items()}
    counts: dict[str, Counter[Edit]] = defaultdict(Counter)
    for form, edit in best.items():
        for length in range(min(LONGEST, len(form)) + 1):
            counts[form[len(form) - length :]][edit] += 1
    rules: dict[str, Edit] = {}
    for suffix in sorted(counts, key=lambda each: (len(each), each)):
        edit, times = max(sorted(counts[suffix].items()), key=lambda each: each[1])
        strip_fits = edit[1] <= len(suffix) or len(suffix) == 0
        if suffix and (times < 2 or not strip_fits or times < 0.6 * sum(counts[suffix].values())):
            continue
        if not suffix or find(rules, suffix) != edit:
            rules[suffix] = edit
    for form in sorted(best):
        if find(rules, form) != best[form]:
            rules["^" + form] = best[form]
    return rules


def main() -> None:
    """Read the data folder and write the table into the package."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with treebank/ and propbank/")
    data = parser.parse_args().data
    pairs: Pairs = defaultdict(lambda: defaultdict(Counter))
    for path in sorted((data / "treebank").glob("*-train.conllu")):
        treebank(pairs, path)
    propbank(pairs, data / "propbank" / "propbank_rolesets.tsv")
    irregular(pairs)
    peoples(pairs)
    rows = [
        f"{name}\t{suffix}\t{edit[0]}{edit[1]}{edit[2]}"
        for name in sorted(pairs)
        for suffix, edit in sorted(learn(pairs[name]).items(), key=lambda each: (each[0][:1] == "^", each[0]))
    ]
    target = resources.DATA / "lemmas.tsv"
    target.write_text("# Written by training/lemmas.py: word class, suffix (^: whole word), edit.\n" + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(rows)} rows in {target}")


if __name__ == "__main__":
    main()
