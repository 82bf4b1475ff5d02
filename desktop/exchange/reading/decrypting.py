"""How is a workbook opened that has a password?"""

from __future__ import annotations

import io
import struct
from xml.parsers.expat import ExpatError

from desktop.exchange.reading.refusals import Refused

# Excel and WPS encrypt with this one when only changing the workbook is protected
_NO_PASSWORD = "VelvetSweatshop"  # noqa: S105 - published in [MS-OFFCRYPTO]


def decrypted(data: bytes, password: str | None) -> bytes:
    """The plain workbook. Raises :class:`Refused` with ``password_needed``, ``wrong_password``,
    ``protected`` (a kind of protection no password opens) or ``damaged``."""
    candidates = (password, _NO_PASSWORD) if password else (_NO_PASSWORD,)
    for candidate in candidates:
        plain = _opened_with(data, candidate)
        if plain is not None:
            return plain
    raise Refused("wrong_password" if password else "password_needed")


def _opened_with(data: bytes, password: str) -> bytes | None:
    import msoffcrypto
    from msoffcrypto import exceptions

    out = io.BytesIO()
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        office.load_key(password=password)
        office.decrypt(out)
    except exceptions.InvalidKeyError:
        return None
    except exceptions.DecryptionError as error:
        raise Refused("protected", str(error)) from error
    except (
        exceptions.FileFormatError,
        exceptions.ParseError,
        ArithmeticError,
        AssertionError,
        AttributeError,
        ExpatError,
        LookupError,
        OSError,
        TypeError,
        ValueError,
        struct.error,
    ) as error:
        raise Refused("damaged", f"{type(error).__name__}: {error}") from error
    return out.getvalue()
