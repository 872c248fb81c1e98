"""The smallest host once more, in Python over ctypes: proof that only C crosses the boundary.

    smallest_host.py LIBRARY    prints what the plugin says about itself
"""
import ctypes
import sys


class Str(ctypes.Structure):
    _fields_ = [("ptr", ctypes.c_void_p), ("len", ctypes.c_uint64)]

    def bytes(self):
        return ctypes.string_at(self.ptr, self.len) if self.len else b""


class Error(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("code", ctypes.c_int32), ("message", ctypes.c_char * 512)]


WRITE = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, Str)


class Sink(ctypes.Structure):
    _fields_ = [("context", ctypes.c_void_p), ("write", WRITE)]


class Entry(ctypes.Structure):
    _fields_ = [
        ("struct_size", ctypes.c_uint32),
        ("abi_major", ctypes.c_uint32),
        ("abi_minor", ctypes.c_uint32),
        ("min_host_minor", ctypes.c_uint32),
        ("init", ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.POINTER(Error))),
        ("deinit", ctypes.CFUNCTYPE(None)),
        ("describe", ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.POINTER(Sink), ctypes.POINTER(Error))),
        ("create", ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.POINTER(Error))),
    ]


def main(path):
    library = ctypes.CDLL(path, mode=ctypes.RTLD_LOCAL)
    library.dms_plugin_get_entry.restype = ctypes.POINTER(Entry)
    entry = library.dms_plugin_get_entry().contents
    error = Error(struct_size=ctypes.sizeof(Error))
    written = []

    def write(_context, piece):
        written.append(piece.bytes())  # a piece may end inside a character
        return 0

    keep = WRITE(write)  # as long as the plugin may call it
    if entry.init(ctypes.byref(error)) != 0:
        print(error.message.decode(), file=sys.stderr)
        return 1
    status = entry.describe(ctypes.byref(Sink(None, keep)), ctypes.byref(error))
    if status == 0:
        print(f"interface {entry.abi_major}.{entry.abi_minor}:", b"".join(written).decode())
    else:
        print(error.message.decode(), file=sys.stderr)
    entry.deinit()
    return 0 if status == 0 else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print(__doc__.strip(), file=sys.stderr)
        sys.exit(2)
    sys.exit(main(sys.argv[1]))
