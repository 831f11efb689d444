"""The conversation of one client with the broker: a sequence diagram of its frames, and each frame explained."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from mqviz.gui import fonts, theme
from mqviz.gui.controls.empty_state import EmptyState
from mqviz.gui.controls.painting import begin, write
from mqviz.gui.conversation_head import ConversationHead
from mqviz.gui.conversation_list import TIME, ConversationList, life_lines
from mqviz.gui.conversation_model import ConversationModel
from mqviz.gui.fonts import Size, Weight
from mqviz.gui.frame_detail import FrameDetail
from mqviz.gui.frame_words import FrameWords
from mqviz.gui.theme import Space, set_role
from mqviz.model.backend import Can, Listen, Outcome, StopListening
from mqviz.model.frames import Frame
from mqviz.viewmodel.conversation import Line
from mqviz.viewmodel.session import Session

_HEADS = 24


class _Heads(QWidget):
    """Who stands at which life line."""

    def __init__(self) -> None:
        super().__init__()
        self.client = ""
        self.room = 0
        self.setFixedHeight(_HEADS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws both names over their lines."""
        painter, skin, font = begin(self), theme.current(), fonts.font(Size.BODY, Weight.SEMIBOLD)
        left, right = life_lines(QRectF(0, 0, self.room, _HEADS))
        name = fonts.shortened(self.client, (right - left) * 0.6, Size.BODY, Weight.SEMIBOLD)
        write(painter, QRectF(left - 6, 0, right - left, _HEADS), name, font, skin.text)
        broker = QRectF(left, 0, right - left + 6, _HEADS)
        write(painter, broker, self.tr("broker"), font, skin.text, Qt.AlignmentFlag.AlignRight)
        caption = QRectF(Space.S, 0, TIME, _HEADS)
        write(painter, caption, self.tr("seconds"), fonts.font(Size.CAPTION), skin.text_third)
        painter.end()


