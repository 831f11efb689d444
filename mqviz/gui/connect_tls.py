"""The fields of TLS: whether it is spoken, whom we trust, and who we are."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QWidget

from mqviz.gui.controls.icon_button import IconButton
from mqviz.gui.theme import Space
from mqviz.model.feed import Tls


class _FileField(QWidget):
    """The path of a PEM file, typed or chosen."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        button = IconButton("open", self.tr("Choose a file"))
        button.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        row.addWidget(self.line, 1)
        row.addWidget(button)

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.accessibleName(), self.line.text(), self.tr("PEM files (*.pem *.crt *.key *.cer)"))
        if path:
            self.line.setText(path)
            self.line.textEdited.emit(path)


class TlsFields(QObject):
    """`switched`: TLS on or off, by the user; `changed`: another of its fields."""

    switched = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._server_name = ""
        self.on = QCheckBox(self.tr("Speak TLS"))
        self.verify = QCheckBox(self.tr("Verify the broker's certificate"))
        self.ca = _FileField(self.tr("Authority (CA)"))
        self.certificate = _FileField(self.tr("Certificate"))
        self.key = _FileField(self.tr("Key"))
        self.ca.line.setPlaceholderText(self.tr("the system's"))
        for field in (self.certificate, self.key):
            field.line.setPlaceholderText(self.tr("none"))
        self.verify.setToolTip(self.tr("Without it, whoever sits in between can read and change everything."))
        self.on.clicked.connect(self._switched)
        for field in (self.ca, self.certificate, self.key):
            field.line.textEdited.connect(self.changed)
        self.verify.clicked.connect(self.changed)

    def rows(self) -> tuple[tuple[str, QWidget], ...]:
        """Captions and fields, from top to bottom."""
        files = tuple((field.accessibleName(), field) for field in (self.ca, self.certificate, self.key))
        return (("", self.on), *files, ("", self.verify))

    @property
    def is_on(self) -> bool:
        """Whether TLS is to be spoken."""
        return self.on.isChecked()

    def switch(self, on: bool) -> None:
        """Switch it as an address says."""
        self.on.setChecked(on)
        self._grey()

    def show_tls(self, tls: Tls | None) -> None:
        """Fill the fields."""
        known = tls or Tls()
        self._server_name = known.server_name
        for field, path in ((self.ca, known.ca), (self.certificate, known.certificate), (self.key, known.key)):
            field.line.setText(path)
        self.verify.setChecked(known.verify)
        self.switch(tls is not None)

    def tls(self) -> Tls | None:
        """What the fields say."""
        if not self.is_on:
            return None
        ca, certificate, key = (field.line.text().strip() for field in (self.ca, self.certificate, self.key))
        return Tls(ca=ca, certificate=certificate, key=key, verify=self.verify.isChecked(), server_name=self._server_name)

    def _switched(self) -> None:
        self._grey()
        self.switched.emit()

    def _grey(self) -> None:
        for field in (self.ca, self.certificate, self.key, self.verify):
            field.setEnabled(self.is_on)
