"""A history as a bash script of curl lines.

Decides the script's shape and its quoting: whatever a call holds goes through as it was, and only
ids, tenants, the run's prefix and tokens become variables. Needs bash, curl and python3.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from shlex import quote
from typing import Final
from urllib.parse import quote as percent_encoded
from urllib.parse import unquote

from contract_tests.call import Call, Who
from contract_tests.history.captures import Capture, Leaf, captures, is_id
from contract_tests.origin import Origin, variable
from contract_tests.verdict import Step
from contract_tests.wire import request_target

_LONGEST_ARGUMENT: Final = 60_000
"""Linux takes 128 KiB in one argument; a longer body, or one that is no text, is decoded on the way."""

_LONGEST_COMMENT: Final = 600
_PLAIN_ID: Final = re.compile(r"\d+|(?=.*\d)[0-9a-fA-F-]{1,40}")
_TOKENS: Final = {Who.OWNER: "TOKEN", Who.OTHER: "OTHER_TOKEN"}

_SHOW: Final = r"""show() { # show N RECORDED: print the status and the reply of step N
  local status
  status=$(cat "$WORK/$1.status" 2>/dev/null)
  [ "${status:-000}" = 000 ] && LOST=1
  printf '%s. status %s (recorded: %s)\n' "$1" "${status:-none}" "$2"
  cat "$WORK/$1" 2>/dev/null && printf '\n'
}"""

_PICK: Final = r"""pick() { # pick N KEY...: one member of the reply of step N
  python3 -c 'import json, sys
try:
    value = json.load(open(sys.argv[1], encoding="utf-8"))
    for key in sys.argv[2:]:
        value = value[int(key)] if isinstance(value, list) else value[key]
except (OSError, ValueError, LookupError, TypeError):
    where = ".".join(sys.argv[2:])
    step = sys.argv[1].rpartition("/")[2]
    sys.exit(f"The reply of step {step} has no {where} here: what follows is not what was recorded.")
print(value)' "$WORK/$1" "${@:2}"
}"""

_PICKED: Final = "=$(pick "
_ENCODED: Final = '"$(url "'

_URL: Final = r"""url() { # url TEXT: percent-encode it
  python3 -c 'import sys, urllib.parse; print(urllib.parse.quote(sys.argv[1], safe=""), end="")' "$1"
}"""


def curl_script(history: Sequence[Step], origin: Origin, *, title: str = "", expected: str = "", seen: str = "") -> str:
    """The history as a script that plays it again and prints every status and reply.

    Its environment: BASE_URL (default: where it was recorded), TOKEN and OTHER_TOKEN where they are
    needed, PREFIX, one variable for each scope key and each credential header. Calls that overlapped
    are sent at once again. It ends with 1 when a call got no reply at all, or none with an id that is used later.
    """
    found = captures(history, tuple(origin.tenants))
    parts: list[str] = []
    for group in overlapping(history):
        parts += [_step(history[index], index, origin, found, at_once=len(group) > 1) for index in group]
        if len(group) > 1:
            parts.append("wait")
        for index in group:
            parts.append(f"show {index + 1} {history[index].reply.status}")
            parts += [_capture(capture) for capture in found if capture.step == index]
    body = "\n".join(parts)
    functions = [function for mark, function in ((_PICKED, _PICK), (_ENCODED, _URL)) if mark in body]
    ending = [_comment(f"{word}: {text}") for word, text in (("expected", expected), ("seen", seen)) if text]
    return "\n".join([_head(history, origin, title), *functions, body, *ending, 'exit "$LOST"', ""])


def overlapping(history: Sequence[Step]) -> Iterator[tuple[int, ...]]:
    """Indices of the steps, those that were under way at the same time together."""
    group: list[int] = []
    until = 0.0
    for index, step in enumerate(history):
        if group and not step.reply.started < until:
            yield tuple(group)
            group, until = [], 0.0
        group.append(index)
        until = max(until, step.reply.ended)
    if group:
        yield tuple(group)


def _head(history: Sequence[Step], origin: Origin, title: str) -> str:
    used = {step.call.who for step in history if not step.call.control}
    lines = ["#!/usr/bin/env bash"]
    lines += [_comment(title)] if title else []
    lines += ["# Plays a recorded history again. Needs bash, curl and python3.", "set -u"]
    lines.append(f"BASE_URL=${{BASE_URL:-{quote(origin.base_url)}}}")
    if any(step.call.control for step in history):
        lines.append(f"CONTROL_URL=${{CONTROL_URL:-{quote(origin.control_url)}}}")
    lines += [f"{name}=${{{name}:-{quote(value)}}}" for value, name in origin.tenants.items()]
    if origin.bearer and Who.OWNER in used:
        lines.append('TOKEN="${TOKEN:?set it to the bearer token}"')
    if Who.OTHER in used:
        lines.append('OTHER_TOKEN="${OTHER_TOKEN:?set it to the bearer token of the second tenant}"')
    if Who.OWNER in used:
        lines += [f'{variable(name)}="${{{variable(name)}:?set it to the header {name}}}"' for name in origin.secrets]
    if origin.prefix:
        lines.append('PREFIX="${PREFIX:-again-$(date +%s)-$RANDOM-}"')
    lines += ["WORK=$(mktemp -d)", "trap 'rm -rf \"$WORK\"' EXIT", "LOST=0", _SHOW]
    return "\n".join(lines)


def _capture(capture: Capture) -> str:
    keys = " ".join(quote(str(key)) for key in capture.place)
    return f"{capture.name}=$(pick {capture.step + 1} {keys}) || LOST=1"


def _step(step: Step, index: int, origin: Origin, found: Sequence[Capture], *, at_once: bool) -> str:
    """The curl line of one step."""
    number, call = index + 1, step.call
    names = {capture.value: capture.name for capture in found if capture.step < index}
    words = _Words(names, origin)
    method = "--head" if call.method == "HEAD" else f"-X {quote(call.method)}"
    address = words.address(call)
    exact = " -g --path-as-is" if re.search(r"[\[\]{}]|/\.", request_target("", call)) else ""
    lines = [f"curl -sS {method}{exact} {address}"]
    lines += [f"-H {header}" for header in _headers(call, origin, words)]
    if call.body is not None:
        lines.append(_body(call, words))
    ending = " &" if at_once else ""
    lines.append(f"""-o "$WORK/{number}" -w '%{{http_code}}' >"$WORK/{number}.status"{ending}""")
    told = ": ".join(text for text in (call.operation_id or f"{call.method} {call.path}", step.note) if text)
    return "\n" + _comment(f"{number}. {told}") + "\n" + " \\\n  ".join(lines)


def _headers(call: Call, origin: Origin, words: _Words) -> Iterator[str]:
    own = {name.lower() for name, _ in call.headers}
    if call.control:
        own.add("authorization")
    elif call.who is Who.OWNER:
        yield from (f'{quote(name + ": ")}"${variable(name)}"' for name in origin.secrets if name.lower() not in own)
    if "authorization" not in own and (call.who is Who.OTHER or (call.who is Who.OWNER and origin.bearer)):
        yield f'"Authorization: Bearer ${_TOKENS[call.who]}"'
    everybodys = [pair for pair in origin.headers.items() if pair[0].lower() not in own]
    yield from (words.header(name, value) for name, value in (*everybodys, *call.headers))
    if call.body is not None and "content-type" not in own:
        yield "content-type:"  # curl would add one of its own


def _body(call: Call, words: _Words) -> str:
    content = call.body or b""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text or len(content) > _LONGEST_ARGUMENT:
        packed = base64.b64encode(content).decode("ascii")
        unpack = "import base64, sys; sys.stdout.buffer.write(base64.b64decode(sys.stdin.read()))"
        return f"--data-binary @<(python3 -c {quote(unpack)} <<< {packed})"
    return f"--data-raw {words.body(text)}"


class _Words:
    """Shell words in which variables stand for ids, tenants and the run's prefix."""

    def __init__(self, names: Mapping[Leaf, str], origin: Origin) -> None:
        self._names: dict[Leaf, str] = dict(names)
        self._names.update(origin.tenants)
        self._prefix = origin.prefix
        self._in_body = _ids_in_json(self._names)

    def address(self, call: Call) -> str:
        """The URL of a call, below BASE_URL or CONTROL_URL."""
        base = '"$CONTROL_URL"' if call.control else '"$BASE_URL"'
        address = base + "/".join(self._part(unquote(raw), raw) for raw in call.path.split("/"))
        pairs = [
            quote(f"{percent_encoded(key, safe='', errors='surrogatepass')}=")
            + self._part(value, percent_encoded(value, safe="", errors="surrogatepass"), key=key)
            for key, value in call.query
        ]
        return address + ("'?'" + "'&'".join(pairs) if pairs else "")

    def header(self, name: str, value: str) -> str:
        """A header's line; curl spells one without a value with a semicolon."""
        if not value:
            return quote(f"{name};")
        scheme, _, credential = value.rpartition(" ")  # "Bearer T", or an id alone
        known = self._names.get(credential)
        spoken = f"{name}: {scheme} " if scheme else f"{name}: "
        return f'{quote(spoken)}"${known}"' if known else self._fresh(f"{name}: {value}")

    def body(self, text: str) -> str:
        """A body: known ids inside it become variables, as JSON texts or as numbers called ids."""
        words, start = "", 0
        for match in self._in_body.finditer(text):
            group = "text" if match["text"] is not None else "number"
            value: Leaf = json.loads(f'"{match["text"]}"') if group == "text" else int(match["number"])
            if group == "number" and not is_id((match["key"],), value):
                continue
            words += self._fresh(text[start : match.start(group)]) + f'"${self._names[value]}"'
            start = match.end(group)
        return words + self._fresh(text[start:]) or "''"

    def _part(self, value: str, raw: str, *, key: str = "id") -> str:
        """One segment or query value: `value` is what it means, `raw` how it is spelled."""
        name = self._names.get(value)
        if name is None and value.isdecimal() and is_id((key,), int(value)):
            name = self._names.get(int(value))
        if name is None:
            return self._fresh(raw)
        return f'"${name}"' if _is_plain_id(value) else f'"$(url "${name}")"'

    def _fresh(self, text: str) -> str:
        """Quoted text in which the run's prefix is the new run's; nothing for no text."""
        pieces = text.split(self._prefix) if self._prefix else [text]
        return '"$PREFIX"'.join(quote(piece) if piece else "" for piece in pieces)


def _ids_in_json(values: Iterable[Leaf]) -> re.Pattern[str]:
    """Finds these values in a JSON text: as complete texts, or as numbers with the member's name."""
    longest_first = sorted(values, key=lambda value: len(str(value)), reverse=True)
    texts = [re.escape(json.dumps(value)[1:-1]) for value in longest_first if isinstance(value, str)]
    numbers = [str(value) for value in longest_first if isinstance(value, int)]
    never = "(?!)"
    return re.compile(
        rf'"(?P<text>{"|".join(texts) or never})"'
        rf'|"(?P<key>[^"\\]*)"\s*:\s*(?P<number>{"|".join(numbers) or never})(?![\w.])'
    )


def _is_plain_id(value: str) -> bool:
    """Whether a later value in this one's place can go into a URL as it is, which a cursor cannot."""
    return _PLAIN_ID.fullmatch(value) is not None


def _comment(text: str) -> str:
    """Text as comment lines: nothing in it can end the comment."""
    clipped = text if len(text) <= _LONGEST_COMMENT else text[:_LONGEST_COMMENT] + " ..."
    lines = "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in clipped).split("\n")
    return "\n".join(f"# {line}" for line in lines)
