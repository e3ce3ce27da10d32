"""The evaluation scripts: reading and writing files of the format, scores, and the gate."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

EVAL = Path(__file__).resolve().parent.parent / "eval"

PLAIN = """\
# newdoc id = one
# sent_id = 1
# text = They don't sleep.
1	They	they	PRON	PRP	_	4	nsubj	_	_
2-3	don't	_	_	_	_	_	_	_	_
2	do	do	AUX	VBP	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	sleep	sleep	VERB	VB	_	0	root	_	SpaceAfter=No|Entity=x
4.1	here	here	ADV	RB	_	_	_	4:advmod	_
5	.	.	PUNCT	.	_	4	punct	_	_

# newpar
# sent_id = 2
1	Chad	Chad	PROPN	NNP	_	2	nsubj:outer	_	_
2	won	win	VERB	VBD	_	0	root	_	_

# newdoc id = two
# sent_id = 3
1	Go	go	VERB	VB	_	0	root	_	_

"""

PROPS = """\
# newdoc id = one
1	Rebels	rebel	NOUN	NNS	_	2	nsubj	_	_	-	(ARG0*)	(ARG0*)
2	seized	seize	VERB	VBD	_	0	root	_	_	seize.01	(V*)	*
3	the	the	DET	DT	_	4	det	_	_	-	(ARG1*	*
4	town	town	NOUN	NN	_	2	obj	_	_	-	*)	*
5	and	and	CCONJ	CC	_	6	cc	_	_	-	*	*
6	fled	flee	VERB	VBD	_	2	conj	_	_	flee.01	*	(V*)

