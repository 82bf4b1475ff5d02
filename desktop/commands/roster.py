"""``list`` and ``template``: the roster, looked at, and the empty form for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from db.errors import InvalidInputError
from db.types import PartialDate
from desktop.commands import usage
from desktop.commands.call import DONE, Call
from desktop.fields import Choice, Field, Link, Register
from desktop.fields.kinds import masked
from desktop.registers import own_fields
from desktop.registers.members import public_name
from desktop.services import access, as_of, members, units


def add(commands: Any) -> None:
    listing = commands.add_parser("list", help="查名册：姓名、拼音、首字母、单位、号码末几位")
    members_only(listing)
    listing.add_argument("--find", default="", metavar="文字")
    listing.add_argument("--unit", metavar="单位")
    listing.add_argument("--full", action="store_true", help="显示完整号码")
    add_day(listing)
    listing.set_defaults(run=run_list)

    template = commands.add_parser("template", help="生成一份空白填报表")
    members_only(template)
    template.add_argument("target", type=usage.path, metavar="文件.xlsx")
    template.set_defaults(run=run_template)


def members_only(parser: Any) -> None:
    """The word after the command: so far only members can be looked at and sent out."""
    parser.add_argument("register", choices=["members"], metavar="members")


def add_day(parser: Any) -> None:
    """The words for a past day whose roster is asked for."""
    parser.add_argument(
        "--as-of", type=usage.day, metavar="YYYY-MM-DD", help="那一天结束时的名册，不写就是现在的"
    )


def run_list(call: Call) -> int:
    day = call.args.as_of
    with call.office() as office:
        with office.read() as session, as_of.at(session, day):
            names, register = units.index(session).names, own_fields.register(session)
            people = members.exported(session, asked_for(call, session, day))
        if call.args.full and people:
            with office.write(access.WORDS["list_full"]) as session:
                access.note(session, "list_full", count=len(people))
    shown = [_shown(one, register, names, full=call.args.full) for one in people]
    for one in shown:
        words = (one["name"], one["unit"], one["birth_date"], one["id_number"], one["phone"])
        call.say("  ".join(word for word in words if word))
    call.say(f"共 {len(shown)} 人" if shown else "没有找到。")
    call.answer(shown)
    return DONE


def run_template(call: Call) -> int:
    from desktop.exchange import template

    target = call.output(call.args.target, ".xlsx")
    with call.office() as office, office.read() as session:
        names = tuple(units.index(session).names.values())
        register = own_fields.register(session)
    template.write_template(target, unit_names=names, today=call.today, register=register)
    call.say(f"空白填报表在“{target}”。")
    call.answer({"file": str(target)})
    return DONE


def asked_for(call: Call, session: Any, day: date | None = None) -> members.Query:
    """The people whom ``--find`` and ``--unit`` name; a unit nobody knows is a refusal.

    Ages are those of ``day``, or of today.
    """
    unit_id = None
    if call.args.unit:
        unit_id = units.index(session).find(call.args.unit)
        if unit_id is None:
            raise InvalidInputError(
                {"unit": f"没有叫“{call.args.unit}”的单位"},
                remedy="请照单位表里的名称写，用 list members 可以看到各人的单位。",
            )
    return members.Query(find=call.args.find, unit_id=unit_id, on=day or call.today)


_ALWAYS = ("name", "sex", "id_number", "birth_date", "mobile", "unit_id", "employment_status")


def _shown(
    person: Mapping[str, Any],
    register: Register,
    unit_names: Mapping[int, str],
    *,
    full: bool,
) -> dict[str, Any]:
    """A person as the command line tells of her; empty fields are left out but for the usual."""
    labels = {field.name: own_fields.public_name_of(field) for field in register.fields}
    found: dict[str, Any] = {"id": person["id"]}
    own: dict[str, Any] = {}
    for field in register.fields:
        value = person[field.name]
        if value is None and field.name not in _ALWAYS:
            continue
        name = public_name(field.name)
        if own_fields.is_own(field.name):
            own[field.label] = _own_value(field, value, full=full)
        elif isinstance(field.kind, Link):
            found[name] = unit_names.get(value, "")
        elif field.kind.is_private:
            found[name] = (value or "") if full else masked(field.kind, value)
        elif field.name == "sex":
            found[name] = field.kind.text(value)
        elif isinstance(value, PartialDate):
            found[name] = str(value)
        else:
            found[name] = value if value is not None else ""
            if isinstance(field.kind, Choice):
                found[f"{name.removesuffix('_code')}_text"] = field.kind.text(value)
    if own:
        found["own"] = own
    if person["extra"]:
        found["extra"] = person["extra"]
    if person["unresolved"]:
        found["to_check"] = [
            {
                "field": labels.get(one["field"], one["field"]),
                "code": one["code"],
                "message": one["message"],
            }
            for one in person["unresolved"]
        ]
    return found


def _own_value(field: Field, value: Any, *, full: bool) -> Any:
    if field.kind.is_private and not full:
        return masked(field.kind, value)
    return str(value) if isinstance(value, PartialDate) else value
