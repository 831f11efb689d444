"""Everything that a window says in words, as far as widgets, actions and lists know it; what is painted is not among it."""

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QTabWidget, QWidget

_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def shown_texts(window: QWidget) -> set[str]:
    """Texts, tooltips, names for screen readers, menus and lists below a widget."""
    found: set[str] = set()
    for widget in (window, *window.findChildren(QWidget)):
        found |= _of_widget(widget)
    for action in window.findChildren(QAction):
        found |= {action.text().replace("&", ""), action.toolTip()}
    return {text.strip() for text in found if text.strip()}


def _of_widget(widget: QWidget) -> set[str]:
    found = {widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle()}
    if isinstance(widget, QLabel | QAbstractButton):
        found.add(widget.text().replace("&", ""))
    if isinstance(widget, QLineEdit):
        found |= {widget.placeholderText(), widget.text()}
    if isinstance(widget, QComboBox):
        found |= {widget.itemText(place) for place in range(widget.count())}
    if isinstance(widget, QTabWidget):
        found |= {widget.tabText(place) for place in range(widget.count())}
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        found |= _of_model(widget.model())
    return found


def _of_model(model: QAbstractItemModel) -> set[str]:
    columns = range(1 if isinstance(model, QAbstractListModel) else model.columnCount())
    places = [(row, column) for row in range(model.rowCount()) for column in columns]
    said = [model.data(model.index(row, column), role) for row, column in places for role in _ROLES]
    said += [model.headerData(column, Qt.Orientation.Horizontal) for column in columns]
    return {text for text in said if isinstance(text, str)}
