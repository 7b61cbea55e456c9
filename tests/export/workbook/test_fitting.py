import pytest

from meetsched.export.workbook.fitting import line_count, text_width


def test_letters_differ_in_width():
    assert text_width("iiii") < text_width("nnnn") < text_width("NNNN") < text_width("MMMM")
    assert text_width("漢字") > text_width("Łó")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("one", 10, 1),
        ("one two", 10, 1),
        ("eleven and more", 10, 2),
        ("aaaa aaaa aaaa aaaa", 4, 4),
        ("a" * 40, 10, 4),
        ("aaa " + "a" * 40, 10, 5),
    ],
)
def test_words_are_kept_whole_where_they_fit(text, width, lines):
    assert line_count(text, width) == lines


def test_no_width_is_too_small():
    assert line_count("nnnn", 1) == 4
