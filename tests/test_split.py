"""The splitter: words, sentences, paragraphs, dateline and sign-off."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.config import Config
from dragoman.stages.split import Splitter, is_blank, load
from dragoman.types import Reading, Report, Split

SPLITTER = Splitter("en")


def words(text: str) -> str:
    """Return the words of a text, a space between."""
    split = SPLITTER.split(text)
    return " ".join(text[start:end] for start, end in zip(split.start, split.end, strict=True))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text as they stand in it."""
    split = SPLITTER.split(text)
    return [text[split.start[first] : split.end[last - 1]] for first, last in split.sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They can't, won't and cannot go", "They ca n't , wo n't and can not go"),
        ("Mali’s army, she’d say they’ve left", "Mali ’s army , she ’d say they ’ve left"),
        ("the ministers' talks", "the ministers ' talks"),
        ("O'Brien met Ba'athists in Sana'a at 5 o'clock", "O'Brien met Ba'athists in Sana'a at 5 o'clock"),
        ("US-led 29-year-old Guinea-Bissau al-Shabaab", "US - led 29 - year - old Guinea - Bissau al - Shabaab"),
        ("anti-government co-founder mid-1980s pro-Russian UN-backed", "anti-government co-founder mid-1980s pro-Russian UN - backed"),
        ("F-16 T-72 MiG-29s", "F - 16 T - 72 MiG - 29s"),
        ("$5m €3.4bn US$1,200.50 12%", "$ 5 m € 3.4 bn US$ 1,200.50 12 %"),
        ("14/03/2023 2024-02-28 14:30 5pm 7:30PM 15km", "14/03/2023 2024-02-28 14:30 5 pm 7:30 PM 15 km"),
        ("2019-2021 won 3-1 on the 21st", "2019 - 2021 won 3 - 1 on the 21st"),
        ("see https://example.org/a_(b)?c=d, www.example.org.", "see https://example.org/a_(b)?c=d , www.example.org ."),
        ("mail jo.roe@example.org now", "mail jo.roe@example.org now"),
        ("Mr. Roe, Gen. Poe, U.S.-based U.N.'s", "Mr. Roe , Gen. Poe , U.S. - based U.N. 's"),
        ("on Sept. 5 in No. 10", "on Sept. 5 in No. 10"),
        ("No. He said no.", "No . He said no ."),
        ("wait... what?! --", "wait ... what ?! --"),
        ("“Go,” ‘stay’ «va» ''x''", "“ Go , ” ‘ stay ’ « va » '' x ''"),
        ("and/or (a) [b]", "and / or ( a ) [ b ]"),
        ("中国外交部。", "中 国 外 交 部 。"),
        ("नमस्ते दुनिया। مرحبا؟", "नमस्ते दुनिया । مرحبا ؟"),
        ("a\x00b\u200bc\u202ed", "a b c d"),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["Gen. J. P. Diallo met U.S. President Roe in St. Kitts on Sept. 5.", "He left at 3 p.m. Monday."],
        ["They came at 6 p.m.", "Police fired."],
        ["She works in the U.S.", "The firm, Acme Inc., is small."],
        ["“We cannot go.", "We stay.”", "He left."],
        ['"Why now?" the army\'s spokesman asked.', '"Never."', "She agreed."],
        ["(He left.)", "[She stayed.]", "It rained!"],
        ["It was quiet ...", "Then it was not."],
        ["Rebels left.", "al-Qassam fighters stayed."],
        ["John F. Roe and George W. Poe spoke.", "It is plan B.", "The end came."],
        ["Prices rose 5.5 percent.", "15 people protested."],
    ],
)
def test_sentences(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_full_stop_of_an_abbreviation_that_closes_a_sentence_stands_apart() -> None:
    assert words("She left the U.S.").endswith("the U.S .")
    assert words("She left the U.S. on Monday.").startswith("She left the U.S. on")


def test_paragraphs_and_headlines() -> None:
    text = "Troops seize town\n\nThe army came. It left.\nNobody died.\n• First point\n• Second point"
    split = SPLITTER.split(text)
    assert sentences(text) == ["Troops seize town", "The army came.", "It left.", "Nobody died.", "• First point", "• Second point"]
    assert split.paragraphs == (0, 1, 1, 2, 3, 4)


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The parties to the conflict will meet again in the capital of the\n"
        "republic before the end of the month, an envoy of the regional bloc\n"
        "said on Tuesday after a day of talks. Both sides have agreed to the\n"
        "Geneva format.\n"
        "A second paragraph starts after a short line and goes on until the\n"
        "end.\n"
    )
    found = sentences(text)
    assert len(found) == 3
    assert found[1].split() == ["Both", "sides", "have", "agreed", "to", "the", "Geneva", "format."]


