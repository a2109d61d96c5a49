"""What a run found out, in every format: complete, safe, and the headline first."""

from __future__ import annotations

import io
import json
import os
import re
import threading
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from contract_tests.call import Call, Reply
from contract_tests.report import KINDS, check_writable, headline, print_report, report_text, write_report
from contract_tests.report.chart import HEIGHT, WIDTH, chart
from contract_tests.report.page import command
from contract_tests.report.sentence import end
from contract_tests.report.templates import digest
from contract_tests.target import Misuse
from contract_tests.verdict import Failed, Failure, Level, Passed, Report, Result, Step
from tests.contract.sample import HISTORY, NASTY, REPORT, SHAPE, VOID

GREEN = replace(REPORT, results=REPORT.results[:1], reach=())


def test_the_headline_counts_must_rules() -> None:
    assert headline(REPORT) == (
        "3 of 4 must-rules observed, 1 failed, 1 inconclusive, 1 not observable on this target, 1 should-rule failed"
    )
    assert headline(GREEN) == "1 of 1 must-rules observed, none failed"
    assert headline(replace(GREEN, interrupted=True)).endswith(", interrupted")


def test_the_end_is_the_exit_status_in_a_word() -> None:
    assert [end(REPORT), end(GREEN), end(replace(GREEN, interrupted=True))] == ["failed", "green", "inconclusive"]
    should = replace(REPORT, results=(REPORT.results[4],))
    assert (end(should), end(should, strict=True)) == ("green", "failed")


def test_json_has_exactly_the_promised_members() -> None:
    data = json.loads(report_text(REPORT, "json"))
    assert list(data) == ["api", "target", "seed", "requests", "duration_s", "rules", "summary"]
    assert (data["api"], data["seed"], data["requests"], data["duration_s"]) == ("toy", 7, 12_345, 49.876)
    promised = ["id", "level", "statement", "source", "verdict", "observations"]
    assert list(data["rules"][0]) == promised
    assert list(data["rules"][1]) == [*promised, "failure"]
    assert {rule["id"]: rule["verdict"] for rule in data["rules"]} == {
        "L1": "passed",
        "A1": "failed",
        "L7": "unknown",
        "N1": "unobservable",
        "S4": "failed",
        "H2": "passed",
        "H10": "unknown",
    }
    assert data["summary"]["headline"] == headline(REPORT)
    assert data["summary"]["exit_status"] == 1
    assert data["summary"]["open"][0] == {"id": "L7", "why": "page walks: 1 of 3"}
    assert data["summary"]["reach"][0]["missed"] is True


def test_a_failure_in_json_can_be_played_and_read() -> None:
    failure = json.loads(report_text(REPORT, "json"))["rules"][1]["failure"]
    assert (failure["seen"], failure["expected"], failure["seed"]) == ("carrying 3,933,333", "carrying -66,667", 7)
    assert failure["script"].startswith("#!/usr/bin/env bash\n# A1: After a void")
    assert "$PREFIX" in failure["script"]
    second = failure["history"][1]
    assert (second["method"], second["status"], second["after"]["carrying"]) == ("POST", 201, 4_000_000)
    assert second["reply"]["data"]["amount"] == 4_000_000
    assert failure["others"] == [{"operation": "boxes.delete", "seen": NASTY, "expected": "nothing\nelse"}]


