"""The menu behind the button at the right end of the top bar."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from mqviz.gui.actions import Actions
from mqviz.gui.docks import Docks


class Menus(QObject):
    """Fills the window's menu from its actions."""

    def fill(self, menu: QMenu, actions: Actions, docks: Docks) -> None:
        """Everything that the window can do, in groups."""
        actions.fill(menu, "open open_beside import | port connect connect_beside clone | save save_as export_definitions |")
        self._sub(menu, self.tr("Save result"), actions, "save_json save_html save_csv | save_picture copy_picture")
        menu.addSeparator()
        actions.fill(menu, "undo redo |")
        self._sub(menu, self.tr("Run"), actions, "play step restart next | faster slower | experiment compare | message")
        faults = " ".join(f"fault_{code}" for code in actions.faults)
        self._sub(menu, self.tr("Faults"), actions, f"{faults} | end_faults")
        view = self._sub(menu, self.tr("View"), actions, "fit zoom_in zoom_out | colour_state colour_kind colour_priority |")
        actions.fill(view, "reduced_motion |")
        for dock in docks.all:
            view.addAction(dock.toggleViewAction())
        actions.fill(view, "move_panels reset_panels close_beside")
        self._sub(menu, self.tr("Theme"), actions, "theme_system theme_light theme_dark")
        self._sub(menu, self.tr("Language"), actions, "language_system language_en language_ko")
        menu.addSeparator()
        actions.fill(menu, "help keys about | quit")

    def _sub(self, menu: QMenu, title: str, actions: Actions, codes: str) -> QMenu:
        sub = menu.addMenu(title)
        actions.fill(sub, codes)
        return sub
