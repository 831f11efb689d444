"""Mistakes of a scenario file in the language of the window: the templates of `mqviz.model.said`, as words to translate."""

from __future__ import annotations

from PySide6.QtCore import QObject

from mqviz.model.said import translated


class MistakeWords(QObject):
    """Puts a mistake into words. A template that is not listed here stays in English."""

    def say(self, mistake: str) -> str:
        """The mistake in the language of the window."""
        find = self.tr
        return translated(mistake, find)

    @property
    def known(self) -> tuple[str, ...]:
        """Every template that can be translated, in the language of the window: the list from which translations are gathered."""
        return (*self._fields(), *self._values(), *self._tables(), *self._targets(), *self._parts())

    def _fields(self) -> tuple[str, ...]:
        """What is wrong with one field."""
        return (
            self.tr("'apply-to' must be {0}"),
            self.tr("'count' is set for all of a client, not for its member {0!r}"),
            self.tr("'definition' must not be empty"),
            self.tr("'destination_type' must be 'queue' or 'exchange'"),
            self.tr("'every' must be longer than it lasts, {0:g}"),
            self.tr("'every' needs 'lasts': without it the first one never ends"),
            self.tr("'file' must name a file beside the scenario, not {0!r}"),
            self.tr("'high' must not be below 'low', {0:g}"),
            self.tr("'lasts' has no meaning here: it is over at once"),
            self.tr("'mode' has no meaning without 'call'"),
            self.tr("'multiple' has no meaning with automatic ack"),
            self.tr("'pattern' is not a regular expression: {0}"),
            self.tr("'reject-publish-dlx' needs a classic queue"),
            self.tr("'service' has no meaning with 'call': the work is done by the service"),
            self.tr("'set' needs 'target': whose settings?"),
            self.tr("'steps' needs at least one [rate, seconds]"),
            self.tr("'target' goes with 'set'"),
            self.tr("'times' are read from the file"),
            self.tr("'until' must lie after the beginning, {0:g}"),
            self.tr("'values' must not be empty"),
        )

    def _values(self) -> tuple[str, ...]:
        """What is wrong with a value."""
        return (
            self.tr("'x-dead-letter-routing-key' needs 'x-dead-letter-exchange'"),
            self.tr("'x-match' must be {0}, not {1}"),
            self.tr("'{0}' has no meaning with 'call': a direct call goes past the broker"),
            self.tr("'{0}' hits {1}, not {2!r}"),
            self.tr("'{0}' hits {1}; {2!r} is one of the {3}"),
            self.tr("'{0}' is missing; {1} was expected"),
            self.tr("'{0}' is missing; {1} was expected{2}"),
            self.tr("'{0}' is not an argument that mqviz knows{1}"),
            self.tr("'{0}' is {1:g}, after the end of the run: duration is {2:g}"),
            self.tr("'{0}' must be {1}, not {2}"),
            self.tr("'{0}' must be {1}, not {2}{3}"),
            self.tr("'{0}' needs '{1}'"),
            self.tr("'{0}' needs a text for at least one language"),
            self.tr("'{0}' needs {1}"),
            self.tr("'{0}' takes no '{1}', only {2}"),
            self.tr("[{0:g}, {1:g}]: a rate is at least 0 and lasts more than 0 seconds"),
            self.tr("a change needs {0}"),
            self.tr("a spike needs either 'factor' or 'messages'"),
            self.tr("at least one weight must be more than 0"),
            self.tr("there are {0} weights for {1} values"),
        )

    def _tables(self) -> tuple[str, ...]:
        """What is wrong with a table or a file."""
        return (
            self.tr("a client's name must be a text without control characters that does not begin with queue: or exchange:"),
            self.tr("a name must have 1 to {0} bytes and no control characters"),
            self.tr("a quorum queue must be durable, neither exclusive nor auto_delete"),
            self.tr("a routing key has at most {0} bytes"),
            self.tr("an exclusive consumer is the only one of its queue: 'count' must be 1"),
            self.tr("format {0} is newer than this mqviz, which reads format {1}"),
            self.tr("it is there twice"),
            self.tr("more than {0:,}"),
            self.tr("names that begin with 'amq.' are the broker's own (AMQP 0-9-1, 3.1.4)"),
            self.tr("not JSON: {0}"),
            self.tr("one of its ends is not there"),
            self.tr("service {0!r} is declared by a change only, after who calls it has begun"),
            self.tr("the default exchange cannot be bound; every queue is bound to it by its own name"),
            self.tr("the file {0!r} cannot be read: {1}"),
            self.tr("the name {0!r} is taken by {1} on line {2}"),
            self.tr("the work of {0!r} is done by service {1!r}"),
            self.tr("there is no '{0}' here{1}"),
            self.tr("there is no scenario {0!r}{1}"),
            self.tr("there is no unit {0!r}; known are {1}"),
            self.tr("there is no virtual host {0!r}; there is {1}"),
            self.tr("these are no definitions of RabbitMQ: there are no queues, exchanges, bindings or policies"),
        )

    def _targets(self) -> tuple[str, ...]:
        """What is wrong with a name, a target, a file."""
        return (
            self.tr("too many clients: at most {0:,} are allowed"),
            self.tr("too many {0}: {1:,} with these, at most {2:,} are allowed"),
            self.tr("{0!r} cannot be converted to {1!r}"),
            self.tr("{0!r} has a dot followed by a number, as members have ('server.1' is the first of 'server')"),
            self.tr("{0!r} has members {0}.1 to {0}.{1}, not {0}.{2}"),
            self.tr("{0!r} has no '{1}' to set; it has {2}"),
            self.tr("{0!r} has no column {1!r}{2}"),
            self.tr("{0!r} has no load whose rate could be set"),
            self.tr("{0!r} has no members; the target is '{0}'"),
            self.tr("{0!r} is not a CSV file: {1}"),
            self.tr("{0!r} publishes without confirms"),
            self.tr("{0!r}, line {1}: {2!r} must be a number of at least 0, not {3!r}"),
            self.tr("{0!r}: {1:,} messages at one instant, at most {2:,} are allowed"),
            self.tr("{0:,} messages at {1:g} s: at most {2:,} are allowed at one instant"),
            self.tr("{0} {1!r} does not exist{2}"),
            self.tr("{0}: not a text file in UTF-8 ({1})"),
            self.tr("{0}: too large for a scenario: more than {1} MiB"),
            self.tr("{0}:1: the lists or tables are nested too deeply"),
            self.tr("{0}:{1}: not TOML: {2}"),
            self.tr("{0}:{1}: not TOML: {2} (at column {3})"),
            self.tr("{0}:{1}: not TOML: {2} (at the end of the file)"),
        )

    def _parts(self) -> tuple[str, ...]:
        """Parts of such sentences."""
        return (
            self.tr("; did you mean '{0}'?"),
            self.tr("; did you mean it by '{0}'?"),
            self.tr("; known are {0}"),
            self.tr("; mqviz scenarios lists them"),
            self.tr("; the file is empty"),
            self.tr("; there is no {0}"),
            self.tr("; there is {0}"),
            self.tr("a classic queue"),
            self.tr("a finite number"),
            self.tr("a list"),
            self.tr("a list of tables"),
            self.tr("a list of {0} numbers"),
            self.tr("a number"),
            self.tr('a quorum queue: x-queue-type = "quorum"'),
            self.tr("a table"),
            self.tr("a text"),
            self.tr("a whole number"),
            self.tr("a whole number from {0} to {1}"),
            self.tr("a whole number of at least {0}"),
            self.tr("above {0}"),
            self.tr("above {0}, at most {1}"),
            self.tr("client"),
            self.tr("clients"),
            self.tr("exchange"),
            self.tr("from {0} to {1}"),
            self.tr("of at least {0}"),
            self.tr("of at most {0}"),
            self.tr("queue"),
            self.tr("queues"),
            self.tr("service"),
            self.tr("true or false"),
            self.tr("{0} or {1}"),
            self.tr("{0} {1}"),
        )
