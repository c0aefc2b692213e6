"""Files that were dropped: the workbooks among them, also those packed into archives."""

from __future__ import annotations

import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from clusterlab.errors import N_, TableError, UsageError

#: How the names of workbooks end that may be forms, and of what mail programs pack them into.
FORMS, PACKED = (".xlsx", ".xlsm"), ".zip"
#: What people send instead: it is refused with what to do.
_TEXT, _LINK = (".csv", ".tsv"), ".gsheet"
_OTHERS = (".xls", ".xlsb", ".xlt", ".xltx", ".xltm", ".ods", ".fods", ".ots", ".numbers")
_KNOWN = (*FORMS, PACKED, *_TEXT, _LINK, *_OTHERS)
#: Begins what Excel and LibreOffice leave beside a workbook that is open.
_LOCKS = ("~$", ".~lock.")
_MANY = 2_000  # files of an archive
_NAME = 120  # characters of a name that every computer takes
_ODD = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_ENCRYPTED = 0x1


def dropped_files(drops: Sequence[Path]) -> list[Path]:
    """Give what was dropped: files as named, and what may be a form in folders.

    Files that programs leave beside an open workbook are passed over.

    Raises
    ------
    UsageError
        Where there is no such file or folder.
    """
    found: list[Path] = []
    for drop in drops:
        if drop.is_dir():
            inside = sorted(p for p in drop.rglob("*") if p.is_file())
            found += [p for p in inside if _may_be_form(p.name)]
        elif not drop.exists():
            raise UsageError(N_("There is no file or folder “{file}”."), file=str(drop))
        elif not drop.name.startswith(_LOCKS):
            found.append(drop)
    return list(dict.fromkeys(found))


def _may_be_form(name: str) -> bool:
    return name.casefold().endswith(_KNOWN) and not name.startswith(("~$", "."))


def refuse_others(name: str) -> None:
    """Refuse what is no workbook that can be read, and say what to do.

    Raises
    ------
    TableError
        Where its name ends otherwise.
    """
    ending = PurePosixPath(name).suffix.casefold()
    if ending in FORMS:
        return
    if ending in _TEXT:
        text = N_(
            "“{file}” holds the text of one sheet, without what says which form it is. Type what "
            "is new into the form itself, save that as .xlsx, and try again."
        )
    elif ending == _LINK:
        text = N_(
            "“{file}” is only a link to a file in the network. Open it, download it as Microsoft "
            "Excel (.xlsx), and try again."
        )
    elif ending == PACKED:
        text = N_("“{file}” is an archive within an archive. Unpack it, and try again.")
    else:
        text = N_(
            "“{file}” is no Excel workbook. Open it in the spreadsheet program, save it as "
            ".xlsx, and try again."
        )
    raise TableError(text, file=name)


def unpacked(path: Path, file_bytes: int) -> Iterator[tuple[str, Path | TableError]]:
    """Unpack the workbooks of an archive one after the other; none stays when all were given.

    Parameters
    ----------
    file_bytes
        Largest size of a table.

    Yields
    ------
    tuple of str and (Path or TableError)
        What it is called, and where it is now or why it was not unpacked.

    Raises
    ------
    TableError
        Where it is no archive, holds too much, or no workbook.
    """
    try:
        with zipfile.ZipFile(path) as archive, TemporaryDirectory() as place:
            for number, entry in enumerate(_inside(archive, path.name)):
                target = Path(place) / str(number) / _plain(entry.filename)
                try:
                    _unpack(archive, entry, target, file_bytes)
                except TableError as error:
                    yield target.name, error
                except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError):
                    yield target.name, _damaged(target.name)
                else:
                    yield target.name, target
                    target.unlink(missing_ok=True)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, ValueError) as error:
        raise _damaged(path.name) from error


def _inside(archive: zipfile.ZipFile, file: str) -> list[zipfile.ZipInfo]:
    """Give what may be a form in an archive."""
    entries = archive.infolist()
    if any(entry.filename == "[Content_Types].xml" for entry in entries):
        text = N_(
            "“{file}” is not an archive but a workbook or document whose name was changed. If it "
            "is a form, let its name end in .xlsx, and try again."
        )
        raise TableError(text, file=file)
    if len(entries) > _MANY:
        text = N_("“{file}” holds {count} files. Unpack it, and collect the folder.")
        raise TableError(text, file=file, count=len(entries))
    found = [e for e in entries if not e.is_dir() and _may_be_form(_plain(e.filename))]
    if not found:
        raise TableError(N_("There is no workbook in “{file}”."), file=file)
    return found


def _unpack(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, file_bytes: int
) -> None:
    refuse_others(target.name)
    if entry.flag_bits & _ENCRYPTED:
        text = N_("“{file}” is packed with a password. Unpack it, and collect it by itself.")
        raise TableError(text, file=target.name)
    if entry.file_size > file_bytes:
        text = N_(
            "“{file}” has {size} bytes, more than the {limit} that are allowed; nothing "
            "was taken. Split it, or raise the limit “file_bytes” in workshop.toml."
        )
        raise TableError(text, file=target.name, size=entry.file_size, limit=file_bytes)
    target.parent.mkdir()
    with archive.open(entry) as source, target.open("wb") as file:
        shutil.copyfileobj(source, file)  # gives no more than the size that was checked


def _plain(name: str) -> str:
    """Give a name without its folders, as every computer takes it."""
    last = _ODD.sub("_", re.split(r"[/\\]", name)[-1])
    ending = last[-5:]
    return last if len(last) <= _NAME else f"{last[: _NAME - len(ending)]}{ending}"


def _damaged(file: str) -> TableError:
    text = N_("“{file}” is damaged or no archive. Ask for it again, or unpack it by hand.")
    return TableError(text, file=file)
