"""A user's own knowledge: YAML like the built-in files, PETRARCH's dictionaries, and what is wrong with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dragoman import cli
from dragoman.config import Config
from dragoman.errors import LexiconError
from dragoman.stages.actor import knowledge
from dragoman.who import who

ACTORS = """# a comment
AFGHANISTAN_  [AFG]
+AFGHAN_
HAMID_KARZAI_  ; CountryInfo.txt
+KARZAI_
\t[AFGELI 750101-000101]
\t[AFGGOV >011222]
FRONT_FOR_THE_DEFENCE_OF_TERANA_
+FDT
\t[MLIREB]
UNITED_NATIONS_TEA_BOARD_ [IGOUNO]
\t[ZZZQQQ]
{broken
"""
AGENTS = """!PERSON! = MAN, MEN, WOMAN
LANTERN!PERSON! [~LAB]
TEA_TASTER {TEA_TASTERS} [~BUS]
SOOTHSAYER [~XYZ]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mine.actors.txt").write_text(ACTORS, encoding="utf-8")
    (tmp_path / "mine.agents.txt").write_text(AGENTS, encoding="utf-8")
    (tmp_path / "organisations.yaml").write_text(
        "- {id: own:red-lantern, name: Red Lantern Brotherhood, names: [RLB], code: KEN, sectors: [CRM], kind: armed_group}\n",
        encoding="utf-8",
    )
    return tmp_path


def code(phrase: str, folder: Path, day: date | None = None) -> str:
    actor = who(phrase, on=day, config=Config(lexicon=str(folder))).actor
    return "-" if actor is None else " ".join((actor.country or "---", *actor.sectors))


def test_names_and_nouns_are_known(folder: Path) -> None:
    assert code("the Red Lantern Brotherhood", folder) == "KEN CRM"
    assert code("Hamid Karzai", folder, date(2005, 1, 1)) == "AFG GOV"
    assert code("Hamid Karzai", folder, date(1990, 1, 1)) == "AFG ELI"
    assert code("the Front for the Defence of Terana", folder) == "MLI REB"
    assert code("the United Nations Tea Board", folder) == "UNO"
    assert code("a Kenyan lanternman", folder) == "KEN LAB"
    assert code("Indian tea tasters", folder) == "IND BUS"


def test_states_stay_what_they_are(folder: Path) -> None:
    assert code("Afghanistan", folder) == "AFG"
    assert code("Afghan police", folder) == "AFG COP"


def test_each_line_that_cannot_be_read_is_named(folder: Path) -> None:
    problems = knowledge.load("en", str(folder)).problems
    told = [problem.rpartition("/")[2] for problem in problems]
    assert [each.split(": ")[0] for each in told] == ["mine.actors.txt:12", "mine.actors.txt:13", "mine.agents.txt:4"]
    assert "'ZZZQQQ'" in told[0]
    assert "'{broken'" in told[1]


def test_entries_that_contradict_each_other_are_refused(folder: Path) -> None:
    (folder / "outlets.yaml").write_text(
        "- {id: own:lantern, name: Red Lantern Brotherhood, country: UGA, kind: newspaper}\n", encoding="utf-8"
    )
    with pytest.raises(LexiconError, match=r"'Red Lantern Brotherhood' is KEN CRM in .*organisations.yaml.* and UGA in .*outlets.yaml"):
        knowledge.load("en", str(folder))


def test_yaml_that_is_none_and_a_folder_that_is_not_there_are_told(folder: Path) -> None:
    (folder / "agents.yaml").write_text("agents: [", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"agents.yaml: .*mend the YAML"):
        knowledge.load("en", str(folder))
    with pytest.raises(LexiconError, match="no folder"):
        knowledge.load("en", str(folder / "away"))


def test_the_command_takes_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["who", "the RLB", "--lexicon", str(folder)])
    assert left.value.code == 0
    out, err = capsys.readouterr()
    assert out.startswith("KEN CRM  Red Lantern Brotherhood  (own:red-lantern)")
    assert err.count("mine.a") == 3
