"""The fixture of engine tests: a broker in virtual time."""

import pytest

from mqviz.clock import Scheduler
from mqviz.engine.broker import Broker


@pytest.fixture
def broker(scheduler: Scheduler) -> Broker:
    """A fresh broker, driven by `scheduler`."""
    return Broker(scheduler)
