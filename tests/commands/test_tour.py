"""The tour: every page and dialog of the real window as a picture."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def tour(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "desktop", "--json", "tour", str(folder), *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "size"),
    [((), (1440, 900)), (("--dark", "--size", "1093x614", "--scale", "1.25"), (1366, 768))],
)
def test_every_page_and_dialog_is_a_picture(
    tmp_path: Path, options: tuple[str, ...], size: tuple[int, int]
) -> None:
    from PIL import Image

    done = tour(tmp_path / "pictures", *options)

    assert (done.returncode, done.stderr) == (0, "")
    pictures = json.loads(done.stdout)["pictures"]
    assert {"first_run", "members", "members-search", "import-check", "settings"} <= {
        one["page"] for one in pictures
    }
    for one in pictures:
        with Image.open(one["file"]) as image:
            colours = image.convert("RGB").getcolors(1 << 24)
            assert colours is not None
            assert len(colours) > 20, one["page"]
            if one["page"] == "members":
                assert abs(image.width - size[0]) <= 2
                assert abs(image.height - size[1]) <= 2


def test_a_file_in_place_of_the_folder_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "图片"
    file.write_text("")

    done = tour(file)

    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["code"] == "unavailable"
    assert "是一个文件" in done.stderr
    assert "Traceback" not in done.stderr
