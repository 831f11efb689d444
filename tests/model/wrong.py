"""What `parse` finds wrong with a text, and a small right document to break."""

import pytest

from mqviz.errors import ScenarioError
from mqviz.model.parsing import parse

BASE = """\
[[exchanges]]
name = "orders"
[[exchanges]]
name = "by-header"
type = "headers"
[[queues]]
name = "work"
[[producers]]
name = "shop"
routing_key = "work"
count = 2
load = { shape = "constant", rate = 5 }
[[consumers]]
name = "server"
queue = "work"
count = 3
[[services]]
name = "desk"
[[producers]]
name = "asker"
call = "desk"
[[translators]]
name = "post"
queue = "work"
"""


def mistakes(text: str, **options: object) -> tuple[str, ...]:
    """What is wrong with a text, one line each."""
    with pytest.raises(ScenarioError) as caught:
        parse(text, **options)  # type: ignore[arg-type]
    return caught.value.mistakes
