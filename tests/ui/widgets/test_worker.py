"""The worker: one thread, results and failures back on the window's own."""

import threading

import pytest

from ui.widgets.worker import Worker


@pytest.fixture
def worker(qtbot):
    worker = Worker()
    yield worker
    worker.stop()


def test_a_job_runs_elsewhere_and_its_result_comes_home(worker, qtbot):
    places = {}

    def job(_progress):
        places["job"] = threading.get_ident()
        return 42

    def done(result):
        places["done"] = threading.get_ident()
        places["result"] = result

    worker.submit(job, done, pytest.fail)
    qtbot.waitUntil(lambda: "result" in places)
    assert places["result"] == 42
    assert places["done"] == threading.get_ident() != places["job"]


def test_a_failure_comes_home_too(worker, qtbot):
    failures = []
    worker.submit(lambda _progress: 1 / 0, pytest.fail, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], ZeroDivisionError)


def test_jobs_run_one_after_another_and_it_says_when_it_is_busy(worker, qtbot):
    states, results = [], []
    worker.busy.connect(states.append)
    for number in range(3):
        worker.submit(lambda _progress, number=number: number, results.append, pytest.fail)
    qtbot.waitUntil(lambda: len(results) == 3)
    assert results == [0, 1, 2]
    assert states == [True, False]


def test_progress_is_told_on_the_way(worker, qtbot):
    def job(progress):
        progress("Sending", 1, 2)

    with qtbot.waitSignal(worker.progress) as told:
        worker.submit(job, lambda _result: None, pytest.fail)
    assert told.args == ["Sending", 1, 2]