def test_a_list_of_headlines_is_no_wrapped_paragraph() -> None:
    heads = [
        "Army seizes power in Gabon after vote",
        "Shells hit Kharkiv, killing seven",
        "Teachers march in Lima against cuts",
        "EU puts sanctions on three firms",
    ]
    assert sentences("\n".join(heads)) == heads


@pytest.mark.parametrize(
    "dateline",
    [
        "HAVANA (AP) --",
        "BAMAKO, Feb 28 (Reuters) -",
        "PARIS —",
        "[Bamako, 28 February]",
        "(Xinhua) --",
        "BEIJING, Feb. 28 (Xinhua) --",
        "KYIV, Ukraine (AP) —",
        "UNITED NATIONS (Reuters)",
        "WASHINGTON/MOSCOW, Jan 3 (Reuters) -",
        "Kabul, 3 Jan 2024 -",
        "Algiers, March 3, 2024 (APS) –",
        "ST. PETERSBURG, Russia —",
        "Port-au-Prince, Haiti (AP) —",
        "Nairobi —",
        "LAGOS:",
        "MOSCOW, March 3. /TASS/.",
        "New Delhi [India], March 3 (ANI):",
        "New Delhi, Mar 3 (PTI)",
        "3 March 2024, Bamako -",
        "GENEVA (3 March 2024) –",
        "Reuters -",
        "Feb 28 (Reuters) -",
        "Feb. 28, 2024 —",
        "Lima, Mar 22 (Andes News).-",
        "Damascus, SANA –",
    ],
)
def test_dateline(dateline: str) -> None:
    for title in ("", "Troops leave town\n\nBy Jo Roe\n\n"):
        text = f"{title}{dateline} The army of the north left on Monday."
        split = SPLITTER.split(text)
        assert split.dateline is not None
        assert split.dateline.of(text) == dateline
        assert sentences(text)[-1] == "The army of the north left on Monday."


@pytest.mark.parametrize(
    "text",
    [
        "UPDATE: The army left.",
        "UN: Ten killed in clashes",
        "BREAKING - Army leaves",
        "The minister — a veteran — left.",
        "TROOPS LEAVE - ARMY SAYS SO",
        "Jo Roe (left) and Al Poe met.",
        "Mali and Niger agreed.",
        "In Bamako, 28 people died.",
    ],
)
def test_no_dateline(text: str) -> None:
    assert SPLITTER.split(text).dateline is None


