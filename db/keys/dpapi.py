"""How Windows seals a few bytes for the account that is signed in (DPAPI, by ctypes)."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _UI_FORBIDDEN = 0x1

    class _Blob(ctypes.Structure):
        _fields_ = (("size", wintypes.DWORD), ("data", ctypes.POINTER(ctypes.c_char)))

    def seal(data: bytes, purpose: bytes) -> bytes:
        """``data`` as only this Windows account can read it again, given the same ``purpose``."""
        return _call("CryptProtectData", data, purpose)

    def unseal(sealed: bytes, purpose: bytes) -> bytes:
        """What :func:`seal` was given; ``OSError`` under another account or purpose."""
        return _call("CryptUnprotectData", sealed, purpose)

    def _call(name: str, data: bytes, purpose: bytes) -> bytes:
        function = getattr(ctypes.WinDLL("crypt32", use_last_error=True), name)
        function.restype = wintypes.BOOL
        given, entropy, result = _blob(data), _blob(purpose), _Blob()
        done = function(
            ctypes.byref(given),
            None,
            ctypes.byref(entropy),
            None,
            None,
            _UI_FORBIDDEN,
            ctypes.byref(result),
        )
        if not done:
            raise ctypes.WinError(ctypes.get_last_error())
        try:
            return ctypes.string_at(result.data, result.size)
        finally:
            free = ctypes.WinDLL("kernel32").LocalFree
            free.argtypes = (ctypes.c_void_p,)
            free(ctypes.cast(result.data, ctypes.c_void_p))

    def _blob(data: bytes) -> _Blob:
        buffer = ctypes.create_string_buffer(data, len(data))
        return _Blob(len(data), ctypes.cast(buffer, ctypes.POINTER(ctypes.c_char)))
