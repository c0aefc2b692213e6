"""Archives of our own: what the library's own reader reads, byte for byte the same each time."""

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from clusterlab.sheets.packing import packed

NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(
    lambda name: "\\" not in name
)


@given(st.dictionaries(NAMES, st.binary(max_size=500) | st.text(max_size=500).filter(
    lambda text: text.isascii()), max_size=8))  # fmt: skip
def test_what_is_packed_is_read_again(parts):
    data = packed(parts.items())
    assert packed(parts.items()) == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [*parts]
        for name, part in parts.items():
            assert archive.read(name) == (part if isinstance(part, bytes) else part.encode())


def test_it_says_nothing_of_when_and_by_whom():
    data = packed([("xl/workbook.xml", "<workbook/>" * 2000), ("größe.bin", bytes(9))])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert info.compress_type == zipfile.ZIP_DEFLATED
            assert info.external_attr >> 16 == 0o600
            assert (info.comment, info.extra) == (b"", b"")
        first = archive.infolist()[0]
        assert first.compress_size < first.file_size / 20
