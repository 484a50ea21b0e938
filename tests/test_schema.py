"""The schemas: complete, documented, the same for every validator and every regular-expression engine, and quick."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
import referencing
import regress

from cireg import lifecycle
from cireg.gates import DEPENDENT
from cireg.layout import KINDS, schema_document
from cireg.rules import by_name
from cireg.schema import PartsChecker, choices, default, dotted, errors, field, fields, node_at, resolve

ROOT = Path(__file__).resolve().parents[1]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
EVERY_KIND = pytest.mark.parametrize("kind", KINDS)

Route = tuple[str | int, ...]


def nodes(node: Any, route: Route = ()) -> Iterator[tuple[Route, dict[str, Any]]]:
    """Every object of a schema document with the way to it; examples and defaults are no schemas."""
    if isinstance(node, dict):
        yield route, node
        for key, value in node.items():
            if key not in ("examples", "default", "const", "enum"):
                yield from nodes(value, (*route, key))
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from nodes(value, (*route, place))


def schemas(kind: str) -> Iterator[tuple[Route, dict[str, Any]]]:
    """The objects of a document that are schemas: not its tables of properties and definitions."""
    tables = ("properties", "patternProperties", "$defs")
    return ((route, node) for route, node in nodes(schema_document(kind)) if not route or route[-1] not in tables)


def patterns() -> list[str]:
    """Every regular expression of the schemas, once."""
    found: dict[str, None] = {}
    for kind in KINDS:
        for _, node in schemas(kind):
            if isinstance(node.get("pattern"), str):
                found[node["pattern"]] = None
            found.update(dict.fromkeys(node.get("patternProperties", {})))
    return list(found)


def texts_of(node: Any) -> Iterator[str]:
    """Every text inside an example."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for each in [*node, *node.values()] if isinstance(node, dict) else node:
            yield from texts_of(each)


def corpus() -> list[str]:
    """Texts to try every pattern on: the examples, each in many ways nearly right, and what is wrong everywhere."""
    examples = {text for kind in KINDS for _, node in schemas(kind) for text in texts_of(node.get("examples", []))}
    short = sorted(text for text in examples if len(text) <= 40)
    near = [
        changed
        for text in short
        for changed in (
            text, text + "\n", "\n" + text, text + " ", " " + text, text + "\r", text + "\r\n", text + "\u2028",
            text + "\u0085", text.upper(), text.lower(), text[:-1], text[1:], text + text, text + "0", text + "\x00",
            text.translate({ord("0") + n: 0x660 + n for n in range(10)}), text.replace("-", "\u2010"),
            text.replace("a", "\u0430"), text.replace("k", "\u212a").replace("s", "\u017f"), "x" + text,
        )
    ]  # fmt: skip
    everywhere = [
        "", " ", "\t", "\n", "\r", "\u00a0", "\u2003", "\u3000", "\ufeff", "a", "A", "1", "\u0661", "é", "ß", "漢",
        "😀", "a\nb", "a\rb", "a\u2028b", "a\u0085b", " \n ", "\n\n", "a" * 63, "a" * 64, "a" * 65, "a" * 300,
        "0000-01-01",
        "2026-13-01", "2026-W54", "2026-Q5", "2026-H3", "2026-00", "99999", "0", "-", "+", "%", "-%", "1%", "1.5 %",
        "1.%", ".5%", "1e3%", "--1%", "@", "@a", "a@", "a@b", "a@b@c", "https://", "http://a", "https://a b",
        "HTTPS://a", "javascript:alert(1)", "https://a\"b", "sha256:", "sha256:x", "sha256:" + "x" * 65, "UTC",
        "Europe/London\n", "en_GB", "en-GB", "EN", "GBP", "gbp", "custom.x", "custom.", "custom", "custom. ",
    ]  # fmt: skip
    return list(dict.fromkeys([*near, *everywhere]))


def test_the_corpus_has_texts_that_fit_and_texts_that_do_not() -> None:
    """For every pattern: otherwise the comparisons below would compare nothing."""
    texts = corpus()

    assert [] == [each for each in patterns() if len({bool(re.search(each, text)) for text in texts}) < 2]
    assert len(patterns()) >= 15


@pytest.mark.parametrize("pattern", patterns())
def test_a_pattern_means_the_same_in_python_and_ecmascript(pattern: str) -> None:
    """An editor and `check` must not disagree: not about line ends, not about digits of other scripts."""
    engine = regress.Regex(pattern, "u")

    assert [] == [text for text in corpus() if bool(re.search(pattern, text)) != (engine.find(text) is not None)]


