"""Invented recipients for the tests of paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from desktop.documents.certificate import Design, Recipient, load_design


@pytest.fixture(scope="session")
def design() -> Design:
    return load_design()


@pytest.fixture
def someone() -> Callable[..., Recipient]:
    """A complete recipient, changed in what is given."""

    def make(name: str = "欧阳晓兰", **changes: object) -> Recipient:
        values: dict[str, object] = {
            "row": 2,
            "certificate_no": "环妇字〔2026〕第001号",
            "title": "优秀女职工",
            "issuer": "云川市生态环境局妇委会",
            "issued_on": date(2026, 3, 8),
        }
        return Recipient(name, **(values | changes))  # type: ignore[arg-type]

    return make
