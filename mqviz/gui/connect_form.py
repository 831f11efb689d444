"""The fields that say where a live broker is. AMQP and management address follow each other until one is edited by hand."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QGridLayout, QLineEdit, QWidget

from mqviz.errors import BackendError
from mqviz.gui.connect_tls import TlsFields
from mqviz.gui.controls.labels import label
from mqviz.gui.controls.number_field import NumberField
from mqviz.gui.controls.scale import Scale
from mqviz.gui.fonts import Size
from mqviz.gui.interval_words import IntervalWords
from mqviz.gui.parts import Live
from mqviz.gui.theme import Space, set_role
from mqviz.model.feed import LiveBroker, changed

_TIMES = Scale(0.5, 120.0, 1)


class ConnectForm(QWidget):
    """`changed`: a field is another now."""

    changed = Signal()

    def __init__(self, live: Live, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._shown = LiveBroker()
        self._make_fields()
        self._arrange()
        self.show_broker(LiveBroker(), "guest")
        self._listen()

    # Building

    def _make_fields(self) -> None:
        self.name, self.amqp, self.management = QLineEdit(), QLineEdit(), QLineEdit()
        self.virtual_host, self.user, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        self.queues = QLineEdit()
        self.queues.setPlaceholderText(self.tr("without management: names, separated by commas"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.keep = QCheckBox(self.tr("Keep it in the system's keyring"))
        self.tls = TlsFields()
        self.connect_timeout = NumberField(self.tr("Time to connect"), _TIMES, self.tr("s"))
        self.answer_timeout = NumberField(self.tr("Time to answer"), _TIMES, self.tr("s"))
        self.interval = QComboBox()
        IntervalWords(self).fill(self.interval)
        self.name.setPlaceholderText(self.tr("as the list shall call it"))
        self.management.setPlaceholderText(self.tr("none: AMQP only"))
        self.amqp.setToolTip(self.tr("A whole address with user, password and virtual host may be pasted here."))
        if not self._live.has_keyring():
            self.keep.setEnabled(False)
            self.keep.setToolTip(self.tr("This system has no keyring. The password is not kept anywhere."))

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.XL)
        grid.addLayout(self._column(self._left()), 0, 0)
        grid.addLayout(self._column(self._right()), 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def _left(self) -> tuple[tuple[str, QWidget], ...]:
        return (
            (self.tr("Name"), self.name),
            (self.tr("AMQP address"), self.amqp),
            (self.tr("Management"), self.management),
            (self.tr("Virtual host"), self.virtual_host),
            (self.tr("User"), self.user),
            (self.tr("Password"), self.password),
            ("", self.keep),
            (self.tr("Queues"), self.queues),
        )

    def _right(self) -> tuple[tuple[str, QWidget], ...]:
        timeouts = ((self.tr("Time to connect"), self.connect_timeout), (self.tr("Time to answer"), self.answer_timeout))
        return (*self.tls.rows(), *timeouts, (self.tr("Ask"), self.interval))

    def _column(self, rows: tuple[tuple[str, QWidget], ...]) -> QFormLayout:
        column = QFormLayout()
        column.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        column.setVerticalSpacing(Space.S)
        column.setHorizontalSpacing(Space.M)
        for text, widget in rows:
            caption = label(text, "second", Size.BODY)
            caption.setMinimumSize(caption.sizeHint().width() + 2, 28)
            if not widget.accessibleName():
                widget.setAccessibleName(text)
            column.addRow(caption, widget)
        return column

    def _listen(self) -> None:
        self.amqp.textEdited.connect(self._amqp_edited)
        self.amqp.editingFinished.connect(self._take_apart)
        self.management.textEdited.connect(self._management_edited)
        self.tls.switched.connect(self._tls_switched)
        for field in (self.name, self.virtual_host, self.user, self.password, self.queues):
            field.textEdited.connect(self.changed)
        self.tls.changed.connect(self.changed)

    # What is in it

    def show_broker(self, broker: LiveBroker, password: str = "") -> None:
        """Fill the fields. A management address that does not go with the AMQP one was chosen by hand, and stays."""
        self._shown = broker
        self.name.setText(broker.name)
        self.amqp.setText(self._plain(broker))
        self.management.setText(broker.management)
        self._is_own = broker.management != self._live.management(broker.host, broker.port, broker.tls is not None)
        self._is_amqp_own = self._is_own
        self.virtual_host.setText(broker.virtual_host)
        self.user.setText(broker.user)
        self.password.setText(password)
        self.queues.setText(", ".join(broker.queues))
        self.tls.show_tls(broker.tls)
        self.connect_timeout.setValue(broker.connect_timeout)
        self.answer_timeout.setValue(broker.answer_timeout)
        IntervalWords(self).show(self.interval, broker.interval)
        self._mark()

    def broker(self) -> LiveBroker | None:
        """What the fields say; None as long as an address is wrong."""
        address, management = self._address(), self._management()
        if address is None or management is None:
            return None
        return changed(
            self._shown,
            name=self.name.text().strip() or f"{address.host}:{address.port}",
            host=address.host,
            port=address.port,
            virtual_host=self.virtual_host.text() or "/",
            user=self.user.text(),
            tls=self.tls.tls(),
            management=management,
            connect_timeout=self.connect_timeout.value(),
            answer_timeout=self.answer_timeout.value(),
            interval=self.interval.currentData(),
            queues=tuple(name.strip() for name in self.queues.text().split(",") if name.strip()),
        )

    def _plain(self, broker: LiveBroker) -> str:
        """The address without user and virtual host, which have fields of their own."""
        scheme, _, rest = self._live.address(broker).partition("://")
        return f"{scheme}://{rest.rpartition('@')[2].partition('/')[0]}"

    def _address(self) -> LiveBroker | None:
        parsed = self._parsed()
        return parsed[0] if parsed else None

    def _parsed(self) -> tuple[LiveBroker, str] | None:
        text = self.amqp.text().strip()
        scheme = "amqps" if self.tls.is_on else "amqp"
        try:
            return self._live.parse(text if "://" in text else f"{scheme}://{text}")
        except BackendError:
            return None

    def _management(self) -> str | None:
        text = self.management.text().strip()
        scheme = "https" if self.tls.is_on else "http"
        try:
            return self._live.parse_management(text if not text or "://" in text else f"{scheme}://{text}")
        except BackendError:
            return None

    # Following

    def _amqp_edited(self) -> None:
        self._is_amqp_own = True
        address = self._address()
        if address is not None and not self._is_own:
            self.management.setText(self._live.management(address.host, address.port, self.tls.is_on or address.tls is not None))
        self._mark()
        self.changed.emit()

    def _management_edited(self) -> None:
        self._is_own = True
        management = self._management()
        if management and not self._is_amqp_own:
            broker, _ = self._live.parse(management)
            self.amqp.setText(self._plain(broker))
            self.tls.switch(broker.tls is not None)
        self._mark()
        self.changed.emit()

    def _take_apart(self) -> None:
        """A whole address was given: its parts go to their fields."""
        text, parsed = self.amqp.text().strip(), self._parsed()
        if parsed is None or "://" not in text:
            return
        broker, password = parsed
        self.tls.switch(broker.tls is not None)
        if broker.metrics:
            self._shown = changed(self._shown, metrics=broker.metrics)
        rest = text.partition("://")[2]
        if "@" in rest:
            self.user.setText(broker.user)
            self.password.setText(password)
        if "/" in rest:
            self.virtual_host.setText(broker.virtual_host)
        self.amqp.setText(self._plain(broker))
        self.changed.emit()

    def _tls_switched(self) -> None:
        """The usual port goes with TLS; another one stays."""
        address, secure = self._address(), self.tls.is_on
        if address is not None:
            usual = {5672: 5671} if secure else {5671: 5672}
            port = usual.get(address.port, address.port)
            moved = changed(address, port=port, tls=self.tls.tls())
            self.amqp.setText(self._plain(moved))
            if not self._is_own:
                self.management.setText(self._live.management(moved.host, moved.port, secure))
        self._mark()
        self.changed.emit()

    def _mark(self) -> None:
        """Show which address is wrong."""
        hint = self.tr("Write it as {0}")
        for field, value, form in (
            (self.amqp, self._address(), "amqp://HOST:5672"),
            (self.management, self._management(), "http://HOST:15672"),
        ):
            field.setProperty("invalid", "false" if value is not None else "true")
            field.setStatusTip("" if value is not None else hint.format(form))
            set_role(field, "")

    @property
    def wrong(self) -> str:
        """Which address is wrong and how it should be written; empty where none is."""
        return self.amqp.statusTip() or self.management.statusTip()
