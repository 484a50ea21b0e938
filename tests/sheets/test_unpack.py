"""Archives that are made to cost more than they look."""

from __future__ import annotations

import contextlib
import hashlib
import io
import struct
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from cireg.errors import CiregError
from cireg.sheets import read_table
from cireg.sheets.unpack import MAX_PARTS, MAX_UNPACKED, unpack
from tests.sheets.workbooks import pack, parts, sheet_xml, workbook

BOMBS = sorted((Path(__file__).parents[3] / "shared/hostile/csv").glob("*.xlsx"))
ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


def _refusal(raw: bytes) -> str:
    with pytest.raises(CiregError) as refused:
        read_table("t.xlsx", raw)
    assert "\n" not in refused.value.message
    return refused.value.message


def _archive(name: bytes, packed: bytes, *, claimed: int, method: int = 8, flags: int = 0) -> bytes:
    """An archive of one part whose directory claims what it likes."""
    entry = struct.pack("<HHHHHIIIHH", 20, flags, method, 0, 0x21, zlib.crc32(b""), len(packed), claimed, len(name), 0)
    local = b"PK\x03\x04" + entry + name + packed
    directory = b"PK\x01\x02\x14\x00" + entry + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(directory), len(local), 0)
    return local + directory + end


@pytest.mark.parametrize("bomb", BOMBS or [None], ids=lambda bomb: bomb.name if bomb else "none")
def test_every_bomb_of_the_collection_is_refused_in_little_memory(bomb: Path | None) -> None:
    """With a reason, and before anything large is unpacked."""
    if bomb is None:
        pytest.skip("the collection is not there")
    raw = bomb.read_bytes()
    tracemalloc.start()
    _refusal(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30 * 1024**2


def test_a_sheet_that_unpacks_to_a_hundred_times_its_size_is_refused() -> None:
    """The ratio is that of the whole file."""
    assert "100 times its size" in _refusal(workbook(ROW + " " * 4_000_000))


def test_more_than_the_limit_is_refused_at_an_honest_ratio_too() -> None:
    """Twenty MiB of parts is more than any table of this size needs."""
    noise = hashlib.shake_256(b"noise").digest(MAX_UNPACKED // 2 + 1).hex()
    assert "unpacks to more than 20 MiB" in _refusal(pack({"xl/media/a.bin": noise}))


def test_a_directory_that_lies_does_not_help() -> None:
    """What comes out is counted too, and must be what was claimed."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeeze.compress(b" " * 60_000_000) + squeeze.flush()
    tracemalloc.start()
    assert "damaged" in _refusal(_archive(b"xl/workbook.xml", packed, claimed=10))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30 * 1024**2


@pytest.mark.parametrize(("method", "flags"), [(8, 1), (12, 0), (14, 0), (99, 1)])
def test_encryption_and_unusual_packing_are_refused(method: int, flags: int) -> None:
    """No spreadsheet writes them, and their unpackers were never meant for strangers' files."""
    raw = _archive(b"xl/workbook.xml", b"", claimed=0, method=method, flags=flags)
    assert "encrypted or packed in an unusual way" in _refusal(raw)


def test_too_many_parts_are_refused() -> None:
    """A directory of a million entries is a bomb of its own."""
    contents = {f"xl/{number}.xml": "" for number in range(MAX_PARTS + 1)}
    assert "more than 1,000 parts" in _refusal(pack(contents))


def test_two_parts_of_one_name_are_refused() -> None:
    """Readers disagree about which of them counts, capitals or not."""
    contents = {**parts(sheet_xml(ROW)), "xl/Worksheets/sheet1.xml": sheet_xml("")}
    assert "t.xlsx holds two parts called 'xl/worksheets/sheet1.xml'" == _refusal(pack(contents))


@pytest.mark.parametrize("raw", [b"PK", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, pack({"a.txt": "x"})])
def test_an_archive_that_is_no_workbook_is_refused(raw: bytes) -> None:
    """An empty or cut archive, or one of something else."""
    assert _refusal(raw) in ("t.xlsx is a damaged XLSX file", "t.xlsx is not an XLSX file")


def test_a_damaged_archive_is_refused_wherever_the_damage_is() -> None:
    """Every byte of a small workbook turned over in turn: a table or a refusal, never anything else."""
    raw = workbook('<row r="1"><c r="A1" t="str"><v>a</v></c></row>')
    for position in range(len(raw)):
        damaged = bytearray(raw)
        damaged[position] ^= 0xFF
        with contextlib.suppress(CiregError):
            assert "a" == read_table("t.xlsx", bytes(damaged)).header[0]


def test_only_the_parts_that_are_xml_are_handed_on() -> None:
    """Pictures, macros and fonts are counted and left alone."""
    contents = {
        "xl/a.xml": b"<a/>",
        "xl/_rels/a.xml.rels": b"<b/>",
        "xl\\B.XML": b"<c/>",
        "xl/vbaProject.bin": b"x",
    }
    expected = {"xl/a.xml": b"<a/>", "xl/_rels/a.xml.rels": b"<b/>", "xl/b.xml": b"<c/>"}
    assert expected == unpack("t.xlsx", pack(contents, zipfile.ZIP_STORED))
    assert expected == unpack("t.xlsx", io.BytesIO(pack(contents)).getvalue())
