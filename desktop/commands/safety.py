"""``password``, ``backup``, ``restore``, ``check``: nothing is lost and nobody else reads it."""

from __future__ import annotations

import os
from typing import Any

from db.errors import InvalidInputError, PasswordNeededError
from db.session import Database
from desktop.commands import usage
from desktop.commands.call import (
    ACTOR,
    DONE,
    NEW_PASSWORD_VARIABLE,
    REFUSED,
    Call,
    ask_secret,
)
from desktop.paths import PASSWORD_VARIABLE
from desktop.services import backups, protection
from desktop.services.office import held


def add(commands: Any) -> None:
    password = commands.add_parser("password", help="给数据设置、更改或去掉密码")
    actions = password.add_subparsers(dest="action", metavar="动作", required=True)
    setting = actions.add_parser("set", help="设置密码；恢复密钥先写进文件")
    setting.add_argument("--recovery-key", type=usage.path, required=True, metavar="文件")
    setting.set_defaults(run=run_password_set)
    actions.add_parser("change", help="更改密码").set_defaults(run=run_password_change)
    actions.add_parser("remove", help="去掉密码保护").set_defaults(run=run_password_remove)

    backup = commands.add_parser("backup", help="备份一次，并证明备份可以恢复")
    backup.add_argument("file", nargs="?", type=usage.path, metavar="文件")
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser("restore", help="用备份恢复；现在的数据先另存一份")
    restore.add_argument("file", type=usage.path, metavar="文件")
    restore.set_defaults(run=run_restore)
    commands.add_parser("check", help="检查数据、改动记录和备份").set_defaults(run=run_check)


def run_password_set(call: Call) -> int:
    new = _new_password()
    with held(call.folder, program=ACTOR, clock=call.clock):
        if not call.folder.database.exists() and not protection.is_protected(call.folder):
            Database.open(call.folder.database, clock=call.clock).close()
        protection.set_password_saving_key(
            call.folder, new, recovery_file=call.args.recovery_key, now=call.clock()
        )
    call.say("已设置密码，数据和备份都已加密。")
    call.say(f"恢复密钥在“{call.args.recovery_key}”，请打印后锁好，不要和数据放在一起。")
    call.answer({"protected": True, "recovery_key": str(call.args.recovery_key)})
    return DONE


def run_password_change(call: Call) -> int:
    with held(call.folder, program=ACTOR, clock=call.clock):
        protection.expect_protected(call.folder)
        present, new = _present_password(), _new_password()
        protection.change_password(call.folder, present, new)
    call.say("密码已更改。以前的备份仍用当时的密码打开，恢复密钥一直有效。")
    call.answer({"protected": True})
    return DONE


def run_password_remove(call: Call) -> int:
    with held(call.folder, program=ACTOR, clock=call.clock):
        protection.expect_protected(call.folder)
        present = _present_password()
        protection.remove_password(call.folder, present, now=call.clock())
    call.say("已去掉密码保护，数据不再加密。")
    call.answer({"protected": False})
    return DONE


def run_backup(call: Call) -> int:
    with call.office() as office:
        key = office.key
        if call.args.file is None:
            proof = backups.back_up_now(call.folder, key, now=call.clock())
        else:
            target = call.output(call.args.file)
            proof = backups.back_up_to(call.folder, key, target, now=call.clock())
    call.say(f"已备份到“{proof.file}”，并打开核对过：{_counted(proof.rows)}。")
    call.answer(
        {
            "file": str(proof.file),
            "sha256": proof.sha256,
            "rows": proof.rows,
            "verified": proof.verified,
        }
    )
    return DONE


def run_restore(call: Call) -> int:
    secret = os.environ.get(PASSWORD_VARIABLE)
    with held(call.folder, program=ACTOR, clock=call.clock, finish=False):
        try:
            proof = backups.restore(call.folder, call.args.file, now=call.clock(), secret=secret)
        except PasswordNeededError:
            secret = ask_secret("备份的密码或恢复密钥：")
            if not secret:
                raise
            proof = backups.restore(call.folder, call.args.file, now=call.clock(), secret=secret)
    call.say(f"已恢复，并核对过：{_counted(proof.rows)}。")
    if proof.aside is not None:
        call.say(f"恢复之前的数据另存在“{proof.aside}”。")
    call.answer(
        {
            "file": str(call.args.file),
            "rows": proof.rows,
            "verified": True,
            "kept_aside": str(proof.aside) if proof.aside else None,
        }
    )
    return DONE


def run_check(call: Call) -> int:
    with held(call.folder, program=ACTOR, clock=call.clock):
        key = protection.key_for(call.folder, call.secret)
        report = backups.check(call.folder, key, now=call.clock())
    for finding in report.findings:
        call.say(finding)
    if report.is_well:
        call.say(f"一切正常：{_counted(report.rows)}，改动记录完整。")
    call.answer(
        {
            "integrity": report.integrity,
            "foreign_keys": report.foreign_keys,
            "schema": report.schema,
            "change_log": report.change_log,
            "protected": key is not None,
            "rows": report.rows,
            "last_backup": report.last_backup.isoformat() if report.last_backup else None,
            "findings": list(report.findings),
        }
    )
    sound = report.integrity and report.foreign_keys and report.schema and report.change_log
    return DONE if sound else REFUSED


def _present_password() -> str:
    given = os.environ.get(PASSWORD_VARIABLE) or ask_secret("现在的密码或恢复密钥：")
    if not given:
        raise PasswordNeededError(
            "需要现在的密码。", remedy=f"请在提示时输入，或放在 {PASSWORD_VARIABLE} 里。"
        )
    return given


def _new_password() -> str:
    given = os.environ.get(NEW_PASSWORD_VARIABLE)
    if given is None:
        given = ask_secret("新密码：")
        if given is not None and ask_secret("再输入一遍：") != given:
            raise InvalidInputError({"password": "两次输入的密码不一样"})
    if not given:
        raise PasswordNeededError(
            "需要新密码。", remedy=f"请在提示时输入，或放在 {NEW_PASSWORD_VARIABLE} 里。"
        )
    return given


_WORDS = {"members": ("成员", "人"), "units": ("单位", "个")}


def _counted(rows: dict[str, int]) -> str:
    known = [
        f"{what} {rows[table]} {measure}"
        for table, (what, measure) in _WORDS.items()
        if table in rows
    ]
    return "，".join(known) or f"共 {sum(rows.values())} 条记录"
