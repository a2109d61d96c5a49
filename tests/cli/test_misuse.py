"""Misuse is one clear sentence and exit status 2, never a traceback."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest

import fixtura
from tests.cli.conftest import Outcome

BUSINESS = "11111111-1111-4111-8111-111111111111"

Cli = Callable[..., Outcome]


def refused(outcome: Outcome, *words: str) -> None:
    assert outcome.status == 2
    assert "Traceback" not in outcome.out + outcome.err
    *usage, message = outcome.err.splitlines()
    assert not usage or message.startswith("Error: "), "a sentence stands alone, but where click tells the usage, too"
    for word in words:
        assert word in message, message


def test_no_target_at_all(cli: Cli) -> None:
    refused(cli("check", "--api", "layer"), "--target", "--app")


def test_two_targets_at_once(cli: Cli) -> None:
    refused(cli("check", "http://127.0.0.1:9", "--app", "a:b"), "one of")


def test_an_address_that_is_none(cli: Cli) -> None:
    refused(cli("check", "127.0.0.1:8000", "--scope", f"business_id={BUSINESS}"), "127.0.0.1:8000")


def test_an_unknown_api_names_the_known_ones(cli: Cli) -> None:
    refused(cli("check", "http://127.0.0.1:9", "--api", "sage"), "sage", "layer")


def test_a_missing_scope_key_is_named(cli: Cli) -> None:
    refused(cli("check", "http://127.0.0.1:9", "--api", "layer"), "business_id=")


def test_an_unknown_scope_key_is_named(cli: Cli) -> None:
    scope = ("--scope", f"business_id={BUSINESS}", "--scope", "tenant=1")
    refused(cli("check", "http://127.0.0.1:9", "--api", "layer", *scope), "tenant", "business_id")


def test_a_scope_without_equals_sign(cli: Cli) -> None:
    refused(cli("check", "http://127.0.0.1:9", "--api", "layer", "--scope", "business_id"), "KEY=VALUE")


@pytest.mark.parametrize(
    ("table", "words"),
    [("{ qick = true }", ("qick", "quick")), ('{ budget = "soon" }', ("--budget", "soon")), ("7", ("check", "table"))],
)
def test_a_run_that_a_target_file_describes_wrongly(
    cli: Cli, tmp_path: Path, table: str, words: tuple[str, ...]
) -> None:
    path = tmp_path / "target.toml"
    path.write_text(f'api = "layer"\nbase_url = "http://127.0.0.1:9/v1"\ncheck = {table}\n')
    refused(cli("check", "--target", path), *words)


def test_quick_and_budget_exclude_each_other(cli: Cli) -> None:
    refused(cli("check", "http://127.0.0.1:9", "--quick", "--budget", "10"), "--quick")


def test_an_empty_environment_variable_for_the_token(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_SUCH_TOKEN", raising=False)
    refused(cli("check", "http://127.0.0.1:9", "--token-env", "NO_SUCH_TOKEN"), "NO_SUCH_TOKEN")


def test_a_target_file_that_is_not_there(cli: Cli, tmp_path: Path) -> None:
    refused(cli("check", "--target", tmp_path / "none.toml"), "none.toml")


def test_a_target_file_with_an_unknown_setting(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "target.toml"
    file.write_text('base_url = "http://127.0.0.1:9/v1"\napi = "layer"\ncolour = "red"\n')
    refused(cli("check", "--target", file), "colour")


def test_an_unknown_rule_is_named_before_anything_is_sent(cli: Cli) -> None:
    arguments = ("check", "http://127.0.0.1:9", "--api", "layer", "--scope", f"business_id={BUSINESS}")
    refused(cli(*arguments, "--rule", "L99"), "L99")


def test_a_report_into_a_folder_that_is_not_there(cli: Cli, server: fixtura.Server, tmp_path: Path) -> None:
    served = server.access["layer"]
    refused(
        cli("check", served.base_url, "--api", "layer", "--scope", f"business_id={BUSINESS}", "--token", served.token,
            "--quick", "--html", tmp_path / "none" / "report.html"),
        "none",
    )  # fmt: skip


def test_an_app_that_cannot_be_imported(cli: Cli) -> None:
    refused(cli("check", "--app", "no_such_module:app", "--api", "layer"), "no_such_module")


def test_nobody_listens(cli: Cli) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    outcome = cli("check", f"http://127.0.0.1:{port}", "--api", "layer", "--scope", f"business_id={BUSINESS}")
    refused(outcome, f"127.0.0.1:{port}")


def test_a_wrong_token(cli: Cli, server: fixtura.Server) -> None:
    url = server.access["layer"].base_url
    refused(cli("check", url, "--api", "layer", "--scope", f"business_id={BUSINESS}", "--token", "wrong"), "token")


def test_an_unknown_business(cli: Cli, server: fixtura.Server) -> None:
    served = server.access["layer"]
    unknown = "99999999-9999-4999-8999-999999999999"
    outcome = cli(
        "check", served.base_url, "--api", "layer", "--scope", f"business_id={unknown}", "--token", served.token
    )
    refused(outcome, "business_id", unknown)


def test_books_that_are_closed_and_may_not_be_opened(cli: Cli) -> None:
    with fixtura.serving(["layer"]) as server:
        served = server.access["layer"]
        config = f"{served.base_url}/businesses/{BUSINESS}/accounting-config"
        bearer = {"authorization": f"Bearer {served.token}"}
        assert httpx.patch(config, json={"closing_date": "2025-12-31"}, headers=bearer).status_code == 200
        arguments = ("--api", "layer", "--scope", f"business_id={BUSINESS}", "--token", served.token)
        outcome = cli("check", served.base_url, *arguments, "--quick")
    refused(outcome, BUSINESS, "closed before 2025-12-31", "--allow-settings")


def test_https_to_a_server_without_tls(cli: Cli, server: fixtura.Server) -> None:
    url = server.access["layer"].base_url.replace("http:", "https:")
    refused(cli("check", url, "--api", "layer", "--scope", f"business_id={BUSINESS}"), "TLS")


def test_a_server_that_answers_html(cli: Cli) -> None:
    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(b"<html>Welcome</html>")

        def log_message(self, *_: object) -> None:
            pass

    page = HTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=page.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        url = f"http://127.0.0.1:{page.server_port}"
        refused(cli("check", url, "--api", "layer", "--scope", f"business_id={BUSINESS}"), "web page")
    finally:
        page.shutdown()
        thread.join()
        page.server_close()


def test_help_names_every_command(cli: Cli) -> None:
    outcome = cli("--help")
    assert outcome.status == 0
    for command in ("serve", "check", "demo"):
        assert command in outcome.out


def test_serving_an_unknown_api(cli: Cli) -> None:
    refused(cli("serve", "--api", "sage"), "sage")


def test_serving_with_an_unknown_switch(cli: Cli) -> None:
    refused(cli("serve", "--switch", "no_such_switch", "--port", "0"), "no_such_switch")


@pytest.mark.parametrize("token", ["", "two words", "layer-other-token"])
def test_serving_with_a_token_that_cannot_work(cli: Cli, token: str) -> None:
    refused(cli("serve", "--token", token, "--port", "0"), "token")


def test_serving_on_a_taken_port(cli: Cli) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused(cli("serve", "--port", port), str(port), "in use")


def test_ready_file_shape(server: fixtura.Server) -> None:
    ready = json.loads(json.dumps(server.ready()))
    layer = ready["apis"]["layer"]
    assert ready["base_url"] + "/v1" == layer["base_url"]
    assert layer["scope"] == {"business_id": BUSINESS}
    assert layer["other"]["scope"]["business_id"] != BUSINESS
    assert layer["other"]["token"] != layer["token"]


def test_an_address_with_a_password_is_refused_without_repeating_it(cli: Cli) -> None:
    outcome = cli("check", "https://user:PA55@books.test/v1", "--api", "layer", "--scope", f"business_id={BUSINESS}")
    refused(outcome, "give credentials as a token or in headers")
    assert "PA55" not in outcome.out + outcome.err


def test_a_business_that_the_target_refuses_with_400(cli: Cli, server: fixtura.Server) -> None:
    served = server.access["layer"]
    given = ("--api", "layer", "--scope", "business_id=nouuid", "--token", served.token)
    refused(cli("check", served.base_url, *given), "nouuid")


def test_a_wrong_token_of_the_second_business(cli: Cli, server: fixtura.Server, tmp_path: Path) -> None:
    ready = json.loads(json.dumps(server.ready()))
    ready["apis"]["layer"]["other"]["token"] = "wrong-token"
    file = tmp_path / "ready.json"
    file.write_text(json.dumps(ready))
    refused(cli("check", "--target", file, "--api", "layer"), "other: ", "token")


def test_a_line_break_behind_a_token_is_no_part_of_it(cli: Cli, server: fixtura.Server) -> None:
    served = server.access["layer"]
    given = ("--api", "layer", "--scope", f"business_id={BUSINESS}", "--token", served.token + "\n")
    assert cli("check", served.base_url, *given, "--rule", "S9", "--budget", 5).status in (0, 3)