@pytest.mark.parametrize("pattern", patterns())
def test_a_pattern_means_the_same_in_both_validators(pattern: str) -> None:
    """jsonschema-rs brings a regular-expression engine of its own."""
    validator = jsonschema_rs.validator_for({"$schema": DRAFT, "pattern": pattern})

    assert [] == [text for text in corpus() if bool(re.search(pattern, text)) != validator.is_valid(text)]


def a_node() -> str | None:
    """A Node.js to run: that of the machine, or the one that Playwright's wheel carries."""
    import playwright

    carried = Path(playwright.__file__).parent / "driver" / "node"
    return shutil.which("node") or (str(carried) if carried.is_file() else None)


@pytest.mark.skipif(a_node() is None, reason="there is no Node.js on this machine")
def test_every_pattern_means_the_same_in_node() -> None:
    """What editors run."""
    program = (
        "const {patterns, texts} = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "console.log(JSON.stringify(patterns.map(p => texts.map(t => new RegExp(p, 'u').test(t)))))"
    )
    texts = corpus()
    node = a_node()
    assert node is not None
    done = subprocess.run(
        [node, "-e", program], input=json.dumps({"patterns": patterns(), "texts": texts}).encode(),
        capture_output=True, check=True,
    )  # fmt: skip

    assert [[bool(re.search(each, text)) for text in texts] for each in patterns()] == json.loads(done.stdout)


_PUMPS = ("a", "A", "1", " ", "\t", "-", "@", "/", ".", "a@", "A-", "1-", "2026-", "%", "\u00e9", "\ufb01")
_STARTS = ("", "https://", "sha256:", "@", "a@", "custom.", "2026-", "+")
_ENDS = ("", "\n", "\r", "!", "\x00", " \n")


@pytest.mark.parametrize("pattern", patterns())
def test_a_pattern_is_quick_on_10_kb_made_to_slow_it_down(pattern: str) -> None:
    """50 ms is a hundred times what a pattern takes that reads its text once."""
    compiled = re.compile(pattern)
    slow = []
    for start in _STARTS:
        for pump in _PUMPS:
            for end in _ENDS:
                text = start + (pump * 10_240)[:10_240] + end
                if (
                    min(_seconds(compiled, text) for _ in range(1)) > 0.05
                    and min(_seconds(compiled, text) for _ in range(4)) > 0.05
                ):
                    slow.append((start, pump, end))
        assert [] == slow


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    before = time.perf_counter()
    pattern.search(text)
    return time.perf_counter() - before


# Two validators, one answer


def slow_validator(kind: str) -> Any:
    """jsonschema, as it is asked where and why."""
    return jsonschema.Draft202012Validator(
        schema_document(kind),
        registry=referencing.Registry(),
        format_checker=jsonschema.FormatChecker(formats=["date"]),
    )


def whole(kind: str) -> dict[str, Any]:
    """A document in which every field of the schema has its first example."""
    document: dict[str, Any] = _example(schema_document(kind), kind)
    return document


def _example(schema: dict[str, Any], kind: str) -> Any:
    node = resolve(kind, schema)
    if "properties" in node and "x-one-of" not in node:
        return {name: _example(each, kind) for name, each in node["properties"].items()}
    entry = resolve(kind, node["items"]) if "items" in node else {}
    if "properties" in entry:
        return [_example(entry, kind)]
    return json.loads(json.dumps(node["examples"][0]))


def parts(node: Any, route: Route) -> Iterator[Route]:
    """The way to every part of some data, from `route` on."""
    yield route
    for step, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield from parts(value, (*route, step))


_OTHER_KINDS: tuple[Any, ...] = (
    None, True, 0, 1, -1, 2.5, 5.0, 10**13, "", " ", "x", "X y", "a\n", "2026-02-30", "2024-02-29", "0000-01-01",
    "9999-12-31", "é", "😀" * 301, "x" * 20_001, [], {}, ["x"], [1], [None], {"x": 1}, [[]], [{}], ["x", "x"],
)  # fmt: skip


