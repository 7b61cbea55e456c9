"""Reads a page with the standard library's parser: its elements, and the text within one of them."""

from html.parser import HTMLParser

VOID = {"meta", "link", "br"}


class Element:
    """An element with its attributes, children and text."""

    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent = tag, dict(attributes), parent
        self.content = []

    def walk(self):
        """Yield the element and all below it, in the order of the document."""
        yield self
        for part in self.content:
            if isinstance(part, Element):
                yield from part.walk()

    def find(self, tag=None, **attributes):
        """Return all elements below with the tag and the attributes; `class_` is one of the classes."""
        wanted = attributes.pop("class_", None)
        return [
            element
            for element in self.walk()
            if tag in (None, element.tag)
            and (wanted is None or wanted in element.attributes.get("class", "").split())
            and all(element.attributes.get(name) == value for name, value in attributes.items())
        ]

    @property
    def text(self):
        """The text within, blanks as one."""
        return " ".join("".join(self._pieces()).split())

    def _pieces(self):
        for part in self.content:
            if isinstance(part, Element):
                yield from part._pieces()
                yield " " if part.tag not in ("span", "b", "abbr") else ""
            else:
                yield part


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = self.open = Element("document", {}, None)

    def handle_starttag(self, tag, attrs):
        element = Element(tag, attrs, self.open)
        self.open.content.append(element)
        if tag not in VOID:
            self.open = element

    def handle_endtag(self, tag):
        assert self.open.tag == tag, f"</{tag}> closes <{self.open.tag}>"
        self.open = self.open.parent

    def handle_data(self, data):
        self.open.content.append(data)


def read(page):
    """Return the root of a page; fails where an element is not closed."""
    reader = _Reader()
    reader.feed(page.decode())
    reader.close()
    assert reader.open is reader.root, f"<{reader.open.tag}> is not closed"
    return reader.root
