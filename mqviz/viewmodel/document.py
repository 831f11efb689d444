"""The open file: a scenario value, where it came from, and what was last saved.

Nothing else keeps state of a scenario: an edit is the next value, save is `dump` (or `revised`, where only positions moved).
"""

from __future__ import annotations

import os
from pathlib import Path
from shutil import copyfile

import msgspec

from mqviz.errors import ScenarioError
from mqviz.model.library import beside, path_of, read_scenario, read_text
from mqviz.model.load import TraceLoad
from mqviz.model.scenario import Scenario, in_language
from mqviz.model.writing import dump, revised

Positions = dict[str, tuple[float, float]]


class Document:
    """A scenario that is open. `path` is where it is saved: None for what ships, was imported or is new.

    `key` is its name among what ships; `origin` the file that it was read from: recorded arrivals lie beside it.
    """

    def __init__(self, scenario: Scenario, *, path: Path | None = None, key: str = "", origin: Path | None = None) -> None:
        self.scenario = scenario
        self.path = path
        self.key = key
        self._origin = origin or path
        self._saved = self._recorded = scenario

    def title(self, language: str) -> str:
        """Its name in that language, or the name of its file."""
        return in_language(self.scenario.name, language) or (self.path.stem if self.path else self.key)

    @property
    def is_changed(self) -> bool:
        """Whether it differs from what was saved last."""
        return self.scenario != self._saved

    def differs_from(self, recording: Scenario) -> bool:
        """Whether this recording of it has anything that is in no file: nodes that were moved, or what was done by hand."""
        done = (recording.faults, recording.changes) != (self._recorded.faults, self._recorded.changes)
        return done or self.is_changed

    def replace(self, scenario: Scenario) -> None:
        """Go on with the next value."""
        self.scenario = scenario

    def move(self, positions: Positions) -> None:
        """Put nodes elsewhere."""
        layout = {**self.scenario.layout, **positions}
        self.replace(msgspec.structs.replace(self.scenario, layout=layout))

    def save(self, path: Path, scenario: Scenario) -> None:
        """Write this value, as it stands on the screen, all at once, and recorded arrivals beside it. Raises OSError.

        The value is the document's own, or that with what was done by hand.
        """
        scenario = msgspec.structs.replace(scenario, layout=self.scenario.layout)
        self.write(path, scenario)
        self.path = self._origin = path
        self._saved, self._recorded = self.scenario, scenario

    def write(self, path: Path, scenario: Scenario) -> None:
        """Write this value with what lies beside it, all at once; the document stays what and where it is. Raises OSError."""
        part = path.with_name(path.name + ".part")
        part.write_text(self._text_of(scenario), encoding="utf-8", newline="\n")
        os.replace(part, path)
        self._copy_traces(path.parent)

    def _text_of(self, scenario: Scenario) -> str:
        """The file as it was where only positions moved, so that its comments stay; else written anew."""
        if self._origin is None:
            return dump(scenario)
        try:
            return revised(read_text(self._origin), scenario, read=beside(self._origin))
        except ScenarioError:
            return dump(scenario)

    def _copy_traces(self, folder: Path) -> None:
        if self._origin is None:
            return
        loads = (load for producer in self.scenario.producers for load in producer.load)
        for name in {load.file for load in loads if isinstance(load, TraceLoad)}:
            target = folder / name
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                copyfile(self._origin.parent / name, target)


def open_document(path: Path) -> Document:
    """Read a scenario file. Raises ScenarioError with every mistake, also where there is no such file or no text in it."""
    return Document(read_scenario(path), path=path)


def open_shipped(name: str) -> Document:
    """Read a scenario that ships; saving it asks where to."""
    path = path_of(name)
    return Document(read_scenario(path), key=name, origin=path)


def keep(document: Document, recording: Scenario, folder: Path) -> Path:
    """Write what is in no file into a folder for such things, under the document's name. Raises OSError."""
    name = document.path.stem if document.path else document.key or "scenario"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    document.write(path, msgspec.structs.replace(recording, layout=document.scenario.layout))
    return path