def mutations(document: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    """The document with each part of one field left out, of every other kind, added to and doubled, one at a time."""
    for route in list(parts(document[name], (name,))):
        parent: Any = document
        for step in route[:-1]:
            parent = parent[step]
        kept, last = parent[route[-1]], route[-1]
        for other in (*_OTHER_KINDS, *_grown(kept)):
            parent[last] = other
            yield document
        parent[last] = kept
        if isinstance(parent, dict):
            del parent[last]
        else:
            parent.pop(last)
        yield document
        if isinstance(parent, dict):
            parent[last] = kept
        else:
            parent.insert(last, kept)


def _grown(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [{**value, "another": 1}]
    return [value * times for times in (2, 101)] if isinstance(value, list | str | int | float) else []


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind in KINDS for name in schema_document(kind)["properties"]]
)
def test_both_validators_agree_on_every_mutation_of_a_field(kind: str, name: str) -> None:
    """The quick one decides whether the thorough one is asked: where it is wrong, a fault goes unseen."""
    quick = jsonschema_rs.validator_for(schema_document(kind), validate_formats=True)
    thorough = slow_validator(kind)
    complete = whole(kind)
    document = {each: complete[each] for each in [*schema_document(kind)["required"], name]}
    answers = [(quick.is_valid(each), thorough.is_valid(each), repr(each)) for each in mutations(document, name)]

    assert [] == [text for one, other, text in answers if one != other]
    assert False in {one for one, _, _ in answers}
    assert len(answers) > len(_OTHER_KINDS)


@EVERY_KIND
def test_each_schema_is_a_schema(kind: str) -> None:
    """Of draft 2020-12, with an id and a version of its own."""
    document = schema_document(kind)
    jsonschema.Draft202012Validator.check_schema(document)

    assert (DRAFT, f"urn:cireg:schema:{kind}:1") == (document["$schema"], document["$id"])
    assert re.fullmatch(r"1\.[0-9]+\.[0-9]+", document["x-version"])


@EVERY_KIND
def test_every_reference_stays_inside_its_schema(kind: str) -> None:
    """Nothing is ever fetched, and every definition is used."""
    document = schema_document(kind)
    used = {node["$ref"] for _, node in schemas(kind) if "$ref" in node}

    assert {f"#/$defs/{name}" for name in document.get("$defs", {})} == used


# Every field is documented


@EVERY_KIND
def test_every_field_has_a_title_a_description_and_an_example(kind: str) -> None:
    """The editor's hover, the field reference and what `new` writes are read from them."""
    lacking = [
        each.name for each in fields(kind) if not (each.title and each.description.endswith(".") and each.examples)
    ]

    assert [] == lacking
    assert len(fields(kind)) >= 12


@EVERY_KIND
def test_every_example_is_right_where_it_stands(kind: str) -> None:
    """By both validators, entries of lists included."""
    document = schema_document(kind)
    wrong = []
    for route, node in schemas(kind):
        if "examples" not in node or not route:
            continue
        alone = {"$schema": DRAFT, "$defs": document.get("$defs", {}), **node}
        quick = jsonschema_rs.validator_for(alone, validate_formats=True)
        slow = jsonschema.Draft202012Validator(
            alone, registry=referencing.Registry(), format_checker=jsonschema.FormatChecker(formats=["date"])
        )
        wrong += [(route, each) for each in node["examples"] if not (quick.is_valid(each) and slow.is_valid(each))]

    assert [] == wrong


@EVERY_KIND
def test_every_default_is_right_where_it_stands(kind: str) -> None:
    """What is taken where a file says nothing must be what a file could say."""
    wrong = []
    for each in fields(kind):
        if each.default is not None:
            node = node_at(kind, each.route)
            alone = {"$schema": DRAFT, "$defs": schema_document(kind).get("$defs", {}), **(node or {})}
            if not jsonschema_rs.validator_for(alone).is_valid(each.default):
                wrong.append(each.name)

    assert [] == wrong


@EVERY_KIND
def test_the_examples_of_a_whole_file_satisfy_its_schema(kind: str) -> None:
    """They are what rules' examples and new files are made from."""
    examples = schema_document(kind)["examples"]

    assert [[]] * len(examples) == [errors(kind, each) for each in examples]
    assert examples


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "import-map"])
def test_the_first_example_of_every_field_makes_one_right_file(kind: str) -> None:
    """All fields at once: no example contradicts another's form."""
    assert [] == errors(kind, whole(kind))


@EVERY_KIND
def test_every_choice_says_what_it_means(kind: str) -> None:
    """A sentence for each, in the choices' order, none given twice."""
    for route, node in schemas(kind):
        if "enum" in node and "markdownEnumDescriptions" in node:
            meanings = node["markdownEnumDescriptions"]
            assert len(node["enum"]) == len(set(node["enum"])) == len(meanings), route
            assert all(each.endswith((".", "?")) for each in meanings), route


# Strict and bounded


@EVERY_KIND
def test_every_mapping_says_which_fields_it_has(kind: str) -> None:
    """A slip in a name is never taken for an organisation's own field: those go under custom."""
    loose = [
        route
        for route, node in schemas(kind)
        if (node.get("type") == "object" or node.get("type") == ["object", "null"])
        and node.get("additionalProperties") is not False
    ]

    assert ([("properties", "custom")] if kind == "improvement" else []) == loose


