"""Whether a file can be a template, said in plain words before anything of it is understood."""

from __future__ import annotations

import io
import re
import zipfile

from clusterlab.errors import N_, DocumentError, Message

#: Endings of templates, by the format that is drawn with them. Of files with macros the macros
#: stay behind.
ENDINGS = {
    "pptx": (".pptx", ".potx", ".pptm", ".potm"),
    "docx": (".docx", ".dotx", ".docm", ".dotm"),
}
_KINDS = {
    "presentation": N_("a presentation"),
    "word": N_("a text document"),
    "spreadsheet": N_("a workbook"),
}
_WANTED = {"pptx": _KINDS["presentation"], "docx": _KINDS["word"]}
_MAIN = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument\.|ms-)"
    rb"(presentation|powerpoint|word|spreadsheet|excel)\w*\.[\w.]*main\+xml"
)
_SAME = {"powerpoint": "presentation", "excel": "spreadsheet"}
# What files of Office before 2007 begin with, and those that a password protects.
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# What the strict variant of the format calls its vocabulary; no library here reads it.
_STRICT = b"http://purl.oclc.org/ooxml/"
_MAINS = frozenset(["ppt/presentation.xml", "word/document.xml", "xl/workbook.xml"])
_FEW = 4096
_TYPES = "[Content_Types].xml"
# A list of types is never so large.
_MOST = 10_000_000


def check_template(data: bytes, name: str, wanted: str) -> None:
    """Refuse what cannot be a template for a format.

    Parameters
    ----------
    data, name
        The file and its name, for people.
    wanted
        ``pptx`` or ``docx``.

    Raises
    ------
    DocumentError
        Where it is protected, of another time, damaged, or something else.
    """
    ending = ENDINGS[wanted][0]
    if data.startswith(_OLD) and _ENCRYPTED in data:
        raise DocumentError(
            N_(
                "The template “{name}” is protected by a password. Open it, take the password off "
                "and save it again."
            ),
            name=name,
        )
    if data.startswith(_OLD):
        raise DocumentError(
            N_(
                "The template “{name}” is a file as Office wrote it before 2007. Open it and save "
                "it as {ending}."
            ),
            name=name,
            ending=ending,
        )
    kind = _kind(data, name)
    if kind != _WANTED[wanted]:
        raise DocumentError(
            N_("The template “{name}” is {came}, but has to be {wanted}."),
            name=name,
            came=Message(kind),
            wanted=Message(_WANTED[wanted]),
        )


def _kind(data: bytes, name: str) -> str:
    """Say what a file is; a text that can be translated."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            with archive.open(_TYPES) as file:
                types = file.read(_MOST)
            mains = [n for n in archive.namelist() if n in _MAINS]
            strict = any(_STRICT in _start(archive, n) for n in mains)
    except KeyError:
        return N_("no file of the office")
    except Exception as error:  # a damaged archive raises many kinds of errors
        raise DocumentError(
            N_(
                "The template “{name}” is damaged or no file of the office. Open it in Office, "
                "save it again and try once more."
            ),
            name=name,
        ) from error
    if strict:
        raise DocumentError(
            N_(
                "The template “{name}” was saved as “Strict Open XML”. Open it and save it as an "
                "ordinary file of the same kind."
            ),
            name=name,
        )
    found = _MAIN.search(types)
    if found is None:
        return N_("no file of the office")
    word = found[1].decode()
    return _KINDS[_SAME.get(word, word)]


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        return file.read(_FEW)
