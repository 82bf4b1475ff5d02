"""The command line: without a command it opens the window, with one it does a piece of work."""

from __future__ import annotations

import io
import logging
import sys
from argparse import SUPPRESS, Namespace
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from functools import partial
from typing import Any

from desktop.commands import usage
from desktop.paths import data_folder

VERSION = "0.1.0"
_STOPPED = "已经停下。写到一半的内容没有留下。已经写好的改动可以用 log 查看，用 undo 撤销。"


def main(argv: Sequence[str] | None = None) -> int:
    """Do what ``argv`` asks for and give the exit code: 0 done, 1 refused, 2 wrong usage."""
    try:
        return _main(argv)
    except KeyboardInterrupt:
        print(_STOPPED, file=sys.stderr)
        return 1


def _main(argv: Sequence[str] | None) -> int:
    _speak_utf8()
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        asked, rest = _shared().parse_known_args(words)
        args = parser().parse_args(words) if rest else None
    except SystemExit as ended:
        return int(ended.code or 0)
    if args is None:
        from desktop import app  # nothing else is loaded before the window is on screen

        return app.start(data_folder(asked.data), today=asked.today)
    if argv is None:
        sys.excepthook = _tell_bug
        # else what a library says of itself comes out here, values and all
        logging.getLogger().addHandler(logging.NullHandler())
    return _carry_out(args)


def _carry_out(args: Namespace) -> int:
    from db.errors import AppError, Cancelled
    from desktop import logs
    from desktop.commands.call import REFUSED, Call, now

    folder = data_folder(args.data)
    today = args.today or date.today()  # noqa: DTZ011 - the day where she sits
    call = Call(args, folder, today, now, sys.stdout, sys.stderr)
    try:
        with ExitStack() as held:
            if folder.root.is_dir():
                logs.start(folder.logs)
                held.callback(logs.stop)
                held.push(partial(_log_end, args.command))
            code = int(args.run(call))
            call.flush()
            return code
    except AppError as refused:
        call.refuse(refused)
    except (Cancelled, KeyboardInterrupt):
        call.answer(
            {"error": {"code": "cancelled", "happened": _STOPPED, "kept": "", "remedy": ""}}
        )
        call.warn(_STOPPED)
    return REFUSED


def _log_end(
    command: str, kind: type[BaseException] | None, error: BaseException | None, trace: Any
) -> None:
    """Note how a command ended that did not end well; never the text of an exception."""
    from db.errors import AppError, Cancelled
    from desktop import logs

    if isinstance(error, AppError):
        logs.LOGGER.info("%s refused: %s", command, error.code)
    elif kind is not None and not issubclass(kind, (Cancelled, KeyboardInterrupt)):
        logs.LOGGER.error("%s\n%s", command, logs.where(kind, trace))


def parser() -> usage.Parser:
    """The words of the command line."""
    from desktop import commands

    top = usage.Parser(
        prog="banbiantian",
        description="半边天·妇委会工作台。不带命令时打开窗口。",
        parents=[_shared()],
    )
    top.add_argument("--version", action="version", version=f"半边天 {VERSION}", help="显示版本")
    words = top.add_subparsers(dest="command", metavar="命令", required=True, parser_class=_Command)
    for module in commands.modules():
        module.add(words)
    return top


def _shared(*, given: bool = True) -> usage.Parser:
    """The words every command takes; without ``given`` they leave what was said before them."""
    shared = usage.Parser(prog="banbiantian", add_help=False)
    nothing = None if given else SUPPRESS
    shared.add_argument(
        "--json", action="store_true", help="只输出 JSON", default=False if given else nothing
    )
    shared.add_argument(
        "--data", type=usage.path, metavar="文件夹", help="数据所在的文件夹", default=nothing
    )
    shared.add_argument(
        "--today", type=usage.day, metavar="YYYY-MM-DD", help="当作今天的日子", default=nothing
    )
    return shared


class _Command(usage.Parser):
    def __init__(self, **options: Any) -> None:
        super().__init__(parents=[_shared(given=False)], **options)


def _tell_bug(kind: type[BaseException], _error: BaseException, trace: Any) -> None:
    """What nobody foresaw, without the values: they may be a person's."""
    from desktop import logs

    print(
        "程序遇到了没有料到的情况，已经停下。写到一半的内容没有留下。"
        "请把下面几行交给维护程序的同志，里面没有个人信息。",
        logs.where(kind, trace),
        sep="\n",
        file=sys.stderr,
    )


def _speak_utf8() -> None:
    """Chinese reaches every console and pipe: UTF-8 out, whatever the code page says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