"""


@pytest.fixture(autouse=True)
def _scripts_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(EVAL))


def script(name: str) -> ModuleType:
    from importlib import import_module

    return import_module(name)


def run(name: str, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(EVAL / name), *map(str, words)], capture_output=True, text=True, check=False)


def test_documents_have_the_words_at_their_offsets(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu"
    path.write_text(PLAIN, encoding="utf-8")
    one, two = script("conllu").documents(path)
    assert one.text == "They don't sleep. \n\nChad won "
    assert [one.text[start:end] for start, end in zip(one.split.start, one.split.end, strict=True)] == [
        "They",
        "do",
        "n't",
        "sleep",
        ".",
        "Chad",
        "won",
    ]
    assert one.split.sentences == ((0, 5), (5, 7))
    assert one.split.paragraphs == (0, 1)
    assert two.text == "Go "
    script("conllu").write(tmp_path / "b.conllu", [one, two])
    assert (tmp_path / "b.conllu").read_text(encoding="utf-8") == PLAIN


def test_treebank_prints_figures_and_writes_predicted_columns_only(tmp_path: Path) -> None:
    path, out = tmp_path / "a.conllu", tmp_path / "b.conllu"
    path.write_text(PLAIN, encoding="utf-8")
    done = run("treebank.py", path, "--predict", out, "--threads", 1)
    figures = json.loads(done.stdout)
    assert figures["sentences"] == 3
    assert all(0 <= figures[key] <= 100 for key in ("upos", "uas", "las"))
    lines = out.read_text(encoding="utf-8").split("\n")
    assert [line.split("\t")[:2] for line in lines] == [line.split("\t")[:2] for line in PLAIN.split("\n")]
    assert "Entity" not in "".join(lines)
    blind = "\n".join(
        line if line.startswith("#") or not line else "\t".join([*line.split("\t")[:2], *["_"] * 8]) for line in PLAIN.split("\n")
    )
    path.write_text(blind, encoding="utf-8")
    done = run("treebank.py", path, "--predict", tmp_path / "c.conllu", "--threads", 1)
    assert json.loads(done.stdout)["las"] is None
    assert (tmp_path / "c.conllu").read_text(encoding="utf-8") == out.read_text(encoding="utf-8").replace("SpaceAfter=No", "_")


def test_treebank_counts_the_universal_relation() -> None:
    gold = ["1", "Chad", "Chad", "PROPN", "NNP", "_", "2", "nsubj:outer", "_", "_"]
    found = ["1", "Chad", "Chad", "PROPN", "NNP", "_", "2", "nsubj", "_", "_"]
    tally = script("treebank").count(gold, found)
    assert tally["las"] == 1
    assert tally["las_subtypes"] == 0


def test_propbank_scores_its_own_prediction_with_full_marks(tmp_path: Path) -> None:
    path, out = tmp_path / "a.conllup", tmp_path / "b.conllup"
    path.write_text(PROPS, encoding="utf-8")
    assert {"predicate_f1", "roleset_accuracy", "argument_head_f1", "argument_f1"} <= json.loads(
        run("propbank.py", path, "--predict", out, "--threads", 1).stdout
    ).keys()
    figures = json.loads(run("propbank.py", out, "--threads", 1).stdout)
    assert figures["predicates"]
    assert (figures["predicate_f1"], figures["roleset_accuracy"], figures["argument_f1"]) == (100, 100, 100)


def test_propbank_reads_heads_and_spans_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.conllup"
    path.write_text(PROPS, encoding="utf-8")
    propbank = script("propbank")
    layer = propbank.Layer()
    propbank.gold(script("conllu").documents(path)[0].sentences[0].words, 0, layer)
    assert layer.rolesets == {1: "seize.01", 5: "flee.01"}
    assert layer.heads == {(1, "ARG0", 0), (1, "ARG1", 3), (5, "ARG0", 0)}
    assert layer.spans == {(1, "ARG0", 0, 1), (1, "ARG1", 2, 4), (5, "ARG0", 0, 1)}


def test_propbank_score_counts_missed_and_invented() -> None:
    propbank = script("propbank")
    right = propbank.Layer({1: "a.01", 2: "b.01"}, {(1, "ARG0", 0), (1, "ARG1", 3)}, set())
    read = propbank.Layer({1: "a.01", 3: "c.01"}, {(1, "ARG0", 0)}, set())
    figures = propbank.score(right, read)
    assert figures["predicate_f1"] == 50
    assert figures["roleset_accuracy"] == 100
    assert figures["roleset_accuracy_all"] == 50
    assert figures["argument_head_f1"] == pytest.approx(66.67)
    assert figures["argument_f1"] is None


def test_tokens_scores_the_splitter(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu"
    path.write_text(PLAIN, encoding="utf-8")
    figures = json.loads(run("tokens.py", path).stdout)
    assert figures == {"token_f1": 100, "sentence_f1": 100, "tokens": 8, "sentences": 3}


@pytest.mark.parametrize(("floor", "status"), [(90, 0), (99, 1)])
def test_gate_compares_with_floors(tmp_path: Path, capsys: pytest.CaptureFixture[str], floor: float, status: int) -> None:
    command = ["-c", "print('{\"las\": 95.0}')", "{data}/here"]
    (tmp_path / "here").touch()
    entries = {"a": {"command": command, "floors": {"las": floor}}, "b": {"command": ["{data}/away"], "floors": {"las": 1}}}
    assert script("gate").gate(entries, tmp_path) == status
    told = capsys.readouterr().out
    assert ("BELOW" in told) == bool(status)
    assert "skip   b: no " in told


def test_gate_fails_where_a_figure_or_a_command_fails(tmp_path: Path) -> None:
    gate = script("gate").gate
    assert gate({"a": {"command": ["-c", "print('{}')"], "floors": {"las": 1}}}, tmp_path) == 1
    assert gate({"a": {"command": ["-c", "raise SystemExit('no')"], "floors": {"las": 1}}}, tmp_path) == 1
    assert gate({"a": {"command": ["{data}/away"], "floors": {"las": 1}}}, tmp_path) == 2


def test_floors_name_scripts_that_are_there() -> None:
    for entry in json.loads((EVAL / "floors.json").read_text(encoding="utf-8")).values():
        assert (EVAL.parent / entry["command"][0]).is_file()
        assert entry["floors"]


NAMED = (
    "# newdoc id = a\n# sent_id = 1\n1\tParis\tB-LOC\t-\n2\tgreeted\tO\t-\n3\tAnna\tB-PER\t-\n4\tKovacs\tI-PER\t-\n\n"
    "# newdoc id = b\n1\tReuters\tB-ORG\t-\n2\tMali\tB-LOC\t-\n3\tFeast\tB-MISC\t-\n\n"
)


def test_names_reads_whole_names_of_three_labels() -> None:
    names = script("names").names
    assert names(["B-LOC", "O", "B-PER", "I-PER"]) == {(0, 1, "LOC"), (2, 4, "PER")}
    assert names(["B-ORG", "B-ORG", "I-ORG", "B-MISC"]) == {(0, 1, "ORG"), (1, 3, "ORG")}


def test_names_scores_its_own_prediction_with_full_marks(tmp_path: Path) -> None:
    path, out = tmp_path / "a.iob2", tmp_path / "b.iob2"
    path.write_text(NAMED, encoding="utf-8")
    assert json.loads(run("names.py", path, "--predict", out, "--threads", 1).stdout)["names"] == 4
    lines = out.read_text(encoding="utf-8").split("\n")
    assert [line.split("\t")[:2] for line in lines] == [line.split("\t")[:2] for line in NAMED.split("\n")]
    figures = json.loads(run("names.py", out, "--threads", 1).stdout)
    assert figures["names"]
    assert (figures["precision"], figures["recall"]) == (100, 100)


def test_names_complains_of_a_row_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.iob2"
    path.write_text("1 Paris B-LOC\n", encoding="utf-8")
    done = run("names.py", path)
    assert done.returncode
    assert f"{path}:1: a word needs number, word and tag" in done.stderr


def test_actors_prints_shares_and_writes_predictions(tmp_path: Path) -> None:
    cases = tmp_path / "cases.tsv"
    cases.write_bytes(b"phrase\tdate\tcountry\tsector\nthe Kremlin\t\tRUS\tGOV\nthe moon\t2020-01-01\t\t\nMalian troops\t\tMLI\tCOP\n")
    done = run("actors.py", cases)
    assert json.loads(done.stdout) == {"country": 100.0, "sector": 66.67, "both": 66.67, "cases": 3}
    bare = tmp_path / "bare.tsv"
    bare.write_bytes(b"phrase\tdate\nthe Kremlin\t\nthe moon\t2020-01-01\n")
    assert run("actors.py", bare, "--predict", tmp_path / "out.tsv").returncode == 0
    assert (tmp_path / "out.tsv").read_text() == "phrase\tdate\tcountry\tsector\nthe Kremlin\t\tRUS\tGOV\nthe moon\t2020-01-01\t\t\n"


def test_actors_names_the_line_of_a_bad_date(tmp_path: Path) -> None:
    cases = tmp_path / "cases.tsv"
    cases.write_bytes(b"phrase\tdate\nthe Kremlin\tMonday\n")
    done = run("actors.py", cases)
    assert done.returncode == 1
    assert f"{cases}:2: 'Monday' is no date" in done.stderr


RELATIONS = (
    "sentence\tmarked_sentence\tsource\ttarget\troot\tpenta\n"
    "Denmark expelled three Russian diplomats.\t-\tDenmark\tthree Russian diplomats\tSANCTION\t4\n"
    "Kenya will withdraw its soldiers from Somalia.\t-\tKenya\tSomalia\tAGREE\t1\n"
)


def test_relations_scores_roots_and_what_is_read(tmp_path: Path) -> None:
    rows = tmp_path / "rows.tsv"
    rows.write_text(RELATIONS, encoding="utf-8")
    done = run("relations.py", rows, "--predict", tmp_path / "out.tsv")
    assert json.loads(done.stdout) == {
        "root_macro_f1": 100.0,
        "root_accuracy": 100.0,
        "quad_macro_f1": 100.0,
        "read_recall": 100.0,
        "rows": 2,
    }
    assert (tmp_path / "out.tsv").read_text(encoding="utf-8") == "SANCTION\t4\nAGREE\t1\n"


def test_relations_says_when_there_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "rows.tsv").write_text("sentence\tsource\ttarget\n", encoding="utf-8")
    assert run("relations.py", tmp_path / "rows.tsv").returncode == 2


TIMEML = """\
<?xml version="1.0" ?>
<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2023-05-16" functionInDocument="CREATION_TIME">16 May</TIMEX3></DCT>
<TEXT>Gunmen attacked Gao on <TIMEX3 tid="t1" type="DATE" value="2023-05-14">Sunday</TIMEX3> &amp; fled. They had come in
<TIMEX3 tid="t2" type="DATE" value="2022">2022</TIMEX3> for <TIMEX3 tid="t3" type="DURATION" value="P9Y">nine years</TIMEX3>.</TEXT></TimeML>
"""


def test_times_scores_dates_and_writes_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text(TIMEML, encoding="utf-8")
    done = run("times.py", tmp_path, "--predict", tmp_path / "out")
    assert json.loads(done.stdout) == {"texts": 1, "expression_f1": 100.0, "value_f1": 100.0, "value_accuracy": 100.0}
    written = (tmp_path / "out" / "a.tml").read_text(encoding="utf-8")
    assert 'value="2023-05-14">Sunday</TIMEX3> &amp; fled' in written
    assert json.loads(run("times.py", tmp_path / "out").stdout)["texts"] == 1


@pytest.mark.parametrize(
    ("timex", "days"),
    [
        ("2023-05", ("2023-05-01", "2023-05-31")),
        ("199", ("1990-01-01", "1999-12-31")),
        ("19", ("1901-01-01", "2000-12-31")),
        ("2023-WI", ("2023-12-01", "2024-02-29")),
        ("2023-W19-WE", ("2023-05-13", "2023-05-14")),
        ("2023-05-14TMO", ("2023-05-14", "2023-05-14")),
        ("PRESENT_REF", None),
    ],
)
def test_times_reads_values(timex: str, days: tuple[str, str] | None) -> None:
    assert script("times").days(timex) == days
