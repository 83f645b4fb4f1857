from datetime import UTC, datetime, timedelta
from threading import Thread

from core.market.quote import Quote
from gui.inbox import Inbox

T0 = datetime(2018, 2, 2, 19, 0, tzinfo=UTC)


def quote(value: float, minute: int, source: str = "typed", symbol: str = "VIX") -> Quote:
    return Quote(symbol, value, T0 + timedelta(minutes=minute), source)


def test_the_tray_gives_each_quote_once_and_in_the_order_of_posting() -> None:
    inbox = Inbox()
    inbox.post([quote(17.0, 2)])
    inbox.post([quote(16.0, 1), quote(18.0, 3)])
    assert [one.value for one in inbox.take()] == [17.0, 16.0, 18.0]
    assert inbox.take() == ()


def test_no_quote_is_lost_when_many_threads_post() -> None:
    inbox = Inbox()
    threads = [
        Thread(target=lambda n=n: [inbox.post([quote(n * 1000 + i, 0)]) for i in range(500)]) for n in range(4)
    ]
    for thread in threads:
        thread.start()
    taken: list[Quote] = []
    while any(thread.is_alive() for thread in threads):
        taken += inbox.take()
    for thread in threads:
        thread.join()
    taken += inbox.take()
    assert sorted(one.value for one in taken) == sorted(n * 1000 + i for n in range(4) for i in range(500))