def test_junit_has_a_case_for_each_rule_and_fails_those_that_bind() -> None:
    root = fromstring(report_text(REPORT, "junit"))
    assert root.get("name") == headline(REPORT)
    assert (root.get("tests"), root.get("failures"), root.get("errors"), root.get("skipped")) == ("7", "1", "1", "2")
    assert [suite.get("name") for suite in root] == ["fixtura.toy.must", "fixtura.toy.should", "fixtura.toy.observed"]
    cases = {str(case.get("name")).split()[0]: case for case in root.iter("testcase")}
    failure = cases["A1"].find("failure")
    assert failure is not None
    assert failure.get("message") == "expected carrying -66,667; seen carrying 3,933,333"
    assert "#!/usr/bin/env bash" in str(failure.text)
    assert cases["L7"].find("error") is not None
    assert cases["N1"].find("skipped") is not None
    assert cases["S4"].find("failure") is None
    assert "status 202" in str(cases["S4"].findtext("system-out"))
    assert {p.get("name"): p.get("value") for p in cases["L1"].iter("property")} == {
        "id": "L1",
        "level": "must",
        "source": "Double entry",
        "verdict": "passed",
        "observations": "1912",
    }
    assert fromstring(report_text(REPORT, "junit", strict=True)).get("failures") == "2"


def test_har_has_a_page_for_each_failing_history() -> None:
    log = json.loads(report_text(REPORT, "har"))["log"]
    assert log["comment"] == f"failed: {headline(REPORT)}"
    assert [page["title"].split(":")[0] for page in log["pages"]] == ["A1", "A1", "S4"]
    assert len(log["entries"]) == 6
    assert log["entries"][1]["request"]["url"].startswith("http://127.0.0.1:8000/v1/shops/")


def printed(report: Report, *, strict: bool = False) -> str:
    screen = Console(file=io.StringIO(), width=150, force_terminal=False)
    print_report(report, screen, strict=strict)
    file = screen.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def test_a_terminal_shows_the_headline_first_and_last() -> None:
    lines = printed(REPORT).strip().splitlines()
    assert lines[0].strip() == headline(REPORT)
    assert lines[-1].startswith("failed: 3 of 4 must-rules observed")
    text = "\n".join(lines)
    assert "A1 (must)" in text
    assert "carrying 3,933,333" in text
    assert "BOX_ID=$(pick 1 data id)" in text
    assert "page walks of three pages: 1 of 3" in text
    assert "increases accepted" not in text


def test_markup_from_a_target_is_not_obeyed_in_a_terminal() -> None:
    evil = Failure("A1", "", "[bold]x[/bold] [/nonsense]", "[red]", (), 1)
    report = replace(REPORT, results=(Result(VOID, Failed((evil,), 1)),))
    assert "[bold]x[/bold] [/nonsense]" in printed(report)


def test_a_terminal_obeys_nothing_that_a_target_says() -> None:
    evil = Failure("A1", "", "\x1b[2J\x1b]0;owned\x07", "\x9b31m", (), 1)
    report = replace(REPORT, results=(Result(VOID, Failed((evil,), 1)),), lost="\x1b[1m")
    shown = printed(report)
    assert "[2J" in shown
    assert not {"\x1b", "\x07", "\x9b"} & set(shown)


def test_a_target_that_was_lost_is_said_in_every_format() -> None:
    report = replace(GREEN, lost="h.test cannot be reached")
    assert (report.exit_status(), REPORT.exit_status()) == (3, 1)
    assert replace(REPORT, lost="gone").exit_status() == 1
    assert headline(report).endswith("the target was lost")
    assert json.loads(report_text(report, "json"))["summary"]["lost"] == "h.test cannot be reached"
    for text in (printed(report), report_text(report, "html"), report_text(report, "junit")):
        assert "h.test cannot be reached" in text


