"""The smallest host once more, in Python over ctypes: proof that only C crosses the boundary.

    smallest_host.py LIBRARY    prints what the plugin says about itself
"""
import ctypes
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent.parent / "bindings"))  # installed: PYTHONPATH=/usr/share/dms/bindings
from dms_interface import DMS_PLUGIN_ENTRY_SYMBOL, Error, PluginGetEntryFunction, Sink, SinkWrite  # noqa: E402


def main(path):
    library = ctypes.CDLL(path, mode=ctypes.RTLD_LOCAL)
    entry = PluginGetEntryFunction((DMS_PLUGIN_ENTRY_SYMBOL, library))().contents
    error = Error(struct_size=ctypes.sizeof(Error))
    written = []

    def write(_context, piece):
        written.append(ctypes.string_at(piece.ptr, piece.len) if piece.len else b"")  # a piece may end inside a character
        return 0

    keep = SinkWrite(write)  # as long as the plugin may call it
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