@pytest.mark.parametrize(
    "signoff",
    [
        "\nAC/sf/lb/as/APA",
        "\n/ab/cd",
        " (END)",
        "\nENDS",
        "\n###",
        " Enditem",
        "\n-- with reporting by Jo Roe in Gao",
        "\n\n(Reporting by Jo Roe in Gao,\nAl Poe in Rome (Italy);\nEditing by Di Moe)",
        "\n(Reporting by Jo Roe; Editing by Al Poe)\n((jo@example.org))",
        " (NAN)",
        "\n___\n\nAgency writer Jo Roe in Gao contributed to this report.",
        "\n-30-",
        " – AFP",
        "\nPTI",
        "\n(Gulf News Agency)",
        "\nGulf News Agency/ab/cd",
        "\n(GN/ab)",
        "\nGulf News Agency, 3 May",
    ],
)
def test_signoff(signoff: str) -> None:
    text = f"Troops left on Monday.\nThe army (FAN) said so.{signoff}\n"
    split = SPLITTER.split(text)
    assert split.signoff is not None
    assert split.signoff.of(text) == signoff.strip()
    assert sentences(text) == ["Troops left on Monday.", "The army (FAN) said so."]


@pytest.mark.parametrize("text", ["He said yes and/or no", "It ends here.", "The army left (again)", "They met the NATO (again).", "ENDS"])
def test_no_signoff(text: str) -> None:
    assert SPLITTER.split(text).signoff is None


def test_long_sentence_is_cut_at_punctuation() -> None:
    text = "word " * 150 + "; " + "word " * 149 + "."
    split = SPLITTER.split(text)
    assert [last - first for first, last in split.sentences] == [151, 150]


@pytest.mark.parametrize("text", ["", " \n\t\u200b\x00", "\u202e"])
def test_nothing_visible(text: str) -> None:
    assert SPLITTER.split(text) == Split()


def test_stage_fills_only_its_field() -> None:
    reading = Reading(report=Report("The army left."))
    result = load(Config())(reading)
    assert result.report is reading.report
    assert len(result.split.start) == 4
    assert not result.claims


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000,
        "'" * 100_000,
        "x" * 2_000_000,
        "The army left on Monday. " * 80_000,
        "ABC-" * 25_000,
        "a." * 50_000,
        "http://x" + ")" * 50_000,
        '?"' * 50_000,
    ],
    ids=lambda text: text[:8],
)
def test_time_is_linear(text: str) -> None:
    began = time.perf_counter()
    split = SPLITTER.split(text)
    assert time.perf_counter() - began < 10
    assert max(last - first for first, last in split.sentences) <= 200


PIECES = st.sampled_from(
    [
        "Mr.",
        "U.S.",
        "said",
        "“",
        "”",
        '"',
        "'s",
        "n't",
        "-",
        "--",
        "—",
        ".",
        "...",
        "!",
        "?",
        "(",
        ")",
        "[",
        "]",
        "1,200.50",
        "5pm",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        " ",
        " ",
        "BAMAKO",
        "Paris",
        ", Feb 28",
        "(Reuters)",
        "(END)",
        "AC/sf/lb",
        "ENDS",
        "###",
        "(Reporting by",
        "No.",
        "http://",
        "@",
        "é",
        "中",
        "🙂",
        "\u200d",
        "\x00",
        "al-",
        "a.m.",
        "cannot",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=60).map("".join),
    st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=40).map(" ".join),
)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_laws(text: str) -> None:
    split = SPLITTER.split(text)
    covered = [0] * len(text)
    last = 0
    for start, end in zip(split.start, split.end, strict=True):
        assert last <= start < end <= len(text)
        last = end
        for place in range(start, end):
            covered[place] += 1
    for span in (split.dateline, split.signoff):
        if span:
            assert span.end <= len(text)
            for place in range(span.start, span.end):
                covered[place] += 1
                assert covered[place] == 1
    outside = [place for place, times in enumerate(covered) if not times]
    assert all(is_blank(text[place]) for place in outside)
    assert all(not is_blank(text[place]) for start, end in zip(split.start, split.end, strict=True) for place in range(start, end))
    assert [place for first, last in split.sentences for place in range(first, last)] == list(range(len(split.start)))
    assert all(first < last for first, last in split.sentences)
    assert len(split.paragraphs) == len(split.sentences)
    assert list(split.paragraphs) == sorted(split.paragraphs)
    assert SPLITTER.split(text) == split
