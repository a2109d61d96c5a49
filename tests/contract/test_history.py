"""Histories retold: the script runs as it stands, and names what the server made."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.call import Call, Reply, Who
from contract_tests.driver import HttpDriver
from contract_tests.history import captures as history_captures
from contract_tests.history import curl_script, har
from contract_tests.history.captures import captures, with_sources
from contract_tests.history.curl import overlapping
from contract_tests.origin import Origin
from contract_tests.target import Target
from contract_tests.verdict import Step
from tests.contract.toy import SHOP, Toy

BOXES = f"/shops/{SHOP}/boxes"
AWKWARD = """it's "quoted" $HOME `id` \\n {x} \t ü € 🦆 %s !"""


def played(driver: HttpDriver, *calls: Call) -> list[Step]:
    return [Step(call, driver.send(call)) for call in calls]


def run(script: str, target: Target, **environment: str) -> str:
    assert shutil.which("curl")
    assert shutil.which("bash")
    done = subprocess.run(
        ["bash", "-s"],
        input=script.encode(),
        env={"PATH": os.environ["PATH"], "TOKEN": "toy-token", "BASE_URL": target.base_url, **environment},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert not done.stderr, done.stderr.decode()
    assert done.returncode == 0
    return done.stdout.decode()


@pytest.mark.parametrize("numeric", [False, True])
def test_the_script_runs_as_it_stands_and_uses_the_new_ids(
    driver: HttpDriver, target: Target, toy: Toy, numeric: bool
) -> None:
    toy.numeric_ids = numeric
    (first,) = played(driver, Call("POST", BOXES).with_json({"name": f"run7-{AWKWARD}"}))
    made = first.reply.json()["data"]["id"]
    rest = played(
        driver,
        Call("POST", BOXES, operation_id="boxes.post").with_json({"name": "run7-inner", "inside_id": made}),
        Call("POST", BOXES).with_json({"name": "run7-inner", "inside": str(made)}),
        Call("GET", f"{BOXES}/{made}", (("q", "run7 & ü"), ("[x]", "{y}"))),
        Call("GET", f"{BOXES}/{made}", who=Who.NOBODY),
    )
    script = curl_script(
        [first, *rest], Origin.of(target, "run7"), title="L1 fails\nin two lines", seen="a", expected="b"
    )
    toy.seen.clear()
    recorded = set(toy.boxes)
    printed = run(script, target, PREFIX="new9")

    new = [box for box_id, box in toy.boxes.items() if box_id not in recorded]
    assert [box["name"] for box in new][:2] == [f"new9-{AWKWARD}", "new9-inner"]
    assert [target for _, target, _ in toy.seen][
        3
    ] == f"/v1{BOXES}/{new[0]['id']}?q=new9%20%26%20%C3%BC&%5Bx%5D=%7By%7D"
    assert "authorization" not in toy.seen[4][2]
    assert re.findall(r"status (\d+) \(recorded: (\d+)\)", printed) == [
        (str(step.reply.status), str(step.reply.status)) for step in [first, *rest]
    ]
    assert '{"data": {"id": ' in printed
    assert str(made) not in "".join(line for line in script.splitlines() if line.startswith("curl"))
    assert "# L1 fails\n# in two lines\n" in script
    assert "# expected: b\n# seen: a\n" in script


def test_a_tenant_can_be_another_one(driver: HttpDriver, target: Target, toy: Toy) -> None:
    script = curl_script(played(driver, Call("GET", BOXES)), Origin.of(target))
    toy.seen.clear()
    run(script, target, SHOP="elsewhere")
    assert toy.seen[0][1] == "/v1/shops/elsewhere/boxes"


def test_no_token_stands_in_a_script_or_an_archive(driver: HttpDriver, target: Target) -> None:
    secretive = replace(target, headers={"x-api-key": "hush", "x-team": "books"})
    history = played(driver, Call("GET", BOXES), Call("GET", BOXES, who=Who.OTHER))
    origin = Origin.of(secretive, "run7")
    script = curl_script(history, origin)
    for text in (script, json.dumps(har([("one", history)], origin))):
        assert "hush" not in text
        assert "toy-token" not in text
        assert "toy-other" not in text
        assert "books" in text
    assert 'X_API_KEY="${X_API_KEY:?' in script
    assert 'OTHER_TOKEN="${OTHER_TOKEN:?' in script


def test_a_script_without_its_token_says_what_is_missing(target: Target) -> None:
    script = curl_script([Step(Call("GET", BOXES), Reply(200))], Origin.of(target))
    done = subprocess.run(["bash", "-s"], input=script.encode(), capture_output=True, timeout=60, check=False)
    assert done.returncode != 0
    assert b"TOKEN: set it to the bearer token" in done.stderr


def test_an_id_that_does_not_come_again_is_told_in_a_sentence(driver: HttpDriver, target: Target) -> None:
    (first,) = played(driver, Call("POST", BOXES).with_json({"name": "run7-blue"}))
    rest = played(driver, Call("GET", f"{BOXES}/{first.reply.json()['data']['id']}"))
    script = curl_script([first, *rest], Origin.of(target, "run7-"))
    done = subprocess.run(
        ["bash", "-s"],
        input=script.encode(),
        env={"PATH": os.environ["PATH"], "TOKEN": "another", "BASE_URL": target.base_url},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    said = "The reply of step 1 has no data.id here: what follows is not what was recorded.\n"
    assert done.stderr.decode() == said
    assert "2. status 404 (recorded: 200)" in done.stdout.decode()


def test_a_server_that_is_gone_ends_the_script_with_one(target: Target, tmp_path: Path) -> None:
    script = curl_script(
        [Step(Call("GET", BOXES), Reply(200))], replace(Origin.of(target), base_url="http://127.0.0.1:1")
    )
    done = subprocess.run(
        ["bash", "-s"],
        input=script.encode(),
        env={**os.environ, "TOKEN": "x"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert b"status 000 (recorded: 200)" in done.stdout


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe\x00", b"'\"\n$(id)`id`\\", b"@/etc/hostname", b'{"x": "' + b"a" * 200_000 + b'"}', b"\r\n\n"],
)
def test_bodies_arrive_byte_by_byte(driver: HttpDriver, target: Target, toy: Toy, body: bytes) -> None:
    history = played(driver, Call("POST", BOXES, headers=(("content-type", "text/odd"), ("x-empty", "")), body=body))
    run(curl_script(history, Origin.of(target)), target)
    assert toy.bodies == [body, body]
    assert toy.seen[0][2]["content-type"] == toy.seen[1][2]["content-type"] == "text/odd"
    assert toy.seen[1][2]["x-empty"] == ""


@pytest.mark.parametrize("path", ["/a%2Fb/%zz", "/a/../b", "/x[1]/{y}", "//", "/a'b$(id)"])
def test_paths_arrive_as_they_were_spelled(driver: HttpDriver, target: Target, toy: Toy, path: str) -> None:
    run(curl_script(played(driver, Call("GET", path)), Origin.of(target)), target)
    assert toy.seen[0][1] == toy.seen[1][1] == f"/v1{path}"


def test_methods_that_curl_treats_specially_end(driver: HttpDriver, target: Target, toy: Toy) -> None:
    history = played(driver, Call("HEAD", BOXES), Call("OPTIONS", BOXES))
    run(curl_script(history, Origin.of(target)), target)
    assert [method for method, *_ in toy.seen] == ["HEAD", "OPTIONS"] * 2


def test_calls_that_overlapped_are_sent_at_once_again(driver: HttpDriver, target: Target, toy: Toy) -> None:
    body = json.dumps({"data": {"id": "box-1"}}).encode()
    steps = [
        Step(Call("POST", BOXES).with_json({"name": "a"}), Reply(201, body=body, started=1.0, ended=2.0)),
        Step(Call("POST", BOXES).with_json({"name": "b"}), Reply(201, started=1.5, ended=3.0)),
        Step(Call("GET", f"{BOXES}/box-1"), Reply(200, started=3.0, ended=4.0)),
    ]
    assert list(overlapping(steps)) == [(0, 1), (2,)]
    script = curl_script(steps, Origin.of(target))
    assert script.count(" &\n") == 2
    run(script, target)
    assert len(toy.boxes) == 2
    assert toy.seen[2][1].rpartition("/")[2] in toy.boxes


def test_only_what_the_server_made_and_a_call_used_is_captured() -> None:
    history = [
        Step(
            Call("POST", "/v1/assets").with_json({"name": "sent-1", "tag": "CASH"}),
            Reply(
                201,
                body=json.dumps(
                    {
                        "data": {
                            "id": "aaaa-1111",
                            "name": "sent-1",
                            "stable_name": "FIXED_ASSETS",
                            "account": {"id": {"type": "AccountId", "id": "bbbb-2222"}},
                            "created_at": "2024-01-31T00:00:00Z",
                            "total": "100.00",
                            "serial_id": 7,
                            "count": 7,
                        },
                        "meta": {"cursor": "b64+/=="},
                    }
                ).encode(),
            ),
        ),
        Step(
            Call("GET", "/v1/assets/7", (("cursor", "b64+/=="), ("day", "2024-01-31T00:00:00Z"))).with_json(
                {"a": "aaaa-1111", "b": ["bbbb-2222"], "c": "FIXED_ASSETS", "d": "sent-1", "e": "100.00"}
            ),
            Reply(200),
        ),
    ]
    found = {capture.value: (capture.place, capture.name) for capture in captures(history)}
    assert found == {
        "aaaa-1111": (("data", "id"), "ASSET_ID"),
        "bbbb-2222": (("data", "account", "id", "id"), "ASSET_ACCOUNT_ID"),
        7: (("data", "serial_id"), "ASSET_SERIAL_ID"),
        "b64+/==": (("meta", "cursor"), "ASSET_CURSOR"),
    }
    assert captures(history, known=["aaaa-1111"])[0].value != "aaaa-1111"


def told(call: Call, **data: object) -> Step:
    return Step(call, Reply(200, body=json.dumps({"data": data}).encode()))


def test_a_call_that_names_an_id_keeps_the_reply_that_brought_it() -> None:
    made = told(Call("POST", "/boxes").with_json({"label": "ours-1"}), id="aaaa-1111", label="ours-1")
    lines = told(Call("GET", "/boxes/aaaa-1111/lines"), entry={"id": "eeee-1111"}, amount="eeee-2222 and more")
    again = told(Call("GET", "/lines"), entry={"id": "eeee-1111"})
    entry = told(Call("GET", "/entries/eeee-1111", (("label", "ours-1"), ("limit", "100"))))
    assert with_sources([made, lines, again, entry], {0, 3}) == {0, 1, 3}
    assert with_sources([made, lines, again, entry], {0, 2, 3}) == {0, 2, 3}, "one is enough"
    assert with_sources([made, lines, entry], {2}) == {0, 1, 2}, "that call names one, too"
    assert with_sources([lines, made, entry], {1}) == {1}
    assert with_sources([told(Call("GET", "/entries/eeee-1111")), lines, entry], {2}) == {2}, "it was known before"
    assert with_sources([], set()) == set()


def test_no_reply_is_read_twice_for_the_ids_it_brought(monkeypatch: pytest.MonkeyPatch) -> None:
    """A history of some hundred steps is looked through once a failure, not once an id."""
    read: Counter[int] = Counter()

    def reading(step: Step) -> object:
        read[id(step)] += 1
        return step.reply.json()

    monkeypatch.setattr(history_captures, "_json_or_none", reading)
    rows = [{"id": number, "name": f"box-{number}"} for number in range(100, 200)]
    listed = [told(Call("GET", "/boxes", (("page", str(page)),)), rows=rows, page=page) for page in range(30)]
    taken = [Step(Call("GET", f"/boxes/{number}"), Reply(200, body=b"{}")) for number in range(100, 200)]
    assert with_sources([*listed, *taken], set(range(30, 130))) == {0, *range(30, 130)}
    assert max(read.values()) == 1


def test_amounts_are_never_taken_for_ids() -> None:
    history = [
        Step(Call("POST", "/v1/boxes"), Reply(201, body=b'{"id": 700}')),
        Step(Call("POST", "/v1/boxes").with_json({"amount": 700, "box_id": 700}), Reply(201)),
    ]
    script = curl_script(history, Origin("http://h.test/v1", bearer=False))
    assert """--data-raw '{"amount": 700, "box_id": '"$BOX_ID"'}'""" in script


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40), st.text(alphabet="'\"\\$`{}!;&|<>()#\n ab", max_size=40))
def test_any_text_survives_the_shell(note: str, name: str) -> None:
    body = json.dumps({"name": name, "note": note}, ensure_ascii=False).encode("utf-8", "surrogatepass")
    script = curl_script(
        [Step(Call("POST", "/x", body=body), Reply(200), note=note)], Origin("http://h.test", bearer=False), title=name
    )
    stub = 'curl() { while [ "$1" != --data-raw ]; do shift; done; printf %s "$2" >&2; }\n'
    done = subprocess.run(
        ["bash", "-s"], input=(stub + script).encode("utf-8", "replace"), capture_output=True, timeout=60, check=False
    )
    assert done.stderr == body


def test_an_archive_holds_every_exchange(driver: HttpDriver, target: Target) -> None:
    history = played(driver, Call("POST", BOXES).with_json({"name": "run7"}), Call("GET", BOXES, (("q", "1"),)))
    cookie = (("set-cookie", "session=hush"),)
    history.append(Step(Call("GET", "/binary"), Reply(299, cookie, b"\xff\x00", started=5.0, ended=5.25)))
    archive = har([("L1", history)], Origin.of(target), wall=datetime(2026, 1, 2, tzinfo=UTC), ticks=6.0)["log"]
    assert archive["version"] == "1.2"
    assert [page["title"] for page in archive["pages"]] == ["L1"]
    made, listed, binary = archive["entries"]
    assert made["request"]["url"] == f"{target.base_url}{BOXES}"
    assert made["request"]["postData"] == {"mimeType": "application/json", "text": '{"name": "run7"}'}
    assert made["response"]["statusText"] == "Created"
    assert listed["request"]["queryString"] == [{"name": "q", "value": "1"}]
    assert (binary["response"]["content"]["encoding"], binary["response"]["content"]["text"]) == ("base64", "/wA=")
    assert (binary["time"], binary["startedDateTime"]) == (250.0, "2026-01-01T23:59:59.000+00:00")
    assert binary["response"]["headers"] == [{"name": "set-cookie", "value": "(not told)"}]
    assert "hush" not in json.dumps(archive)
