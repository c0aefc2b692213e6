"""What tests of office files share: notebooks to draw, LibreOffice, templates of a firm."""

import dataclasses
import io
import os
import re
import shutil
import struct
import subprocess
import zipfile
import zlib

import pytest
import samples
from test_pdf import canvas, notes_of

MARKDOWN = (
    "# Remarks\n\n[a link](https://good.example/), `code`, **bold** words\n\n### Deeper\n\n"
    "| What | When |\n|---|---|\n| Call everybody | Friday |\n\n- [ ] open point\n- one\n"
    "  - below one\n\n3. third\n4. fourth\n\n```\nprint(1)\n```\n\n> quoted\n"
)


def chunk(kind, data):
    whole = kind + data
    return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))


HEADER = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
#: One dark point.
PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", HEADER)
PNG += chunk(b"IDAT", zlib.compress(b"\0\x0b\x55\x63")) + chunk(b"IEND", b"")


def everything():
    return samples.notebook(samples.everything(), MARKDOWN)


def many(kind, count):
    return samples.notebook([samples.everything()[0], canvas(kind, notes_of(count))])


def in_language(outputs, language):
    return [
        dataclasses.replace(o, context=dataclasses.replace(o.context, language=language))
        for o in outputs
    ]


def squeezed(text):
    return re.sub(r"[\s\x00-\x08\x0e-\x1f]", "", text)


RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def zipped(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rezipped(parts):
    """Put parts together to a package again."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def related(parts, source, *relations):
    """Let a part refer to more: id, kind, target, and whether it is outside."""
    name = f"{source.rpartition('/')[0]}/_rels/{source.rpartition('/')[2]}.rels".lstrip("/")
    empty = f'<Relationships xmlns="{RELATIONS}"></Relationships>'.encode()
    more = "".join(
        f'<Relationship Id="{id_}" Type="{OFFICE}{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if outside else "/>")
        for id_, kind, target, outside in relations
    )
    end = b"</Relationships>"
    parts[name] = parts.get(name, empty).replace(end, more.encode() + end)


def labelled(parts):
    """Give parts a label with somebody's address, and a picture of the first page."""
    parts["docProps/custom.xml"] = (
        b"<Properties>MSIP_Label_Owner = a.person@firm.example</Properties>"
    )
    parts["docProps/thumbnail.jpeg"] = b"first page of a.person@firm.example"
    parts["customXml/item1.xml"] = b"<plan>a.person@firm.example</plan>"
    custom, thumbnail = "docProps/custom.xml", "docProps/thumbnail.jpeg"
    related(parts, "", ("rId91", "custom-properties", custom, False),
            ("rId92", "metadata/thumbnail", thumbnail, False))  # fmt: skip
    return parts


@pytest.fixture(scope="session")
def to_pdf(tmp_path_factory):
    """Convert a file by LibreOffice; give the text of the PDF's pages."""
    if shutil.which("soffice") is None:
        reason = "soffice is missing; tests that open office files need it"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    home = tmp_path_factory.mktemp("soffice")

    def convert(data, suffix):
        file = home / f"document.{suffix}"
        file.write_bytes(data)
        command = ["soffice", f"-env:UserInstallation={(home / 'profile').as_uri()}"]
        command += ["--headless", "--convert-to", "pdf", "--outdir", home, file]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
        made = home / "document.pdf"
        assert made.exists(), done.stderr
        text = subprocess.run(
            ["pdftotext", "-layout", made, "-"], capture_output=True, text=True, check=True
        ).stdout
        made.unlink()
        return text.split("\f")[:-1]

    return convert


#: What `everything` says, and every document for the office has to say.
WORDS = (
    "Automotive and mobility cluster.",
    "counted as 200",
    "Strong cash flow lets us invest",
    "Invest cash in demonstrators",
    "Which notes it builds on is our reading",
    "Invest in people",
    "S1, O3",
    "#money",
    "A note whose block is gone",
    "Win 20 new members by the end of 2027",
    "The indicator is missing.",
    "Call every member",
    "Nothing here yet",
    "No strategy answers the threat T1.",
    "Version 193-3f2c9d1a",
    "a link, code, bold words",
    "Call everybody",
    "print(1)",
    "quoted",
)
