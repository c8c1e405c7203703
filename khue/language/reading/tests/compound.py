"""A small writer of compound files ([MS-CFB] version 3), the container of Office before 2007 and of encrypted files."""

import struct
from collections.abc import Mapping
from typing import Union

Tree = Mapping[str, Union[bytes, "Tree"]]

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_NONE = 0xFFFFFFFF


def compound(tree: Tree) -> bytes:
    """The file of these streams and folders. Streams are padded to 4096 bytes, so that none is a mini stream."""
    entries: list[dict[str, object]] = [{"name": "Root Entry", "kind": 5, "data": b""}]
    _add(entries, 0, tree)
    sectors: list[bytes] = []
    fat: list[int] = []
    for entry in entries:
        data = entry["data"]
        assert isinstance(data, bytes)
        entry["start"], entry["size"] = _store(data, sectors, fat), len(data)
    directory = b"".join(_entry(entry) for entry in entries)
    directory_start = _store(directory, sectors, fat)
    fat.append(_FAT)
    assert len(fat) <= _SECTOR // 4, "one sector of allocation table is enough for a test"
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, directory_start, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", len(sectors), *[_FREE] * 108)
    return header + b"".join(sectors) + table


def _add(entries: list[dict[str, object]], parent: int, tree: Tree) -> None:
    """Children hang in a chain on their right-hand links, which is a search tree, if a lopsided one."""
    previous = None
    for name in sorted(tree, key=lambda name: (len(name), name.upper())):
        content = tree[name]
        leaf = isinstance(content, bytes)
        data = content + bytes(max(0, 4096 - len(content))) if isinstance(content, bytes) else b""
        entries.append({"name": name, "kind": 2 if leaf else 1, "data": data})
        number = len(entries) - 1
        if previous is None:
            entries[parent]["child"] = number
        else:
            entries[previous]["right"] = number
        previous = number
        if not isinstance(content, bytes):
            _add(entries, number, content)


def _store(data: bytes, sectors: list[bytes], fat: list[int]) -> int:
    if not data:
        return _END
    start = len(sectors)
    for place in range(0, len(data), _SECTOR):
        sectors.append(data[place : place + _SECTOR].ljust(_SECTOR, b"\0"))
        fat.append(len(sectors))
    fat[-1] = _END
    return start


def _entry(entry: dict[str, object]) -> bytes:
    name = str(entry["name"]).encode("utf-16-le") + b"\0\0"
    links = (_NONE, entry.get("right", _NONE), entry.get("child", _NONE))
    body = name.ljust(64, b"\0") + struct.pack("<HBBIII", len(name), entry["kind"], 1, *links)
    return body + bytes(36) + struct.pack("<IQ", entry["start"], entry["size"])
