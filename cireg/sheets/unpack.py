"""The parts of an XLSX file, unpacked only as far as an honest workbook goes."""

from __future__ import annotations

import io
import zipfile
import zlib

from cireg.errors import CiregError

MAX_UNPACKED = 20 * 1024 * 1024  # bytes, of all parts together
MAX_RATIO = 100  # of what comes out to what went in
MAX_PARTS = 1000

_DIRECTORY_ENTRY = b"PK\x01\x02"
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def unpack(name: str, raw: bytes) -> dict[str, bytes]:
    """{name of a part, in small letters: its content}, of the parts that are XML.

    Raises CiregError for a damaged or encrypted archive, and for one that unpacks to more than MAX_UNPACKED
    or MAX_RATIO times its size: by its own directory, before anything is unpacked, and while it is, since
    the directory may lie.
    """
    if raw.count(_DIRECTORY_ENTRY) > MAX_PARTS:
        raise CiregError(f"{name} has more than {MAX_PARTS:,} parts, which no workbook needs")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _contents(name, archive, min(MAX_UNPACKED, MAX_RATIO * len(raw)))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise CiregError(f"{name} is a damaged XLSX file", "open it in a spreadsheet and save it") from error


def _contents(name: str, archive: zipfile.ZipFile, most: int) -> dict[str, bytes]:
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > most:
        raise _bomb(name)
    parts: dict[str, bytes] = {}
    for entry in entries:
        part = entry.filename.replace("\\", "/").lower()
        if entry.flag_bits & 0x1 or entry.compress_type not in _METHODS:
            raise CiregError(f"{name} is encrypted or packed in an unusual way", "save it as plain .xlsx")
        if part in parts:
            raise CiregError(f"{name} holds two parts called '{part}'")
        with archive.open(entry) as packed:
            parts[part] = packed.read(most + 1)
        most -= len(parts[part])
        if most < 0:
            raise _bomb(name)
    return {part: content for part, content in parts.items() if part.endswith((".xml", ".rels"))}


def _bomb(name: str) -> CiregError:
    return CiregError(
        f"{name} unpacks to more than {MAX_UNPACKED // 1024**2} MiB or {MAX_RATIO} times its size",
        "an honest workbook does not; if it is one, save it as .csv",
    )
