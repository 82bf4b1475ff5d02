"""Which backups stay: the newest always, and the newest of each hour, day, week and month."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from db.backup import Reason, due, listed, new_name, thin, to_keep
from db.backup.generations import wall_clock

NOW = wall_clock(datetime(2026, 4, 14, 12, tzinfo=UTC))
AGES = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=3 * 365))
STAMPS = st.sets(AGES.map(lambda age: (NOW - age).replace(microsecond=0)), max_size=120)


@given(STAMPS)
def test_the_newest_is_never_removed(stamps):
    assert not stamps or max(stamps) in to_keep(stamps, NOW)


@given(STAMPS)
def test_what_is_kept_is_kept_again(stamps):
    kept = to_keep(stamps, NOW)
    assert kept <= stamps
    assert to_keep(kept, NOW) == kept


@given(STAMPS)
def test_never_more_than_the_generations_hold(stamps):
    assert len(to_keep(stamps, NOW)) <= 24 + 14 + 8 + 24


@given(STAMPS)
def test_every_bucket_of_a_generation_keeps_its_newest(stamps):
    kept = to_keep(stamps, NOW)
    days = sorted({stamp.date() for stamp in stamps}, reverse=True)[:14]
    months = sorted({(stamp.year, stamp.month) for stamp in stamps}, reverse=True)[:24]
    for day in days:
        assert max(stamp for stamp in stamps if stamp.date() == day) in kept
    for month in months:
        assert max(stamp for stamp in stamps if (stamp.year, stamp.month) == month) in kept


@given(STAMPS, STAMPS)
def test_a_clock_that_ran_ahead_costs_no_other_backup_its_place(stamps, others):
    future = {NOW + (NOW - other) for other in others} - {NOW}
    assert to_keep(stamps | future, NOW) == to_keep(stamps, NOW) | future


def test_half_hourly_backups_of_two_years_thin_to_the_four_generations():
    stamps = [NOW - timedelta(minutes=30 * step) for step in range(2 * 365 * 48)]
    kept = to_keep(stamps, NOW)
    assert sum(stamp > NOW - timedelta(hours=24) for stamp in kept) >= 24
    fortnight = {(NOW - timedelta(days=day)).date() for day in range(14)}
    assert fortnight <= {stamp.date() for stamp in kept}
    assert len({(stamp.year, stamp.month) for stamp in kept}) == 24
    assert len(kept) < 66


def test_a_pc_that_was_off_for_a_year_loses_nothing_by_being_switched_on():
    stamps = {NOW - timedelta(days=365 + day) for day in range(14)}
    assert to_keep(stamps, NOW) == stamps


def test_thinning_removes_files_and_leaves_strangers_and_what_was_set_aside(tmp_path):
    for minute in (0, 10, 20):
        moment = NOW.replace(minute=minute) - timedelta(days=1)
        new_name(tmp_path, moment, Reason.INTERVAL).write_text("x")
    aside = new_name(tmp_path, NOW - timedelta(days=1), Reason.BEFORE_RESTORE)
    aside.write_text("x")
    stranger = tmp_path / "我的备份.db"
    stranger.write_text("x")
    removed = thin(tmp_path, NOW)
    assert len(removed) == 2
    assert [backup.made_at.minute for backup in listed(tmp_path)] == [20, 0]
    assert stranger.exists()
    assert aside.exists()
    assert thin(tmp_path, NOW) == ()


def test_what_was_set_aside_goes_after_thirty_days_if_nothing_else_keeps_it(tmp_path):
    old = NOW - timedelta(days=40)
    aside = new_name(tmp_path, old, Reason.BEFORE_RESTORE)
    aside.write_text("x")
    new_name(tmp_path, old + timedelta(minutes=1), Reason.CLOSING).write_text("x")
    assert thin(tmp_path, old + timedelta(days=29)) == ()
    assert thin(tmp_path, NOW) == (aside,)


def test_backups_of_one_second_keep_their_order(tmp_path):
    first = new_name(tmp_path, NOW, Reason.CLOSING)
    first.write_text("x")
    second = new_name(tmp_path, NOW, Reason.CLOSING)
    second.write_text("x")
    third = new_name(tmp_path, NOW, Reason.BY_HAND)
    third.write_text("x")
    assert [backup.file for backup in listed(tmp_path)] == [third, second, first]
    assert {backup.made_at for backup in listed(tmp_path)} == {NOW}


def test_a_name_says_when_and_why_and_nothing_else(tmp_path):
    name = new_name(tmp_path, NOW, Reason.BEFORE_IMPORT).name
    assert name == f"banbiantian-{NOW:%Y%m%d-%H%M%S}-before-import.db"


def test_a_backup_is_due_half_an_hour_after_the_last_if_something_changed():
    assert due(None, NOW, changed=True)
    assert not due(None, NOW, changed=False)
    assert not due(NOW - timedelta(minutes=29), NOW, changed=True)
    assert due(NOW - timedelta(minutes=30), NOW, changed=True)
    assert not due(NOW - timedelta(days=9), NOW, changed=False)
    assert due(NOW + timedelta(hours=1), NOW, changed=True)  # the clock was set back


def test_names_that_are_no_backups_are_not_listed(tmp_path):
    for name in (
        "banbiantian-20260414-120000-other.db",
        "banbiantian-20261414-120000-closing.db",
        "banbiantian-20260414-120000-closing.db.new",
        "banbiantian.db",
    ):
        (tmp_path / name).write_text("x")
    assert listed(tmp_path) == []
