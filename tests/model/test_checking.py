"""Mistakes between tables: names, references, arguments, targets, settings."""

import pytest

from mqviz.model.parsing import parse
from tests.model.wrong import BASE, mistakes


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ('[[queues]]\nname = "work"', "the name 'work' is taken by queues[1] on line 6"),
        ('[[services]]\nname = "shop"', "the name 'shop' is taken by producers[1] on line 8"),
        ('[[consumers]]\nname = "a.1"\nqueue = "work"', "has a dot followed by a number"),
        ('[[consumers]]\nname = "queue:a"\nqueue = "work"', "does not begin with queue: or exchange:"),
        ('[[consumers]]\nname = "a"\nqueue = "work"\ncall = "dekc"', "service 'dekc' does not exist; did you mean 'desk'?"),
        ('[[consumers]]\nname = "a"\nqueue = "work"\nexclusive = true\ncount = 2', "an exclusive consumer is the only one"),
        ('[[consumers]]\nname = "a"\nqueue = "work"\nfail = { share = 1.5 }', "fail: 'share' must be a number from 0 to 1"),
        ('[[producers]]\nname = "a"\nexchange = "ordres"', "exchange 'ordres' does not exist; did you mean 'orders'?"),
        ('[[producers]]\nname = "a"\ncall = "desk"\nexchange = "orders"', "'exchange' has no meaning with 'call'"),
        ('[[producers]]\nname = "a"\nmode = "synchronous"', "'mode' has no meaning without 'call'"),
        ('[[producers]]\nname = "a"\npriority = 256', "'priority' must be a whole number from 0 to 255"),
        ('[[producers]]\nname = "a"\nsize = "big"', "'size' must be a number or a table, not 'big'"),
        ('[[producers]]\nname = "a"\nheaders = { a = 1979-05-27 }', "headers: 'a' must be a finite number, not 1979-05-27"),
        ('[[bindings]]\nsource = "orders"\ndestination = "x"', "queue 'x' does not exist; there is 'work'"),
        ('[[bindings]]\nsource = ""\ndestination = "work"', "the default exchange cannot be bound"),
        ('[[bindings]]\nsource = "orders"\ndestination = "work"\ndestination_type = "exchange"', "exchange 'work' does not exist"),
        (
            '[[bindings]]\nsource = "by-header"\ndestination = "work"\narguments = { "x-match" = "some" }',
            "'x-match' must be 'all', 'any', 'all-with-x' or 'any-with-x', not 'some'",
        ),
        ('[[policies]]\nname = "p"\npattern = "("\ndefinition = { max-length = 1 }', "'pattern' is not a regular expression"),
        ('[[policies]]\nname = "p"\npattern = "a"\ndefinition = { max-lenght = 1 }', "did you mean 'max-length'?"),
        ('[[policies]]\nname = "p"\npattern = "a"\ndefinition = {}', "'definition' must not be empty"),
        ('[[policies]]\nname = "p"\npattern = "a"\napply-to = "queue"\ndefinition = { expires = 1 }', "'apply-to' must be 'all', 'queues'"),
        ('[[queues]]\nname = "q"\narguments = { x-dead-letter-exchange = "dxl" }', "exchange 'dxl' does not exist"),
        ('[[queues]]\nname = "q"\narguments = { x-message-ttl = "1s" }', "'x-message-ttl' must be a whole number from 0 to 4294967295"),
        ('[[queues]]\nname = "q"\narguments = { x-delivery-limit = 3 }', "'x-delivery-limit' needs a quorum queue"),
        ('[[queues]]\nname = "q"\narguments = { x-queue-type = "quorum" }', "a quorum queue must be durable"),
        ('[[queues]]\nname = "q"\narguments = { x-dead-letter-routing-key = "k" }', "needs 'x-dead-letter-exchange'"),
        ('[[exchanges]]\nname = "e"\narguments = { alternate-exchange = "nobody" }', "exchange 'nobody' does not exist"),
        ('[[translators]]\nname = "t"\nqueue = "work"\nrules = [{ do = "rename", field = "a" }]', "'rename' needs 'to'"),
        ('[[translators]]\nname = "t"\nqueue = "work"\nrules = [{ do = "drop", field = "a", to = "b" }]', "'drop' takes no 'to'"),
        (
            '[[translators]]\nname = "t"\nqueue = "work"\nrules = [{ do = "convert", field = "a", from = "km", to = "kg" }]',
            "'km' cannot be converted to 'kg'",
        ),
    ],
)
def test_wrong_tables(table: str, expected: str) -> None:
    (mistake,) = mistakes(BASE + table)
    assert expected in mistake


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('kind = "kil"', "did you mean 'kill'?"),
        ('kind = "kill"', "'target' is missing"),
        ('kind = "kill", target = "server.4"', "'server' has members server.1 to server.3, not server.4"),
        ('kind = "kill", target = "desk.1"', "'desk' has no members; the target is 'desk'"),
        ('kind = "kill", target = "queue:work"', "'kill' hits producers, consumers, services or translators, not 'queue:work'"),
        ('kind = "spike", target = "server", messages = 3', "'spike' hits producers; 'server' is one of the consumers"),
        ('kind = "spike", target = "shop"', "a spike needs either 'factor' or 'messages'"),
        ('kind = "spike", target = "shop", factor = 2, messages = 3', "a spike needs either 'factor' or 'messages'"),
        ('kind = "spike", target = "shop", messages = 3, lasts = 3', "it is over at once"),
        ('kind = "fail", target = "shop", share = 0.5', "'fail' hits consumers, services or translators"),
        ('kind = "slow", target = "server", factor = 0', "'factor' must be a number above 0"),
        ('kind = "purge", target = "wrok"', "queue 'wrok' does not exist; did you mean 'work'?"),
        ('kind = "purge", target = "work", lasts = 1', "it is over at once"),
        ('kind = "kill", target = "server", every = 5', "'every' needs 'lasts'"),
        ('kind = "kill", target = "server", every = 5, lasts = 6', "'every' must be longer than it lasts, 6"),
        ('kind = "cut", side = "both sides"', "'side' must be"),
        ('kind = "delay"', "'seconds' is missing"),
    ],
)
def test_wrong_faults(text: str, expected: str) -> None:
    (mistake,) = mistakes(f"faults = [{{ {text} }}]\n{BASE}")
    assert expected in mistake


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at = 1", "a change needs 'set', 'declare' or 'delete'"),
        ("set = { prefetch = 1 }", "'set' needs 'target'"),
        ('target = "shop", set = { prefetch = 1 }', "'shop' has no 'prefetch' to set; it has rate, count, confirm, size,"),
        ('target = "asker", set = { size = 1 }', "'asker' has no 'size' to set; it has rate, count, latency"),
        ('target = "desk", set = { latency = 1 }', "'desk' has no 'latency' to set; it has workers, accept, timeout, service"),
        ('target = "network", set = { rate = 1 }', "'network' has no 'rate' to set; it has latency"),
        ('target = "network", set = { latency = -1 }', "'latency' must be a number of at least 0"),
        ('target = "shop", set = { confirm = 1 }', "'shop' publishes without confirms"),
        ('target = "server.1", set = { count = 1 }', "'count' is set for all of a client"),
        ('target = "server.9", set = { prefetch = 1 }', "'server' has members server.1 to server.3"),
        ('target = "sever", set = { prefetch = 1 }', "did you mean 'server'?"),
        ('target = "queue:wrok", set = { arguments = { x-max-length = 3 } }', "queue 'wrok' does not exist"),
        ('target = "work", set = { arguments = { x-max-length = "no" } }', "'x-max-length' must be a whole number"),
        ('target = "server", set = { prefetsh = 1 }', "there is no 'prefetsh' here; did you mean 'prefetch'?"),
        ('delete = { clients = ["dsek"] }', "client 'dsek' does not exist; did you mean 'desk'?"),
        ('delete = { queues = ["wrok"] }', "queue 'wrok' does not exist; did you mean 'work'?"),
        ('declare = { consumers = [{ name = "x", queue = "nowhere" }] }', "consumers[1] 'x': queue 'nowhere' does not exist"),
        ('declare = { queues = [{ name = "work" }] }', "the name 'work' is taken by"),
    ],
)
def test_wrong_changes(text: str, expected: str) -> None:
    found = mistakes(f"changes = [{{ {text} }}]\n{BASE}")
    assert any(expected in mistake for mistake in found)


