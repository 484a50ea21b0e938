"""A YAML text that is cut and mended part by part; `edit` is the way in, and checks what comes out."""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher
from typing import Any

from cireg.canonical import Order, dump_key, entry, flow, item, parts, same
from cireg.errors import CiregError
from cireg.source import Route
from cireg.spans import BLOCK_HEADER, Node, comments, name_of, shown, spans, value_of

Cut = tuple[int, int, str]  # where it starts and ends, and what goes in

_TO_DASH = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ ]*-")
_BLANK_LINE = re.compile(r"\r?\n[ \t]*\r?\n")


class Draft:
    """A text under change, its last line ended. Every method changes `text` at one route, or raises CiregError."""

    def __init__(self, text: str, order: Order | None) -> None:
        self.line_end = "\r\n" if "\r\n" in text else "\n"
        self.text = text if text.endswith("\n") else text + self.line_end
        self._root = spans(self.text)
        self._order = order

    def make(self, route: Route, value: Any) -> None:
        """Let the value at `route` be this one, changing no more than differs."""
        trail = self._trail(route)
        if len(trail) <= len(route):
            self._add(trail, route, value)
            return
        old = value_of(trail[-1])
        if same(old, value):
            return
        if isinstance(old, dict) and isinstance(value, dict) and old:
            for key in value:
                self.make((*route, key), value[key])
            for key in sorted(old.keys() - value.keys()):
                self.remove((*route, key))
        elif isinstance(old, list) and isinstance(value, list) and old:
            self._make_list(route, old, value)
        else:
            self._replace(route, value)

    def remove(self, route: Route) -> None:
        """Take out the entry or item at `route`, with its own lines and the comment beside it."""
        trail = self._trail(route)
        if not route or len(trail) <= len(route):
            raise CiregError(f"there is nothing at {shown(route)}")
        parent = trail[-2]
        place = _place(parent, route[-1])
        starts, ends = self._extents(parent)
        if parent.style == "flow":
            self._splice([self._cut_from_flow(place, starts, ends)], may_lose_comments=True)
        elif len(starts) > 1:
            self._splice([self._cut_from_block(place, starts, ends)], may_lose_comments=True)
        elif len(trail) == 2:
            raise CiregError("a file without any field is no part of a register")
        else:
            self._splice(self._emptied(trail, route[:-1], starts[0], ends[0]), may_lose_comments=True)

    def replace_scalars(self, found: list[tuple[Node, bool]], write: Any) -> None:
        """Put `write(flow)` in the place of each of these scalars, told whether it stands within [] or {}."""
        self._splice([(node.start, node.end, write(flow=in_flow)) for node, in_flow in found])

    def _trail(self, route: Route) -> list[Node]:
        """The nodes along the route from the root on, as far as they are there."""
        trail = [self._root]
        for step in route:
            place = _place(trail[-1], step)
            if place < 0:
                break
            trail.append(trail[-1].items[place] if trail[-1].kind == "list" else trail[-1].pairs[place][1])
        return trail

    def _add(self, trail: list[Node], route: Route, value: Any) -> None:
        """Add what is missing from the end of the trail on."""
        depth = len(trail) - 1
        inner, step = route[:depth], route[depth]
        for key in reversed(route[depth + 1 :]):
            if isinstance(key, int):
                raise CiregError(f"there is no list at {shown(route)}")
            value = {key: value}
        parent = trail[-1]
        if isinstance(step, int):
            if parent.kind != "list" or step != len(parent.items):
                raise CiregError(f"there is no item {step} at {shown(inner)}")
            self._insert_items(trail, inner, step, [value])
        elif parent.kind == "map":
            self._insert_entry(trail, inner, step, value)
        elif value_of(parent) is None:
            self._replace(inner, {step: value})
        else:
            raise CiregError(f"{shown(inner)} holds a value that cannot have a field '{step}'")

    def _make_list(self, route: Route, old: list[Any], value: list[Any]) -> None:
        left, right = ([json.dumps(each, sort_keys=True) for each in items] for items in (old, value))
        for kind, start, end, new_start, new_end in reversed(SequenceMatcher(None, left, right, False).get_opcodes()):
            if kind == "equal":
                continue
            both = min(end - start, new_end - new_start)
            if more := value[new_start + both : new_end]:
                self._insert_items(self._trail(route), route, end, more)
            for place in range(end - 1, start + both - 1, -1):
                self.remove((*route, place))
            for place in range(both):
                self.make((*route, start + place), value[new_start + place])

    def _replace(self, route: Route, value: Any) -> None:
        trail = self._trail(route)
        node, parent = trail[-1], trail[-2]
        if _in_flow(trail[:-1]):
            lead = " " if node.start == node.end and self.text[node.start - 1] not in " \t\n[" else ""
            self._splice([(node.start, node.end, lead + flow(value, route, self._order))])
            return
        after = self._value_from(trail, route)
        if parent.kind == "map":
            first, more = parts(value, parent.column, route, self._order)
        else:
            lines = item(value, parent.column, route, self._order)
            first, more = lines[0][parent.column + 2 :], lines[1:]
        cuts = self._cuts(node, after, first, more)
        if parent.kind == "list" and isinstance(value, dict) and more:  # the first entry stands as those below it do
            cuts[0] = (after, cuts[0][1], " " + first)
        self._splice(cuts)

    def _cuts(self, node: Node, after: int, first: str, more: list[str]) -> list[Cut]:
        """A value in its line, which may end with a comment, and the lines below it, are cut each for itself."""
        start, end = node.start, node.end
        if node.style in ("literal", "folded"):
            header = BLOCK_HEADER.match(self.text, start)
            end = header.end() if header else start
            below = (self._line_stop(end), max(node.end, self._line_stop(end)))
        elif node.kind != "scalar" and node.style == "block" and start > self._line_stop(after):
            start = end = after
            below = (self._line_stop(after), node.end)
        else:
            below = (self._line_stop(end),) * 2
        if start == end and first:
            first = " " + first
        elif not first:
            start = after
        return [(start, end, first), (*below, "".join("\n" + line for line in more))]

    def _insert_entry(self, trail: list[Node], route: Route, key: str, value: Any) -> None:
        parent = trail[-1]
        names = [name_of(each) for each, _ in parent.pairs]
        place = self._place_for(route, key, names)
        if parent.style == "flow" and not names and route:
            self._replace(route, {key: value})
        elif parent.style == "flow":
            self._insert_in_flow(parent, place, f"{dump_key(key)}: {flow(value, (*route, key), self._order)}")
        else:
            lines = entry(key, value, parent.column, (*route, key), self._order)
            if place and not route and isinstance(value, dict) and len(lines) > 1 and self._is_spaced(parent, place):
                lines.insert(0, "")
            self._insert_in_block(parent, place, lines)

    def _place_for(self, route: Route, key: str, names: list[str]) -> int:
        """How many of these entries go before a new one: up to the last of those that the order puts before it."""
        rank = {name: number for number, name in enumerate(self._order(route))} if self._order else {}
        if key not in rank:
            return len(names)
        before = [(rank[name], place) for place, name in enumerate(names, 1) if rank.get(name, len(rank)) < rank[key]]
        if before:
            return max(before)[1]
        return next((place for place, name in enumerate(names) if name in rank), len(names))

    def _is_spaced(self, parent: Node, place: int) -> bool:
        """Whether a blank line stands where the new entry goes, or before the one it follows at the end."""
        key, value = parent.pairs[place - 1]
        if place < len(parent.pairs):
            return _BLANK_LINE.match(self.text, self._line_stop(value.end)) is not None
        return self.text[: key.start].replace("\r", "").endswith("\n\n")

    def _insert_items(self, trail: list[Node], route: Route, place: int, values: list[Any]) -> None:
        parent = trail[-1]
        placed = list(enumerate(values, start=place))
        if parent.style == "flow" and not parent.items:
            self._replace(route, values)
        elif parent.style == "flow":
            texts = (flow(value, (*route, number), self._order) for number, value in placed)
            self._insert_in_flow(parent, place, ", ".join(texts))
        else:
            near = [each for each in (*parent.items[:place][::-1], *parent.items[place:]) if each.kind == "map"]
            in_one_line = near[0].style == "flow" if near else None
            items = (
                item(value, parent.column, (*route, number), self._order, in_one_line=in_one_line)
                for number, value in placed
            )
            self._insert_in_block(parent, place, [line for lines in items for line in lines])

    def _insert_in_flow(self, parent: Node, place: int, text: str) -> None:
        starts, ends = self._extents(parent)
        if not starts:
            self._splice([(parent.start + 1, parent.start + 1, text)])
        elif place:
            self._splice([(ends[place - 1], ends[place - 1], ", " + text)])
        else:
            self._splice([(starts[0], starts[0], text + ", ")])

    def _insert_in_block(self, parent: Node, place: int, lines: list[str]) -> None:
        starts, ends = self._extents(parent)
        if place:
            stop = self._line_stop(ends[place - 1])
            self._splice([(stop, stop, "".join("\n" + line for line in lines))])
        else:
            text = "\n".join(lines).lstrip(" ") + "\n" + " " * parent.column
            self._splice([(starts[0], starts[0], text)])

    def _extents(self, parent: Node) -> tuple[list[int], list[int]]:
        """Where each entry of a map or item of a list starts, its dash included, and ends."""
        if parent.kind == "map":
            return [key.start for key, _ in parent.pairs], [value.end for _, value in parent.pairs]
        ends = [each.end for each in parent.items]
        if parent.style == "flow":
            return [each.start for each in parent.items], ends
        return [parent.start, *(self._dash_after(end) for end in ends[:-1])], ends

    def _dash_after(self, index: int) -> int:
        match = _TO_DASH.match(self.text, index)
        if not match:
            raise CiregError("a list is written in a way that cannot be edited")
        return match.end() - 1

    def _value_from(self, trail: list[Node], route: Route) -> int:
        """Where the value at `route` may begin: after the colon of its key, or its dash."""
        parent = trail[len(route) - 1]
        place = _place(parent, route[-1])
        if parent.kind == "list":
            return self._extents(parent)[0][place] + 1
        return self.text.index(":", parent.pairs[place][0].end) + 1

    def _cut_from_flow(self, place: int, starts: list[int], ends: list[int]) -> Cut:
        if place + 1 < len(starts):
            return starts[place], starts[place + 1], ""
        return ends[place - 1] if place else starts[place], ends[place], ""

    def _cut_from_block(self, place: int, starts: list[int], ends: list[int]) -> Cut:
        lines = self._whole_lines(starts[place], ends[place])
        if lines:
            return lines
        following = starts[place + 1]  # the first entry of a map stands beside the dash of its item
        has_comment = "#" in self.text[ends[place] : following]
        return starts[place], ends[place] if has_comment else following, ""

    def _emptied(self, trail: list[Node], route: Route, start: int, end: int) -> list[Cut]:
        """The only entry or item goes, and leaves {} or [] behind."""
        empty = "{}" if trail[len(route)].kind == "map" else "[]"
        lines = self._whole_lines(start, end)
        if not lines:
            return [(start, end, empty)]
        after = self._value_from(trail, route)
        return [(after, after, " " + empty), lines]

    def _whole_lines(self, start: int, end: int) -> Cut | None:
        """The lines of a part with their line ends; None where something else stands before it."""
        first = self.text.rfind("\n", 0, start) + 1
        if self.text[first:start].strip():
            return None
        return first, self.text.index("\n", end) + 1, ""

    def _line_stop(self, index: int) -> int:
        """Where the line ends that `index` is in, before its line end."""
        stop = self.text.index("\n", index)
        return stop - 1 if stop > index and self.text[stop - 1] == "\r" else stop

    def _splice(self, cuts: list[Cut], *, may_lose_comments: bool = False) -> None:
        pieces: list[str] = []
        done = 0
        for start, end, new in sorted(cuts, key=lambda cut: cut[:2]):
            pieces += [self.text[done:start], new.replace("\n", self.line_end)]
            done = end
        text = "".join([*pieces, self.text[done:]])
        root = spans(text)
        if not may_lose_comments and comments(self.text, self._root) - comments(text, root):
            raise CiregError("a comment stands inside the value and would be lost")
        self.text, self._root = text, root


def _place(parent: Node, step: str | int) -> int:
    """The place of an entry or item in its parent, or -1."""
    if parent.kind == "list" and isinstance(step, int):
        return step if 0 <= step < len(parent.items) else -1
    if parent.kind == "map" and isinstance(step, str):
        return next((place for place, (key, _) in enumerate(parent.pairs) if name_of(key) == step), -1)
    return -1


def _in_flow(trail: list[Node]) -> bool:
    return any(node.style == "flow" for node in trail)
