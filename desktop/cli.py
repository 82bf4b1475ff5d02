"""The command line: without a command it opens the window, with one it does a piece of work."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any

from desktop.paths import data_folder

VERSION = "0.1.0"


def main(argv: Sequence[str] | None = None) -> int:
    """Do what ``argv`` asks for and give the exit code: 0 done, 1 refused, 2 wrong usage."""
    _speak_utf8()
    words = list(sys.argv[1:] if argv is None else argv)
    asked, rest = _shared().parse_known_args(words)
    if not rest:
        from desktop import app  # nothing else is loaded before the window is on screen

        return app.main(data_folder(asked.data), today=asked.today)
    return _carry_out(parser().parse_args(words))


def _carry_out(args: argparse.Namespace) -> int:
    from db.errors import AppError, Cancelled
    from desktop import logs
    from desktop.commands.call import DONE, REFUSED, Call, now

    folder = data_folder(args.data)
    if folder.root.is_dir():
        logs.start(folder.logs)
    today = args.today or date.today()  # noqa: DTZ011 - the day where she sits
    call = Call(args, folder, today, now, sys.stdout, sys.stderr)
    try:
        return int(args.run(call))
    except AppError as refused:
        logs.LOGGER.info("%s refused: %s", args.command, refused.code)
        call.refuse(refused)
        return REFUSED
    except (Cancelled, KeyboardInterrupt):
        call.warn("已停下，没有改动。")
        return REFUSED
    except BrokenPipeError:
        return DONE
    finally:
        logs.stop()


def parser() -> argparse.ArgumentParser:
    """The words of the command line."""
    from desktop import commands

    top = argparse.ArgumentParser(
        prog="banbiantian",
        description="半边天·妇委会工作台。不带命令时打开窗口。",
        parents=[_shared()],
    )
    top.add_argument("--version", action="version", version=f"半边天 {VERSION}")
    words = top.add_subparsers(dest="command", metavar="命令", required=True, parser_class=_Command)
    for module in commands.modules():
        module.add(words)
    return top


def _shared(*, given: bool = True) -> argparse.ArgumentParser:
    """The words every command takes; without ``given`` they leave what was said before them."""
    shared = argparse.ArgumentParser(add_help=False)
    nothing = None if given else argparse.SUPPRESS
    shared.add_argument(
        "--json", action="store_true", help="只输出 JSON", default=False if given else nothing
    )
    shared.add_argument("--data", metavar="文件夹", help="数据所在的文件夹", default=nothing)
    shared.add_argument(
        "--today", type=_day, metavar="YYYY-MM-DD", help="当作今天的日子", default=nothing
    )
    return shared


class _Command(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        super().__init__(parents=[_shared(given=False)], **options)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _speak_utf8() -> None:
    """Chinese reaches every console and pipe: UTF-8 out, whatever the code page says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