def test_a_service_that_comes_later_cannot_be_called_from_the_beginning() -> None:
    text = 'changes = [{ at = 1, declare = { services = [{ name = "late" }] } }]\nproducers = [{ name = "p", call = "late" }]\n'
    (mistake,) = mistakes(text)
    assert "service 'late' is declared by a change only" in mistake


def test_services_come_and_go_and_the_network_changes() -> None:
    text = """
consumers = [{ name = "c", queue = "q" }]
queues = [{ name = "q" }]
changes = [
    { at = 1, declare = { services = [{ name = "late" }], producers = [{ name = "p", call = "late" }] } },
    { at = 2, target = "network", set = { latency = 0.1 } },
    { at = 3, target = "c", set = { latency = 0.0 } },
    { at = 4, delete = { clients = ["late"] } },
]
"""
    assert len(parse(text).changes) == 4


def test_a_change_may_turn_what_another_declares_and_scale_it() -> None:
    text = """
changes = [
    { at = 1, declare = { queues = [{ name = "late" }], consumers = [{ name = "c", queue = "late" }] } },
    { at = 2, target = "c", set = { count = 3 } },
    { at = 3, target = "c.3", set = { prefetch = 1 } },
    { at = 4, delete = { clients = ["c"], queues = ["late"] } },
    { at = 5, declare = { queues = [{ name = "late" }] } },
    { at = 6, target = "queue:late", set = { arguments = { x-max-length = "none" } } },
]
"""
    assert len(parse(text).changes) == 6
