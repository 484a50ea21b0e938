"""The YAML language server as an editor drives it: over its standard input and output, one request after another."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from pathlib import Path
from typing import Any

TIMEOUT = 60  # seconds for an answer: a machine that does much else at once is slow


class LanguageServer:
    """A server with a folder open; `settings` are those of the editor, by their full names."""

    def __init__(self, node: str, packages: Path, folder: Path, settings: dict[str, Any]) -> None:
        self._settings = settings
        self._next = 0
        program = packages / "yaml-language-server" / "bin" / "yaml-language-server"
        self._process = subprocess.Popen(
            [node, str(program), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        formats = {"contentFormat": ["markdown"]}
        document = {"hover": formats, "completion": {"completionItem": {"documentationFormat": ["markdown"]}}}
        opened = {"uri": folder.as_uri(), "name": folder.name}
        self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": folder.as_uri(),
                "workspaceFolders": [opened],
                "capabilities": {"textDocument": document, "workspace": {"configuration": True}},
            },
        )
        self._tell("initialized", {})

    def close(self) -> None:
        """End the server."""
        self._process.kill()
        self._process.wait(TIMEOUT)
        self._listener.join(TIMEOUT)
        for stream in (self._process.stdin, self._process.stdout):
            assert stream
            stream.close()

    def open(self, path: Path, text: str | None = None) -> list[dict[str, Any]]:
        """Open a file, with another text than it has where one is given; return what the server finds in it."""
        content = path.read_text(encoding="utf-8") if text is None else text
        self._next += 1  # a version that no earlier text of this file had: the server keeps what it knows by it
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": self._next, "text": content}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return self._found_in(path)

    def close_file(self, path: Path) -> None:
        """Close a file, so that it can be opened with another text."""
        self._tell("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})
        assert [] == self._found_in(path)

    def at(self, method: str, path: Path, line: int, character: int) -> Any:
        """Ask for what the server shows at a place, counted from 0: `hover` or `completion`."""
        position = {"line": line, "character": character}
        return self.ask(f"textDocument/{method}", {"textDocument": {"uri": path.as_uri()}, "position": position})

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """Send a request and return its result."""
        self._next += 1
        number = f"cireg-{self._next}"
        self._send({"id": number, "method": method, "params": params})
        answer = self._wait(lambda it: it.get("id") == number)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def _tell(self, method: str, params: dict[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def _wait(self, wanted: Any) -> dict[str, Any]:
        """The first message that is wanted; the server's own questions are answered meanwhile."""
        while True:
            message = self._messages.get(timeout=TIMEOUT)
            assert message is not None, "the language server has ended"
            if "method" in message and "id" in message:
                asked = message["params"].get("items", []) if message["method"] == "workspace/configuration" else None
                result = None if asked is None else [self._section(each["section"]) for each in asked]
                self._send({"id": message["id"], "result": result})
            elif wanted(message):
                return message

    def _found_in(self, path: Path) -> list[dict[str, Any]]:
        """The next list of what the server finds in a file."""
        uri, method = path.as_uri(), "textDocument/publishDiagnostics"
        found = self._wait(lambda it: it.get("method") == method and it["params"]["uri"] == uri)
        return list(found["params"]["diagnostics"])

    def _section(self, name: str) -> dict[str, Any]:
        """The settings of a section, as an editor hands them over: nested by the parts of their names."""
        section: dict[str, Any] = {}
        for full, value in self._settings.items():
            if full.startswith(f"{name}."):
                *way, last = full.removeprefix(f"{name}.").split(".")
                node = section
                for step in way:
                    node = node.setdefault(step, {})
                node[last] = value
        return section

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream
        length = 0
        for line in iter(stream.readline, b""):
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"content-length":
                length = int(value)
            elif not line.strip():
                self._messages.put(json.loads(stream.read(length)))
        self._messages.put(None)