_UNBOUNDED = re.compile(r"(?<!\\)[*+]|\{[0-9]*,\}")


@EVERY_KIND
def test_every_text_and_every_list_has_a_greatest_length(kind: str) -> None:
    """A list of unlike entries is compared pair by pair, so it is short as well."""
    unbounded = []
    for route, node in schemas(kind):
        kinds = node.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        pattern = node.get("pattern", "")
        fixed = pattern.startswith("^") and not _UNBOUNDED.search(re.sub(r"\[(?:\\.|[^\]])*\]", "x", pattern))
        if "string" in kinds and "maxLength" not in node and not fixed:
            unbounded.append(route)
        if "array" in kinds and "maxItems" not in node:
            unbounded.append(route)
        if node.get("uniqueItems") and node.get("maxItems", 999) > 100:
            unbounded.append(route)

    assert [] == unbounded


@EVERY_KIND
def test_every_pattern_is_for_the_whole_text_in_ascii(kind: str) -> None:
    """\\d and \\w have other digits and letters in other engines; `$` alone lets Python pass a line end."""
    for route, node in schemas(kind):
        for pattern in [node["pattern"]] if "pattern" in node else list(node.get("patternProperties", ())):
            assert pattern.isascii(), route
            assert not re.search(r"\\[dDwWsSbB]", pattern), route
            assert (pattern.startswith("^") and pattern.endswith(r"(?!\n)$")) or pattern == r"[^ \t\r\n]", route


# Statuses


def stated() -> list[dict[str, Any]]:
    """The annotation of statuses, as it stands in the schema."""
    annotation: list[dict[str, Any]] = schema_document("improvement")["$defs"]["status"]["x-statuses"]
    return annotation


def test_the_statuses_are_those_to_choose_from_in_that_order() -> None:
    """The annotation and the enum say the same."""
    assert [each["status"] for each in stated()] == list(choices("improvement", "status"))


def test_every_move_leads_to_a_status_that_exists() -> None:
    """Or back to where it was parked from; no status names a move twice."""
    known = {each["status"] for each in stated()} | {lifecycle.PREVIOUS}
    for each in stated():
        targets = [move["to"] for move in each["moves"]]
        assert set(targets) <= known
        assert len(targets) == len(set(targets))


def test_a_gate_names_rules_that_exist() -> None:
    """Each is worked out in `gates` and reported by the rule of the same name."""
    status = schema_document("improvement")["$defs"]["status"]
    named = {rule for each in stated() for rule in each["gate"]["rules"]} | set(status["x-light"]["rules"])

    assert named == set(DEPENDENT)
    assert [rule for rule in sorted(named) if by_name(rule).name == rule] == sorted(named)


def test_every_part_of_a_gate_is_a_field_with_a_title_and_a_remedy() -> None:
    """A finding for a missing part shows where it belongs and what would supply it."""
    status = schema_document("improvement")["$defs"]["status"]
    gates = [each["gate"]["schema"] for each in stated()] + [status["x-light"]["schema"]]
    found = [part for gate in gates for part in gate.get("allOf", [])]

    assert [] == [part["title"] for part in found if node_at("improvement", part["x-path"].split(".")) is None]
    assert [] == [part for part in found if not (part["title"] and part["description"])]
    assert len(found) >= 27


def test_no_gate_refers_to_a_definition() -> None:
    """Each part is a schema on its own."""
    assert [] == [node for each in stated() for _, node in nodes(each["gate"]["schema"]) if "$ref" in node]


def test_smart_has_five_letters_and_each_has_a_field_and_a_remedy() -> None:
    """Every letter but A is a part of a gate; A is asked for by the rule alone."""
    letters = schema_document("improvement")["x-smart"]
    gated = {
        part["x-smart"] for each in stated() for part in each["gate"]["schema"].get("allOf", []) if "x-smart" in part
    }

    assert "SMART" == "".join(each["letter"] for each in letters)
    assert set("SMRT") == gated
    assert [] == [each for each in letters if node_at("improvement", each["path"].split(".")) is None]


def test_a_policy_may_ask_for_approval_before_every_status_on_the_line_but_the_first() -> None:
    """And each of these gates asks for it: a policy that nobody obeys is worse than none."""
    allowed = node_at("config", ("policy", "approvals", "[]", "status"))
    assert allowed is not None

    assert list(lifecycle.line()[1:]) == allowed["enum"]
    assert [] == [
        each["status"]
        for each in stated()
        if each["status"] in allowed["enum"] and "approval-missing" not in each["gate"]["rules"]
    ]


