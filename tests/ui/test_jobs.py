"""Work off the window's thread."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject

from db.errors import AppError, BusyError, Cancelled
from desktop.ui.jobs import Jobs


def _write(what, work):
    return work(f"session for {what}"), frozenset({"members"})


@pytest.fixture
def jobs(qapp):
    made = Jobs(lambda work: work("session"), _write)
    yield made
    made.close()


@pytest.fixture
def owner(qapp):
    return QObject()


def test_what_was_read_arrives_on_the_window_thread(jobs, owner, qtbot):
    got = []
    jobs.read(
        owner,
        lambda session: (session, threading.current_thread().name),
        done=lambda value: got.append((*value, threading.current_thread())),
    )
    qtbot.waitUntil(lambda: bool(got))
    session, worker, here = got[0]
    assert session == "session"
    assert worker.startswith("read")
    assert here is threading.main_thread()


def test_a_write_says_once_which_tables_it_changed(jobs, owner, qtbot):
    changed, got = [], []
    jobs.changed.connect(lambda tables, who: changed.append((tables, who)))
    jobs.write(owner, lambda session: session, what="改手机号", done=got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert got == ["session for 改手机号"]
    assert changed == [(frozenset({"members"}), owner)]


def test_a_read_changes_nothing(jobs, owner, qtbot):
    changed, got = [], []
    jobs.changed.connect(lambda *told: changed.append(told))
    jobs.read(owner, lambda session: 1, done=got.append)
    qtbot.waitUntil(lambda: got == [1])
    assert changed == []


def test_writes_run_one_after_the_other_in_order(jobs, owner, qtbot):
    order = []
    for number in range(5):
        jobs.write(owner, lambda session, number=number: order.append(number))
    qtbot.waitUntil(lambda: not jobs.under_way())
    assert order == [0, 1, 2, 3, 4]


def test_two_reads_run_at_the_same_time(jobs, owner, qtbot):
    met = threading.Barrier(2, timeout=5)
    got = []
    for _ in range(2):
        jobs.read(owner, lambda session: met.wait(), done=got.append)
    qtbot.waitUntil(lambda: len(got) == 2)
    assert sorted(got) == [0, 1]


def test_work_without_a_session_runs_too(jobs, owner, qtbot):
    got = []
    jobs.run(owner, lambda: "read a file", done=got.append)
    qtbot.waitUntil(lambda: got == ["read a file"])


def test_a_result_for_a_destroyed_owner_is_dropped(jobs, qtbot):
    import shiboken6

    owner, go, got = QObject(), threading.Event(), []
    jobs.read(owner, lambda session: go.wait(5), done=got.append)
    shiboken6.delete(owner)
    go.set()
    qtbot.waitUntil(lambda: not jobs.under_way())
    assert got == []


def test_a_write_that_failed_is_told_even_when_its_owner_is_gone(jobs, qtbot):
    import shiboken6

    owner, go, told = QObject(), threading.Event(), []
    jobs.told.connect(lambda error, who: told.append((error.happened, who)))

    def work(session):
        go.wait(5)
        raise BusyError("数据正忙。")

    jobs.write(owner, work)
    shiboken6.delete(owner)
    go.set()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [("数据正忙。", None)]


def _refuse(session):
    raise AppError("读不了。")


def test_an_error_goes_to_whoever_asked_for_it(jobs, owner, qtbot):
    failed, told = [], []
    jobs.told.connect(lambda *one: told.append(one))
    jobs.read(owner, _refuse, failed=lambda error: failed.append(error.happened))
    qtbot.waitUntil(lambda: failed == ["读不了。"])
    assert told == []


def test_an_error_nobody_asked_for_is_told(jobs, owner, qtbot):
    told = []
    jobs.told.connect(lambda error, who: told.append((error.happened, who)))
    jobs.read(owner, _refuse)
    qtbot.waitUntil(lambda: told == [("读不了。", owner)])


def test_a_bug_goes_out_as_a_crash_and_not_as_an_error(jobs, owner, qtbot):
    crashed, failed = [], []
    jobs.crashed.connect(crashed.append)
    jobs.read(owner, lambda session: 1 / 0, failed=failed.append)
    qtbot.waitUntil(lambda: bool(crashed))
    assert isinstance(crashed[0], ZeroDivisionError)
    assert failed == []


def test_progress_is_reported_in_the_unit_of_the_work(jobs, owner, qtbot):
    seen, got = [], []
    jobs.progressed.connect(lambda job, progress: seen.append(progress))

    def work(session, *, step):
        for done in range(1, 4):
            step(done, 3)
        return "done"

    jobs.write(owner, work, title="正在导入名册", unit="人", done=got.append)
    qtbot.waitUntil(lambda: got == ["done"])
    assert (seen[-1].done, seen[-1].total, seen[-1].unit) == (3, 3, "人")


def test_stopping_ends_the_work_at_its_next_step_and_is_shown_to_nobody(jobs, owner, qtbot):
    at_work, stopped, shown, rolled_back = threading.Event(), [], [], []
    for signal in (jobs.told, jobs.crashed):
        signal.connect(lambda *one: shown.append(one))

    def work(session, *, step):
        try:
            for done in range(10_000_000):
                at_work.set()
                step(done, 10_000_000)
        except Cancelled:
            rolled_back.append(True)
            raise

    job = jobs.write(owner, work, stopped=lambda: stopped.append(True))
    assert job.can_stop
    at_work.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: bool(stopped))
    assert (stopped, shown, rolled_back) == ([True], [], [True])


def test_work_without_steps_cannot_be_stopped(jobs, owner, qtbot):
    job = jobs.read(owner, lambda session: None)
    assert not job.can_stop
    qtbot.waitUntil(lambda: not jobs.under_way())


def test_closing_waits_for_the_write_under_way(qapp, qtbot):
    jobs, ended, begun = Jobs(lambda work: work(None), _write), [], threading.Event()

    def work(session):
        begun.set()
        ended.append(True)

    jobs.write(QObject(qapp), work)
    begun.wait(5)
    jobs.close()
    assert ended == [True]


def test_what_comes_back_after_closing_begins_nothing_new(jobs, owner, qapp):
    begun, heard = threading.Event(), []
    jobs.run(owner, begun.set, done=heard.append)
    assert begun.wait(10)
    jobs.close()
    qapp.processEvents()
    assert heard == []
