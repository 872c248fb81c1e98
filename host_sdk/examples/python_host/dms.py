"""What the bindings (host_sdk/bindings/dms_interface.py) leave to the host: texts that are lent, and read."""
import ctypes as c
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent.parent / "bindings"))  # installed: PYTHONPATH=/usr/share/dms/bindings
from dms_interface import DMS_ERROR_SIZE_1_0, DMS_STATUS_WORDS, Error, Str  # noqa: E402


def lend(text, keep):
    """A Str whose bytes live as long as the list `keep` does."""
    data = text.encode() if isinstance(text, str) else text
    buffer = c.create_string_buffer(data, len(data) or 1)
    keep.append(buffer)
    return Str(c.cast(buffer, c.c_void_p), len(data))


def bytes_of(borrowed):
    return c.string_at(borrowed.ptr, borrowed.len) if borrowed.len else b""


def text_of(borrowed):
    return bytes_of(borrowed).decode()


def word_of(status):
    """A status that this version does not name is read as failed."""
    return DMS_STATUS_WORDS[status] if 0 <= status < len(DMS_STATUS_WORDS) else "failed"


def new_error():
    return Error(struct_size=c.sizeof(Error))


def say(error, status, sentence):
    """Into the error of the other side, where there is one: as many whole characters as it has room for."""
    if error and error.contents.struct_size >= DMS_ERROR_SIZE_1_0:
        error.contents.code = status
        error.contents.message = sentence.encode()[:511].decode(errors="ignore").encode()
    return status
