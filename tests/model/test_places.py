from mqviz.model.places import find_places

TEXT = '''\
# a comment with [brackets] = "and quotes"
title = "a # no comment"
long = """
line = 4
\\"""still
"""
other = \'\'\'
x]}\'\'\'
[a."b.c".'d']
key.inner = [1, [2, 3], { x = 1 },
  "]", # ] not the end
  { y = 2 },
]
[[list]]
when = 1979-05-27 07:32:00
[[list.sub]]
n = 1
[[list]]
[list.sub]
n = { a = { b = 1 }, "c d" = -inf }
"\\u00e9" = true
'''


def test_lines_of_tables_and_keys() -> None:
    places = find_places(TEXT)
    expected = {
        ("title",): 2,
        ("long",): 3,
        ("other",): 7,
        ("a", "b.c", "d"): 9,
        ("a", "b.c", "d", "key"): 10,
        ("a", "b.c", "d", "key", "inner", 2, "x"): 10,
        ("a", "b.c", "d", "key", "inner", 4): 12,
        ("a", "b.c", "d", "key", "inner", 4, "y"): 12,
        ("list",): 14,
        ("list", 0): 14,
        ("list", 0, "when"): 15,
        ("list", 0, "sub", 0, "n"): 17,
        ("list", 1): 18,
        ("list", 1, "sub"): 19,
        ("list", 1, "sub", "n", "a", "b"): 20,
        ("list", 1, "sub", "n", "c d"): 20,
        ("list", 1, "sub", "é"): 21,
    }
    assert {path: places.get(path) for path in expected} == expected
    assert ("line",) not in places


def test_lines_end_in_either_way() -> None:
    assert find_places("a = 1\r\nb = 2\r\n")[("b",)] == 2
    assert find_places("") == {}