def test_kinds_of_the_policy_and_of_money_are_those_of_the_improvement() -> None:
    """Two lists of the same words, in two schemas."""
    when = node_at("config", ("policy", "approvals", "[]", "when", "kind"))
    assert when is not None

    assert choices("improvement", "kind") == tuple(when["enum"])
    assert choices("improvement", "money.gains[].kind") == choices("config", "money.roi_kinds")


def test_the_definitions_that_schemas_share_are_the_same_in_each() -> None:
    """A date in cireg.yaml is a date in an improvement."""
    seen: dict[str, tuple[str, Any]] = {}
    for kind in KINDS:
        for name, definition in schema_document(kind).get("$defs", {}).items():
            first, known = seen.setdefault(name, (kind, definition))
            assert known == definition, (name, first, kind)


# The reading of a schema


def test_fields_come_in_the_schemas_order_parents_before_their_parts() -> None:
    """What lists them needs no order of its own."""
    names = [each.name for each in fields("improvement")]

    assert ["id", "title", "status"] == names[:3]
    assert names.index("plan") < names.index("plan.steps") < names.index("plan.steps[].do")
    assert names.index("vision") < names.index("baseline") < names.index("target") < names.index("history")
    assert len(names) == len(set(names))


def test_a_field_tells_what_the_schema_says() -> None:
    """Its own keywords, those of its definition, and those of its entries."""
    due, roles = field("improvement", "target.due"), field("config", "people[].roles")
    step = field("improvement", "plan.steps[].do")

    assert ("Due", "a date as YYYY-MM-DD", ("2026-09-01",), False) == (due.title, due.kind, due.examples, due.required)
    assert ("a list of the values below", []) == (roles.kind, roles.default)
    assert ("sponsor", "Wants it and pays for it.") == roles.choices[-1]
    assert (True, None, ("plan", "steps", "[]", "do")) == (step.required, step.default, step.route)
    assert [1, 7] == [field("improvement", name).step for name in ("vision", "momentum")]
    assert "What should be better? One line." == field("improvement", "title").ask


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("improvement", "track", "one of the values below"),
        ("improvement", "change_type", "a list of the values below"),
        ("improvement", "opportunity", "some text"),
        ("improvement", "links.depends_on", "a list of improvement ids"),
        ("improvement", "team", "a list of ids"),
        ("improvement", "action.changes", "a list of texts"),
        ("improvement", "history", "a list of entries"),
        ("improvement", "momentum.standardised", "a list of documents, or {none: why}"),
        ("improvement", "plan.days", "a number"),
        ("improvement", "publish", "true or false"),
        ("improvement", "vision", "fields with values"),
        ("kpi", "bounds", "a list of numbers"),
        ("kpi", "chart.baseline", "a whole number"),
        ("config", "version", "always 1"),
    ],
)
def test_a_fields_kind_is_said_in_words(kind: str, name: str, expected: str) -> None:
    """For people who have never seen a schema."""
    assert expected == field(kind, name).kind


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        ((), ""),
        (("title",), "title"),
        (("target", "due"), "target.due"),
        (("plan", "steps", 0, "by"), "plan.steps[1].by"),
        (("plan", "steps", "[]", "by"), "plan.steps[].by"),
    ],
)
def test_a_route_reads_as_people_write_it(route: Route, expected: str) -> None:
    """Entries count from 1."""
    assert expected == dotted(route)


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        (("timezone",), "UTC"),
        (("scoring", "weights"), {"value": 0.4, "effort": 0.25, "urgency": 0.2, "risk": 0.15}),
        (("policy", "light", "cost"), 1000),
        (("limits", "answer_days"), 14),
        (("goals",), []),
        (("forge",), None),
        (("owner",), None),
        (("no", "such", "field"), None),
    ],
)
def test_a_default_is_what_the_schema_gives(route: tuple[str, ...], expected: object) -> None:
    """None where it gives nothing."""
    assert expected == default("config", route)


def test_a_part_of_a_gate_that_lacks_is_named_by_its_number() -> None:
    """Several at once, in order; nothing where all are satisfied."""
    checker = PartsChecker([{"required": ["a"]}, {"required": ["b"]}, {"properties": {"c": {"minimum": 3}}}])

    assert [[0, 1], [1, 2], []] == [checker.lacking(each) for each in ({}, {"a": 1, "c": 1}, {"a": 1, "b": 1, "c": 3})]
    assert [] == PartsChecker([]).lacking({})


def test_no_remote_reference_is_ever_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """A validator that would open a connection fails the test at once."""
    import socket

    def refuse(*arguments: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)

    assert [] != errors("improvement", {"$ref": "http://127.0.0.1:9/x", "id": 1})
