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
from dragoman.encoder.lemma import case_class, edit_class, find

LONGEST = 6  # letters of a learnt suffix
Pairs = dict[str, dict[str, Counter[str]]]
IRREGULAR = Path(__file__).with_name("irregular.tsv")
SURE = 1000  # weight of what is known to be right


def shared(a: str, b: str) -> int:
    """Return how many letters two words begin with in common."""
    return next((size for size, pair in enumerate(zip(a, b, strict=False)) if pair[0] != pair[1]), min(len(a), len(b)))


def edit_of(form: str, lemma: str) -> str:
    """Return the edit that makes ``lemma`` of ``form``."""
    size = shared(form, lemma)
    return f"{len(form) - size}{lemma[size:]}"


def add(pairs: Pairs, form: str, lemma: str, classes: tuple[str, str], *, weight: int = 1) -> None:
    """Count one observation of a form with its lemma."""
    form = form.translate(str.maketrans("’‘`´", "'" * 4))
    lower = form.lower()
    for upos in (classes[0], ""):
        pairs[edit_class(upos, classes[1])][lower][edit_of(lower, "I" if lemma == "I" else lemma.lower())] += weight
    if lower[:1] != lemma[:1].lower() or not lower[:1].isalpha():
        return
    size = shared(lower, lemma.lower())
    case = "l" if lemma.islower() else "k" if form[:size] == lemma[:size] else "c"
    pairs[case_class(form, *classes)][lower][case] += weight
    if form.islower() and classes[0] != "PROPN" and case == "l" and len(form) > 3:
        pairs[case_class(form.capitalize(), *classes)][lower]["l"] += weight


def treebank(pairs: Pairs, path: Path) -> None:
    """Count the words of a treebank, misspelt ones left out."""
    for line in path.open(encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) != 10 or not cells[0].isdigit() or cells[2] == "_" or ("Typo=Yes" in cells[5] and cells[3] not in ("AUX", "PART")):
            continue
        if cells[3] == "NUM" and cells[1][0].isdecimal():
            continue
        add(pairs, cells[1], cells[2], (cells[3], cells[4]), weight=2)


def propbank(pairs: Pairs, path: Path) -> None:
    """Count the regular inflected forms of the list's verbs, nouns and adjectives."""
    irregular = {line.split("\t")[1] for line in IRREGULAR.read_text(encoding="utf-8").split("\n") if line.startswith("V")}
    listed = 3  # outweighs one wrong lemma in a treebank
    aliases = sorted({alias for line in path.open(encoding="utf-8") for alias in line.split("\t")[2].strip().split(",")})
    for alias in aliases:
        lemma, _, kind = alias.rpartition("/")
        if not re.fullmatch("[a-z]{2,}", lemma):
            continue
        if kind == "v":
            add(pairs, lemma, lemma, ("VERB", "VB"), weight=listed)
            add(pairs, plural(lemma), lemma, ("VERB", "VBZ"), weight=listed)
            for base in stems(lemma):
                add(pairs, base + "ing", lemma, ("VERB", "VBG"), weight=listed)
                if lemma not in irregular:
                    add(pairs, lemma + "d" if lemma.endswith("e") else base + "ed", lemma, ("VERB", "VBD"), weight=listed)
        elif kind == "n":
            add(pairs, lemma, lemma, ("NOUN", "NN"), weight=listed)
            add(pairs, plural(lemma), lemma, ("NOUN", "NNS"), weight=listed)
        elif kind == "j":
            add(pairs, lemma, lemma, ("ADJ", "JJ"), weight=listed)


def irregular(pairs: Pairs) -> None:
    """Count irregular verbs and plurals."""
    for line in IRREGULAR.read_text(encoding="utf-8").split("\n"):
        kind, _, rest = line.partition("\t")
        cells = rest.split("\t")
        if kind == "V":
            for form in (form for cell in cells[1:] for form in cell.split("/")):
                add(pairs, form, cells[0], ("VERB", "VBD"), weight=SURE)
        elif kind == "N":
            for form in cells[1].split("/"):
                add(pairs, form, cells[0], ("NOUN", "NNS"), weight=SURE)


def peoples(pairs: Pairs) -> None:
    """Count the adjectives of states: they keep their capital."""
    for state in lexicon.read("en", "countries"):
        for form in state.get("adjectives", ()):
            if form.isalpha():
                add(pairs, form, form, ("ADJ", "JJ"), weight=SURE)


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
    elif word.endswith("c"):
        yield word + "k"
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


def learn(words: dict[str, Counter[str]]) -> dict[str, str]:
    """Return the fewest suffixes that treat most words of a class rightly, and the rest word by word."""
    best = {form: max(sorted(choices), key=choices.__getitem__) for form, choices in words.items()}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for form, choice in best.items():
        for length in range(min(LONGEST, len(form)) + 1):
            counts[form[len(form) - length :]][choice] += 1
    rules: dict[str, str] = {}
    for suffix in sorted(counts, key=lambda each: (len(each), each)):
        choice, times = max(sorted(counts[suffix].items()), key=lambda each: each[1])
        strip = int(re.match("[0-9]*", choice)[0] or 0)
        if suffix and (times < 2 or strip > len(suffix) or times < 0.6 * sum(counts[suffix].values())):
            continue
        if not suffix and strip:
            choice = "0"
        if find(rules, suffix) != choice:
            rules[suffix] = choice
    for form in sorted(best):
        if find(rules, form) != best[form]:
            rules["^" + form] = best[form]
    return rules


def exceptions(words: dict[str, Counter[str]], rules: dict[str, str]) -> dict[str, str]:
    """Return the words of one part of speech that the rules of their tag treat wrongly."""
    found = {}
    for form, choices in words.items():
        choice = max(sorted(choices), key=choices.__getitem__)
        if find(rules, form) != choice and choices[choice] > 2:
            found["^" + form] = choice
    return found


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
    table = {name: learn(words) for name, words in pairs.items() if name.startswith(":") or name.count(":") == 2}
    for name, words in pairs.items():
        if name not in table:
            table[name] = exceptions(words, table[":" + name.split(":")[1]])
    rows = [
        f"{name}\t{suffix}\t{choice}"
        for name in sorted(table)
        for suffix, choice in sorted(table[name].items(), key=lambda each: (each[0][:1] == "^", each[0]))
    ]
    target = resources.DATA / "lemmas.tsv"
    target.write_text(
        "# Written by training/lemmas.py: word class, suffix (^: whole word), edit.\n" + "\n".join(rows) + "\n", encoding="utf-8"
    )
    print(f"{len(rows)} rows in {target}")


if __name__ == "__main__":
    main()