class ConversationPanel(QWidget):
    """`restart_wanted`: the run shall begin again, so that the conversation is heard from its first word."""

    restart_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session: Session | None = None
        self._offered = ""
        self.words = FrameWords(self)
        self.model = ConversationModel(self.words, self)
        self.head = ConversationHead()
        self.list = ConversationList(self.model)
        self.list.setAccessibleName(self.tr("Frames"))
        self.detail = FrameDetail(self.words)
        self._heads = _Heads()
        self.latest_button = QPushButton(self.tr("Latest"), self.list)
        self._empty = EmptyState("conversation", "", parent=self.list)
        self._follows = True
        self._lay_out()
        self._connect()
        self._show_state()

    def _lay_out(self) -> None:
        self.latest_button.setFont(fonts.font(Size.CAPTION, Weight.SEMIBOLD))
        set_role(self.latest_button, "chart")
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heads)
        column.addWidget(self.list, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.detail)
        split.setSizes([600, 600])
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        left.setMinimumWidth(300)
        self.detail.setMinimumWidth(300)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addWidget(split, 1)

    def _connect(self) -> None:
        head = self.head
        head.client_chosen.connect(self.listen)
        head.wanted_changed.connect(self._want)
        head.pause_toggled.connect(lambda _: self.refresh())
        head.beginning_wanted.connect(self.restart_wanted)
        head.copy_wanted.connect(self.copy)
        self.list.copy_wanted.connect(self.copy)
        self.list.selectionModel().currentChanged.connect(lambda index, _: self._explain(index.row()))
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.latest_button.clicked.connect(self.show_latest)
        self._empty.acted.connect(lambda: self.listen(self._offered))

    # What is listened to

    def follow(self, session: Session) -> None:
        """Show the conversation of this session."""
        if session is not self._session:
            self._session = session
            self.model.show_conversation(session.conversation)
            self.detail.show_frame(None)
        self.refresh()

    def listen(self, client: str) -> None:
        """Listen to this client; to nobody where the name is empty."""
        if self._session is None:
            return
        self.head.set_paused(False)
        if client:
            self._session.submit(Listen(client=client), self._answered)
        else:
            self._session.submit(StopListening())

    def _answered(self, outcome: Outcome) -> None:
        self._show_state("" if outcome.done else outcome.reason)

    def offer(self, client: str) -> None:
        """The client that the user looks at: listening to it is offered."""
        self._offered = client

    def refresh(self) -> None:
        """There is something new."""
        session = self._session
        if session is None or not self.isVisible():
            return
        self.head.show_clients(_clients(session), session.conversation.client)
        self.head.show_choices(session.conversation.channels, session.conversation.families)
        self._name_lives(session.conversation.client)
        if not self.head.is_paused:
            self.model.refresh()
            if self._follows:
                self.list.scrollToBottom()
        self._show_state()

    def _name_lives(self, client: str) -> None:
        heads = self._heads
        heads.client, heads.room = client, self.list.viewport().width()
        heads.update()

    # What is shown

    def _want(self) -> None:
        self.model.want(self.head.wanted)
        self.detail.show_frame(None)
        self.show_latest()

    def _explain(self, row: int) -> None:
        line: Line | None = self.model.line(row) if 0 <= row < self.model.rowCount() else None
        self.detail.show_frame(line if isinstance(line, Frame) else None)

    def show_latest(self) -> None:
        """Follow the newest again."""
        self._follows = True
        self.list.scrollToBottom()
        self._show_state()

    @property
    def follows(self) -> bool:
        """Whether the newest stays in sight."""
        return self._follows

    def _scrolled(self, value: int) -> None:
        self._follows = value >= self.list.verticalScrollBar().maximum() - 16
        self._show_state()

    def _show_state(self, refused: str = "") -> None:
        session = self._session
        waiting = 0 if session is None else session.conversation.count - self.model.place
        self.head.show_waiting(waiting if self.head.is_paused else 0)
        self.latest_button.setVisible(not self._follows)
        is_empty = not self.model.rowCount()
        self._empty.setVisible(is_empty)
        self._heads.setVisible(not is_empty)
        self._place()
        if is_empty and session is not None:
            self._explain_emptiness(session, refused)

    def _explain_emptiness(self, session: Session, refused: str) -> None:
        ask = self.tr("Listen to {0}").format(self._offered or self._first(session))
        if Can.LISTEN not in session.backend.can:
            self._empty.set_texts(self.tr("No frames of this broker"), self.tr("A live broker does not tell what its clients say."))
        elif refused:
            self._empty.set_texts(self.tr("No connection"), self.tr("This client does not talk to the broker."))
        elif session.conversation.client:
            self._empty.set_texts(self.tr("Nothing was said yet"), self.tr("Or nothing that you want to see: look at the filters."))
        else:
            text = self.tr("Choose a client and read along: every frame between it and the broker, in words and in bytes.")
            self._empty.set_texts(self.tr("Listen to a conversation"), text, ask if self._offered else "")

    def _first(self, session: Session) -> str:
        self._offered = next(iter(_clients(session)), "")
        return self._offered

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps what floats over the list in its place."""
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: object) -> None:
        """Takes what came while it was hidden."""
        super().showEvent(event)  # type: ignore[arg-type]  # a QShowEvent
        self.refresh()
        self._place()

    def _place(self) -> None:
        size, room = self.latest_button.sizeHint(), self.list.size()
        self.latest_button.setGeometry((room.width() - size.width()) // 2, room.height() - 22 - Space.S, size.width(), 22)
        self._empty.setGeometry(self.list.rect())

    # Copying

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copying."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy"), self.copy)
        menu.popup(event.globalPos())

    def copy(self) -> None:
        """Put the chosen frames on the clipboard in words and bytes, all that are shown where none is chosen."""
        chosen = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        QGuiApplication.clipboard().setText(self.as_text(chosen or range(self.model.rowCount())))

    def as_text(self, rows: Sequence[int]) -> str:
        """Each frame as a line of words, its fields, and its bytes."""
        return "\n".join(self._as_text(self.model.line(row)) for row in rows)

    def _as_text(self, line: Line) -> str:
        if not isinstance(line, Frame):
            return self.model.text(line)
        fields = "  ".join(f"{part.name}={part.value}" for part in line.parts)
        return "\n".join(
            filter(None, (self.model.text(line), f"    {fields}" if fields else "", f"    {line.raw.hex(' ')}" if line.raw else ""))
        )


def _clients(session: Session) -> list[str]:
    """Who can be listened to: every client that has a connection of its own."""
    snapshot = session.update.snapshot
    if Can.LISTEN not in session.backend.can:
        return []
    publishers = [each for each in snapshot.producers if each.call is None]
    return [each.name for group in (publishers, snapshot.translators, snapshot.consumers) for each in group]