class Outline(HTMLParser):
    """What a page is made of: its tags, and its text outside of script and style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside not in ("script", "style"):
            self.text += data


def test_the_page_fetches_nothing_and_its_policy_says_so() -> None:
    page = report_text(REPORT, "html")
    outline = Outline(page)
    for tag, attributes in outline.tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "form"), tag
        assert not {"src", "href", "style", "action", "srcset"} & attributes.keys(), (tag, attributes)
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)
    policy = next(attributes["content"] for tag, attributes in outline.tags if "http-equiv" in attributes)
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    script = re.search(r"<script>(.*?)</script>\n</body>", page, re.DOTALL)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert script is not None
    assert style is not None
    assert f"script-src '{digest(script[1])}'" in policy
    assert f"style-src '{digest(style[1])}'" in policy
    assert "http" not in style[1]


def test_the_page_escapes_whatever_a_target_says() -> None:
    page = report_text(REPORT, "html")
    assert page.count("<script>") == 1
    assert "<script>alert" not in page
    assert "<script>alert('x')</script> & \"quotes\"" in Outline(page).text


def test_the_page_tells_the_whole_story() -> None:
    page = report_text(REPORT, "html")
    text = Outline(page).text
    assert text.split("</title>")[0].strip().startswith(headline(REPORT))
    for told in (
        "What is broken",
        "record depreciation of 666.67",
        "answered 404",
        "as other",
        "\u22124,000,000",
        "play it again with curl (seed 7)",
        "What is not settled",
        "page walks: 1 of 3",
        "How far it reached",
        "--scope shop=11111111-1111-4111-8111-111111111111 --token-env TOKEN --seed 7",
    ):
        assert told in text, told
    assert page.count("<svg") >= 6
    assert 'class="top failed"' in page


def test_calls_that_overlapped_are_marked_on_the_page() -> None:
    crowd = tuple(replace(step, reply=replace(step.reply, started=1.0, ended=9.0)) for step in HISTORY[:3])
    failure = Failure("A1", "", "x", "y", crowd, 1)
    page = report_text(replace(REPORT, results=(Result(VOID, Failed((failure,), 1)),)), "html")
    assert page.count(">at once<") == 3
    assert ">at once<" not in report_text(REPORT, "html")


def test_a_green_page_has_nothing_to_complain_about() -> None:
    text = Outline(report_text(GREEN, "html")).text
    assert "What is broken" not in text
    assert "What is not settled" not in text
    assert "green" in text


def test_a_report_without_an_origin_is_told_literally() -> None:
    plain = replace(REPORT, origin=None)
    assert command(plain) == "fixtura check http://127.0.0.1:8000/v1 --api toy --token-env TOKEN --seed 7"
    assert "run7-box-1" in json.loads(report_text(plain, "json"))["rules"][1]["failure"]["script"]


def test_the_chart_shows_what_moved_and_nothing_else() -> None:
    drawn = chart(HISTORY)
    assert drawn is not None
    assert [line.name for line in drawn.lines] == ["carrying", "accumulated", "cash"]
    carrying = drawn.lines[0]
    assert [(point.step, point.value) for point in carrying.points] == [
        (1, 0),
        (2, 4_000_000),
        (3, 3_933_333),
        (4, 3_933_333),
    ]
    assert [point.told for point in carrying.points] == [True, True, True, False]
    assert [tick.label for tick in drawn.values] == ["-4,000,000", "0", "4,000,000"]
    assert carrying.path.startswith("M")
    assert chart(HISTORY[:1]) is None
    assert chart(()) is None


@given(st.lists(st.dictionaries(st.sampled_from("abcdef"), st.integers(-(2**70), 2**70)), max_size=8))
def test_every_chart_stays_within_its_frame(figures: list[dict[str, int]]) -> None:
    drawn = chart([Step(Call("GET", "/x"), Reply(200), "", {}, after) for after in figures])
    for line in drawn.lines if drawn else ():
        assert all(0 <= point.x <= WIDTH and 0 <= point.y <= HEIGHT for point in line.points)
    assert drawn is None or len(drawn.lines) <= 4


@settings(max_examples=30, deadline=None)
@given(
    seen=st.text(),
    note=st.text(),
    body=st.binary(max_size=60),
    reply=st.binary(max_size=60),
    status=st.integers(100, 599),
)
def test_no_exchange_breaks_a_format(seen: str, note: str, body: bytes, reply: bytes, status: int) -> None:
    call = Call(
        "POST",
        "/x",
        (("q", seen),),
        (("x-odd", note),),
        body,
        "op",
    )
    step = Step(call, Reply(status, (("content-type", note),), reply), note, {note: 1}, {note: 2})
    failure = Failure("A1", "op", seen, note, (step,), 1)
    report = replace(REPORT, results=(Result(VOID, Failed((failure,), 1)), Result(SHAPE, Passed(1))))
    texts = {kind: report_text(report, kind) for kind in KINDS}
    json.loads(texts["json"])
    json.loads(texts["har"])
    assert fromstring(texts["junit"].encode("utf-8", "replace")).get("failures") == "1"
    assert texts["html"].count("<script>") == 1
    assert headline(report) in printed(report)


def test_a_body_with_half_a_surrogate_pair_can_be_told() -> None:
    step = Step(Call("GET", "/x"), Reply(200, body=b'{"a": "\\ud800", "n": 1.50}'))
    report = replace(REPORT, results=(Result(VOID, Failed((Failure("A1", "", "x", "y", (step,), 1),), 1)),))
    for kind in KINDS:
        report_text(report, kind).encode("utf-8", "backslashreplace")
    assert "\\ud800" in report_text(report, "html")


def test_a_decimal_is_told_as_a_number_and_a_text_as_a_text() -> None:
    call = Call("POST", "/x", body=b'{"price": 1000.50, "as": "12.5"}')
    step = Step(call, Reply(200, body=b'{"price": 1000.50, "as": "12.5", "rate": 1e-3}'))
    report = replace(REPORT, results=(Result(VOID, Failed((Failure("A1", "", "x", "y", (step,), 1),), 1)),))
    shown = unescape(report_text(report, "html"))
    # In the request, the reply and the curl line.
    assert shown.count('"price": 1000.50') == 3
    assert shown.count('"as": "12.5"') == 3
    assert '"rate": 0.001' in shown


@pytest.mark.parametrize("kind", KINDS)
def test_each_format_is_written_whole(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"report.{kind}"
    path.write_text("what was here before")
    write_report(REPORT, kind, path)
    assert headline(REPORT) in path.read_text(encoding="utf-8").replace("&#39;", "'")
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = tmp_path / "report.json"
    link.symlink_to(folder / "real.json")
    write_report(REPORT, "json", link)
    assert link.is_symlink()
    assert headline(REPORT) in (folder / "real.json").read_text()
    turning = tmp_path / "turning.json"
    turning.symlink_to(turning)
    with pytest.raises(Misuse, match="lead in a circle"):
        check_writable(turning)


def test_what_is_no_regular_file_is_written_into(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", list[str]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    write_report(REPORT, "json", pipe)
    reader.join()
    assert pipe.is_fifo()
    assert headline(REPORT) in read[0]


def test_the_users_umask_decides_who_may_read(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write_report(REPORT, "json", tmp_path / "report.json")
    finally:
        os.umask(before)
    assert (tmp_path / "report.json").stat().st_mode & 0o777 == 0o600


def test_the_page_says_how_to_run_the_same_again() -> None:
    words = ("fixtura", "check", "--scope", "business_id=a b;rm -rf x", "--quick")
    assert command(replace(REPORT, command=words)) == "fixtura check --scope 'business_id=a b;rm -rf x' --quick"


def test_what_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match=r"there is no folder .*nowhere"):
        check_writable(tmp_path / "nowhere" / "report.json")
    with pytest.raises(Misuse, match=r"it is a folder"):
        check_writable(tmp_path)
    check_writable(tmp_path / "report.json")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_may_not_be_written_to_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    with pytest.raises(Misuse, match="may not be written to"):
        check_writable(tmp_path / "report.json")


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.json"
    path.write_text("what was here before")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Misuse, match=r"cannot write .*report.json: No space left on device"):
        write_report(REPORT, "json", path)
    assert path.read_text() == "what was here before"
    assert list(tmp_path.iterdir()) == [path]


def test_levels_keep_their_order() -> None:
    order = [suite.get("name") for suite in fromstring(report_text(REPORT, "junit"))]
    assert order == [f"fixtura.toy.{level.value}" for level in Level]
