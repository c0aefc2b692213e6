"""Hostile text, and a look at what became of it in a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

TEXTS = (
    "../../x",
    "/etc/passwd",
    "CON",
    "n" * 300,
    "emoji 😀👩‍👩‍👧",
    "العربية note",
    "עברית note",
    "Ελληνικά Кирилл",
    "combining Z̷a̸l̵g̶o̴ é",
    "<script>window.hit = 1; alert(1)</script>",
    "</style><script>window.hit = 2</script>",
    "</title></head><img src=x onerror='window.hit = 3'>",
    '" onmouseover="window.hit = 4" x="',
    "' onfocus='window.hit = 5' autofocus='",
    "<svg onload='window.hit = 6'></svg>",
    "<iframe src='https://evil.example/'></iframe>",
    "<img src='https://evil.example/pixel.png'>",
    "{{ 7 * 7 }} {% include 'page.css' %} {# x #}",
    '#import "x"',
    "$x$ *b* \\input{x}",
    "[a](javascript:window.hit=7)",
    '=HYPERLINK("https://evil.example")',
    "NUL \0 and \x07 bell \x1b[31m",
    "one\u2028two\u2029three\x85four\r\nfive",
    "half \ud800 of a character \ufffe",
    "\u202eoverride, never closed",
    "\u2067isolate, never closed",
    "]]><!-- -->&amp;&#60;b&#62;",
    "}body{background:url(https://evil.example/css)}",
    "*/ @import 'https://evil.example/x.css'; /*",
)

#: As markdown cells: everything at once.
_CELLS = (
    "# Heading <script>window.hit = 10</script> {{ 7 * 7 }}",
    "<script>window.hit = 11</script>",
    "<img src=x onerror='window.hit = 12'> inline <b onclick='window.hit = 13'>bold</b>",
    "[plain](javascript:window.hit=14) [entity](java&#x73;cript:window.hit=15)",
    "[case](JaVaScRiPt:window.hit=16) [tab](<java\tscript:window.hit=17>)",
    "[data](data:text/html,<script>window.hit=18</script>) [vb](vbscript:x) [file](file:///etc/passwd)",
    "[relative](../../x) [protocol](//evil.example/x) <javascript:window.hit=19>",
    '[title](https://good.example/ "x\\" onmouseover=\\"window.hit=20")',
    '[quote](https://good.example/"onmouseover="window.hit=21)',
    "![a picture](https://evil.example/x.png) ![vector](data:image/svg+xml;base64,PHN2Zz4=)",
    "```html\n</code></pre><script>window.hit = 22</script>\n```",
    '`"><script>window.hit = 23</script>`',
    "| <script>window.hit = 24</script> | b |\n|---|---|\n| [x](javascript:1) | \0 |",
    "<style>body { background: url(https://evil.example/a) }</style>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "- [ ] <form action='https://evil.example'><input autofocus onfocus='window.hit=25'>",
)
MARKDOWN = "\n\n".join(_CELLS)

_NEVER = {"script", "iframe", "object", "embed", "svg", "form", "input", "base", "link", "video"}
_VOID = {"meta", "img", "br", "hr", "col"}


class Looked(HTMLParser):
    """A page taken apart: its visible text, its elements, and whether they are well nested."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert not self._open, self._open

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), (tag, names)
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag, tag

    def handle_data(self, data):
        if not self._open or self._open[-1] != "style":
            self.texts.append(data)

    def handle_comment(self, data):
        raise AssertionError(data)

    @property
    def text(self) -> str:
        return squeezed("".join(self.texts))

    def headings(self) -> list[int]:
        return [int(tag[1]) for tag, _ in self.elements if re.fullmatch("h[1-6]", tag)]

    def every(self, name: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.elements if tag == name]

    def assert_harmless(self) -> None:
        for tag, attributes in self.elements:
            assert tag not in _NEVER, tag
            for name, value in attributes.items():
                assert not name.startswith("on"), (tag, name)
                if name == "href":
                    assert re.match(r"#|https?://good\.example/|mailto:|[\w%.~/-]+$", value), value
                    assert not re.match(r"(?i)\s*(javascript|data|vbscript|file):", value), value
                if name == "src":
                    assert value.startswith(("data:image/png", "data:image/jpeg", "data:image/svg"))
                if name == "style":
                    assert re.fullmatch(
                        r"(--clusterlab-areas?: [a-z0-9' -]+|width: [\d.]+%"
                        r"|contain-intrinsic-block-size: auto [\d.]+rem)",
                        value,
                    )


def squeezed(text: str) -> str:
    """What is left of a text in a page, white space aside."""
    text = re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)
    text = re.sub(
        "[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\ufdd0-\ufdef\ufffe\uffff]", "", text
    )
    return re.sub(r"\s+", "", text)
