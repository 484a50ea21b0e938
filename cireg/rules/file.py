"""What the reader itself refuses or warns of: files that are not what they should be, and YAML that misleads."""

from __future__ import annotations

from cireg.files import Special, Symlink
from cireg.layout import schema_text
from cireg.rules.declare import found_by_reader
from cireg.rules.examples import IMPROVEMENT
from cireg.source import DEPTH_LIMIT, FILE_LIMIT, NODE_LIMIT, PLAIN_LIMIT

_DEEP = "custom: " + "[" * DEPTH_LIMIT + "1" + "]" * DEPTH_LIMIT + "\n"

RULES = (
    found_by_reader(
        "CI001", "syntax", "A file is YAML",
        "A file that cannot be read says nothing, so nothing else in it can be checked.",
        mend="mend the line; the message says what YAML expected there",
        bad='title: Answer: sooner\n', good='title: "Answer: sooner"\n',
    ),
    found_by_reader(
        "CI002", "merge-conflict", "No merge conflict is left in a file",
        "Git left both versions in the file, and somebody has to say which one is right.",
        mend="keep the lines that are right and remove the lines with <<<<<<<, ======= and >>>>>>>",
        bad="<<<<<<< HEAD\ntitle: Answer sooner\n=======\ntitle: Answer faster\n>>>>>>> idea\n",
        good="title: Answer sooner\n",
    ),
    found_by_reader(
        "CI003", "encoding", "A file is UTF-8 text",
        "In another encoding, letters with accents turn into others on the next reader's screen.",
        mend="save the file as UTF-8",
        bad={IMPROVEMENT: "title: Caf\u00e9\n".encode("cp1252")}, good="title: Café\n",
    ),
    found_by_reader(
        "CI004", "bom", "A file does not start with a byte order mark",
        "The mark cannot be seen, and some readers take it for a part of the first field's name.",
        mend="save the file as UTF-8 without a byte order mark",
        bad={IMPROVEMENT: b"\xef\xbb\xbftitle: Answer sooner\n"}, good="title: Answer sooner\n",
    ),
    found_by_reader(
        "CI005", "forbidden-character", "A file has no characters that cannot be seen",
        "Control characters, marks that turn the direction of writing and characters without width make a file "
        "look other than it is, to the reviewer and to the reader of the site.",
        mend="delete the character, or type the word again",
        bad='title: "Answer\u202e sooner"\n', good='title: "Answer sooner"\n',
    ),
    found_by_reader(
        "CI006", "duplicate-key", "A field is given once",
        "Of two values, one reader takes the first and another the last.",
        mend="keep the one that is right",
        bad="title: Answer sooner\ntitle: Answer faster\n", good="title: Answer sooner\n",
    ),
    found_by_reader(
        "CI007", "anchor", "A file marks no part of itself to be repeated",
        "Anchors hide what a file says, and a few lines of them can grow to gigabytes.",
        mend="write the value out",
        bad="tags: &words [portal]\n", good="tags: [portal]\n",
    ),
    found_by_reader(
        "CI008", "alias", "A file repeats no part of itself by reference",
        "Aliases hide what a file says, and a few lines of them can grow to gigabytes.",
        mend="write the value out",
        bad="tags: *words\n", good="tags: [portal]\n",
    ),
    found_by_reader(
        "CI009", "merge-key", "A file merges no parts of itself",
        "Merged fields hide what a file says.",
        mend="write the fields out",
        bad="vision:\n  <<: {goal: g-happier-users}\n", good="vision: {goal: g-happier-users}\n",
    ),
    found_by_reader(
        "CI010", "tag", "Values have no tags",
        "A tag asks the reader to build something else than text, a number, a list or fields.",
        mend="remove the word that starts with !, or put the text in quotes",
        bad="title: !!str Answer sooner\n", good="title: Answer sooner\n",
    ),
    found_by_reader(
        "CI011", "directive", "A file has no directives",
        "A directive changes how the rest of the file is to be read.",
        mend="remove the line that starts with %",
        bad="%YAML 1.2\n---\ntitle: Answer sooner\n", good="title: Answer sooner\n",
    ),
    found_by_reader(
        "CI012", "multiple-documents", "A file is one document",
        "One improvement, one file: a second one would be overlooked.",
        mend="put each improvement into a file of its own, and remove the line ---",
        bad="title: Answer sooner\n---\ntitle: Answer faster\n", good="title: Answer sooner\n",
    ),
    found_by_reader(
        "CI013", "complex-key", "A field's name is plain text",
        "A list or a mapping as a name cannot be addressed.",
        mend="give the field a name",
        bad="custom:\n  ? [a, b]\n  : 1\n", good="custom:\n  a-and-b: 1\n",
    ),
    found_by_reader(
        "CI014", "not-a-mapping", "A file consists of fields",
        "A list or a single value is not an improvement, a KPI or a configuration.",
        mend="start the lines with a field's name and a colon, as in title: …",
        bad={IMPROVEMENT: b"- Answer sooner\n"}, good="title: Answer sooner\n",
    ),
    found_by_reader(
        "CI015", "empty-file", "A file is not empty",
        "An empty file says nothing.",
        mend="fill it in, or remove it",
        bad={IMPROVEMENT: b"# to be written\n"}, good="title: Answer sooner\n",
    ),
    found_by_reader(
        "CI016", "too-deep", f"Values are nested at most {DEPTH_LIMIT} deep",
        "No improvement needs more, and deep nesting is how a small file stops a reader.",
        mend="write it flatter",
        bad=_DEEP, good="custom: {seats: [1, 2]}\n",
    ),
    found_by_reader(
        "CI017", "too-many-nodes", f"A file has at most {NODE_LIMIT:,} values",
        "No improvement needs more, and it would slow everybody down.",
        mend="move the data to where it belongs and link to it",
        bad="custom: {rows: [" + "1, " * NODE_LIMIT + "1]}\n", good="custom: {rows: [1, 2, 3]}\n",
    ),
    found_by_reader(
        "CI018", "scalar-too-long", f"A value without quotes has at most {PLAIN_LIMIT:,} characters",
        "A long text belongs into a block, where it can be read; 64 KiB are the most there.",
        mend="write a long text as a block: a |, and the text below it, indented",
        bad="opportunity: " + "a" * (PLAIN_LIMIT + 1) + "\n", good="opportunity: |\n  Answers take long.\n",
    ),
    found_by_reader(
        "CI019", "file-too-large", f"A file has at most {FILE_LIMIT // 1024} KiB",
        "No improvement needs more, and a huge file would slow everybody down.",
        mend="move long material to where it belongs and link to it",
        bad={IMPROVEMENT: b"# " + b"a" * FILE_LIMIT + b"\n"}, good="title: Answer sooner\n",
    ),
    found_by_reader(
        "CI020", "symlink", "A file is not a link",
        "A link could bring the content of any other file into the register and onto the site.",
        mend="replace the link by the file itself",
        bad={IMPROVEMENT: Symlink("../../etc/passwd")}, good="title: Answer sooner\n",
    ),
    found_by_reader(
        "CI021", "special-file", "A file is a regular file",
        "A pipe or a device has no content to keep in git.",
        mend="replace it by a regular file",
        bad={IMPROVEMENT: Special("special")}, good="title: Answer sooner\n",
    ),
    found_by_reader(
        "CI022", "unreadable", "A file can be read",
        "A file that cannot be read is not checked and not shown.",
        mend="give yourself the right to read it",
        bad={IMPROVEMENT: Special("unreadable")}, good="title: Answer sooner\n",
    ),
    found_by_reader(
        "CI023", "stray-file", "Only improvements lie in improvements/, only KPIs in kpis/",
        "A file with another ending is not read, so an idea in it is lost.",
        mend="give the file the ending .yaml, or move it elsewhere",
        bad={"improvements/CI-0002.txt": b"title: Answer sooner\n"}, good={"improvements/CI-0002.yaml": ""},
        severity="warning",
    ),
    found_by_reader(
        "CI024", "ambiguous-scalar", "A value is the same for every reader",
        "Other tools read a bare no as false, 010 as eight, 12:30 as 750 and 1e3 as a thousand.",
        mend="put it in double quotes when text is meant; write a number with digits only",
        bad="custom: {spare: no}\n", good='custom: {spare: "no"}\n',
        severity="warning",
    ),
    found_by_reader(
        "CI025", "schema-drift", "The register's copies of the schemas are the installed ones",
        "Editors read the copies in schema/, and check reads the schemas of the installed cireg: where they differ, "
        "the editor and the check disagree.",
        mend="run cireg check --fix, which writes the copies of this version",
        bad={IMPROVEMENT: "", "schema/kpi.schema.json": b"{}\n"},
        good={IMPROVEMENT: "", "schema/kpi.schema.json": schema_text("kpi").encode()},
        severity="warning",
    ),
    found_by_reader(
        "CI026", "modeline", "The schema that a file names for editors is that of its kind",
        "An editor with another schema, or with none, marks what is right and passes what is wrong.",
        mend="run cireg check --fix, which writes the way to the register's copy of the schema",
        bad={
            IMPROVEMENT: "# yaml-language-server: $schema=schema/improvement.schema.json\n",
            "schema/improvement.schema.json": schema_text("improvement").encode(),
        },
        good={
            IMPROVEMENT: "# yaml-language-server: $schema=../schema/improvement.schema.json\n",
            "schema/improvement.schema.json": schema_text("improvement").encode(),
        },
        severity="warning",
    ),
)  # fmt: skip
