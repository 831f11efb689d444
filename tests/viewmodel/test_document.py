"""An open file: read, moved, saved whole, with its recorded arrivals."""

from pathlib import Path

import pytest

from mqviz.errors import ScenarioError
from mqviz.model.library import shipped
from mqviz.viewmodel.document import open_document, open_shipped

TEXT = """format = 1
name = { en = "Trace", ko = "기록" }
[[queues]]
name = "work"
[[producers]]
name = "shop"
routing_key = "work"
load = { shape = "trace", file = "data/times.csv" }
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "times.csv").write_text("time\n0.5\n1.5\n", encoding="utf-8")
    file = tmp_path / "trace.toml"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_the_title_is_the_scenarios_name_in_the_language(path: Path) -> None:
    document = open_document(path)
    assert (document.title("ko"), document.title("en"), document.title("fr")) == ("기록", "Trace", "Trace")
    path.write_text(TEXT.replace('name = { en = "Trace", ko = "기록" }\n', ""), encoding="utf-8")
    assert open_document(path).title("ko") == "trace"


def test_moving_a_node_changes_the_document_until_it_is_saved(path: Path) -> None:
    document = open_document(path)
    assert not document.is_changed
    document.move({"queue:work": (10.0, 20.0)})
    document.move({"producer:shop.1": (1.0, 2.0)})
    assert document.is_changed
    document.save(path, document.scenario)
    assert not document.is_changed
    assert open_document(path).scenario.layout == {"queue:work": (10.0, 20.0), "producer:shop.1": (1.0, 2.0)}


def test_saving_elsewhere_takes_the_recorded_arrivals_along(path: Path, tmp_path: Path) -> None:
    document = open_document(path)
    target = tmp_path / "elsewhere" / "copy.toml"
    target.parent.mkdir()
    document.save(target, document.scenario)
    assert open_document(target).scenario == document.scenario
    assert document.path == target


def test_a_failed_save_leaves_the_old_file(path: Path) -> None:
    document = open_document(path)
    with pytest.raises(FileNotFoundError):
        document.save(path.parent / "nowhere" / "a.toml", document.scenario)
    assert document.path == path
    assert path.read_text(encoding="utf-8") == TEXT


def test_what_ships_has_no_place_to_save_to() -> None:
    document = open_shipped(shipped()[0])
    assert document.path is None
    assert document.key == shipped()[0]
    assert document.title("ko") != document.title("en")


def test_a_file_that_is_none_is_a_mistake_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError):
        open_document(tmp_path / "missing.toml")
    with pytest.raises(ScenarioError):
        open_document(tmp_path)


def test_comments_stay_where_only_positions_moved(path: Path) -> None:
    path.write_text(TEXT.replace("\n[[queues]]", "\n# why it is so\n[[queues]]"), encoding="utf-8")
    document = open_document(path)
    document.move({"queue:work": (3.0, 4.0)})
    document.save(path, document.scenario)
    assert "# why it is so" in path.read_text(encoding="utf-8")
    assert open_document(path).scenario.layout == {"queue:work": (3.0, 4.0)}
