"""The C interface (host_sdk/include/dms) as ctypes sees it: structs and function types, nothing else."""
import ctypes as c

POINTER, UINT32, INT32, UINT64, INT64 = c.c_void_p, c.c_uint32, c.c_int32, c.c_uint64, c.c_int64
STATUS = ("ok invalid not_found forbidden conflict refused unavailable cancelled unsupported too_large failed").split()
FAILED = STATUS.index("failed")


class Str(c.Structure):
    """Borrowed UTF-8 text; a struct that is passed by value."""
    _fields_ = [("ptr", POINTER), ("len", UINT64)]

    def bytes(self):
        return c.string_at(self.ptr, self.len) if self.len else b""

    def text(self):
        return self.bytes().decode()


def lend(text, keep):
    """A Str whose bytes live as long as the list `keep` does."""
    data = text.encode() if isinstance(text, str) else text
    buffer = c.create_string_buffer(data, len(data) or 1)
    keep.append(buffer)
    return Str(c.cast(buffer, POINTER), len(data))


class Error(c.Structure):
    _fields_ = [("struct_size", UINT32), ("code", INT32), ("message", c.c_char * 512)]


WRITE = c.CFUNCTYPE(INT32, POINTER, Str)
READ = c.CFUNCTYPE(INT64, POINTER, POINTER, UINT64)
MAY = c.CFUNCTYPE(INT32, POINTER, Str)
CANCELLED = c.CFUNCTYPE(INT32, POINTER)
REPORT = c.CFUNCTYPE(None, POINTER, UINT64, UINT64)


class Sink(c.Structure):
    _fields_ = [("context", POINTER), ("write", WRITE)]


class Stream(c.Structure):
    _fields_ = [("context", POINTER), ("read", READ)]


class Progress(c.Structure):
    _fields_ = [("context", POINTER), ("report", REPORT)]


class Call(c.Structure):
    _fields_ = [("struct_size", UINT32), ("context", POINTER), ("user", Str), ("user_name", Str), ("locale", Str),
                ("correlation", Str), ("channel", Str), ("request", Str), ("now_us", INT64), ("may", MAY),
                ("cancelled", CANCELLED)]


CALL, SINK, ERROR = c.POINTER(Call), c.POINTER(Sink), c.POINTER(Error)


class Host(c.Structure):
    pass


GET_SERVICE = c.CFUNCTYPE(POINTER, c.POINTER(Host), Str)
Host._fields_ = [("struct_size", UINT32), ("abi_major", UINT32), ("abi_minor", UINT32), ("reserved", UINT32),
                 ("context", POINTER), ("name", Str), ("version", Str), ("get_service", GET_SERVICE)]


class Plugin(c.Structure):
    pass


PLUGIN = c.POINTER(Plugin)
Plugin._fields_ = [("struct_size", UINT32), ("reserved", UINT32), ("context", POINTER),
                   ("init", c.CFUNCTYPE(INT32, PLUGIN, c.POINTER(Host), ERROR)),
                   ("activate", c.CFUNCTYPE(INT32, PLUGIN, CALL, c.POINTER(Progress), ERROR)),
                   ("deactivate", c.CFUNCTYPE(None, PLUGIN)), ("destroy", c.CFUNCTYPE(None, PLUGIN)),
                   ("get_extension", c.CFUNCTYPE(POINTER, PLUGIN, Str))]


class Entry(c.Structure):
    _fields_ = [("struct_size", UINT32), ("abi_major", UINT32), ("abi_minor", UINT32), ("min_host_minor", UINT32),
                ("init", c.CFUNCTYPE(INT32, ERROR)), ("deinit", c.CFUNCTYPE(None)),
                ("describe", c.CFUNCTYPE(INT32, SINK, ERROR)), ("create", c.CFUNCTYPE(PLUGIN, ERROR))]


# Sizes of interface 1.0: whoever checks a struct of the other side compares with these, never with its own.
ENTRY_SIZE_1_0, PLUGIN_SIZE_1_0, ERROR_SIZE_1_0 = 48, 56, 520


def table(name, **functions):
    """A service or an extension: its context, then its functions."""
    return type(name, (c.Structure,), {"_fields_": [("context", POINTER)] + list(functions.items())})


F = c.CFUNCTYPE
Log = table("Log", write=F(None, POINTER, INT32, Str))
Settings = table("Settings", get=F(INT32, POINTER, Str, SINK, ERROR))
Storage = table("Storage", data_directory=F(INT32, POINTER, SINK, ERROR), database=F(INT32, POINTER, SINK, ERROR))
Directory = table("Directory", generation=F(INT64, POINTER), users=F(INT32, POINTER, SINK, ERROR),
                  locations=F(INT32, POINTER, SINK, ERROR))
Customers = table("Customers", find=F(INT32, POINTER, Str, SINK, ERROR), get=F(INT32, POINTER, Str, SINK, ERROR),
                  create=F(INT32, POINTER, CALL, Str, Str, SINK, ERROR))
Contacts = table("Contacts", create=F(INT32, POINTER, CALL, Str, Str, SINK, ERROR),
                 list=F(INT32, POINTER, Str, SINK, ERROR), reassign=F(INT32, POINTER, CALL, Str, Str, ERROR),
                 end=F(INT32, POINTER, CALL, Str, ERROR))
Notifications = table("Notifications", notify=F(INT32, POINTER, Str, Str, ERROR), withdraw=F(INT32, POINTER, Str, ERROR))
Texts = table("Texts", translate=F(INT32, POINTER, Str, Str, SINK))
Health = table("Health", check=F(INT32, POINTER, CALL, SINK, ERROR))


class MenuEntry(c.Structure):
    _fields_ = [("struct_size", UINT32), ("order", INT32), ("path", Str), ("label", Str), ("right", Str),
                ("screen", Str)]


class Right(c.Structure):
    _fields_ = [("struct_size", UINT32), ("reserved", UINT32), ("id", Str), ("label", Str), ("default_roles", Str)]


class Screen(c.Structure):
    _fields_ = [("struct_size", UINT32), ("reserved", UINT32), ("context", POINTER), ("id", Str), ("right", Str),
                ("load", F(INT32, POINTER, CALL, Str, SINK, ERROR)),
                ("act", F(INT32, POINTER, CALL, Str, Str, SINK, ERROR))]


class ImportHook(c.Structure):
    _fields_ = [("struct_size", UINT32), ("reserved", UINT32), ("context", POINTER), ("source", Str), ("label", Str),
                ("probe", F(INT32, POINTER, Str)),
                ("run", F(INT32, POINTER, CALL, c.POINTER(Stream), Str, c.POINTER(Progress), SINK, ERROR))]


class Job(c.Structure):
    _fields_ = [("struct_size", UINT32), ("interval_s", UINT32), ("context", POINTER), ("id", Str), ("label", Str),
                ("run", F(INT32, POINTER, CALL, SINK, ERROR))]


class EventHandler(c.Structure):
    _fields_ = [("struct_size", UINT32), ("reserved", UINT32), ("context", POINTER), ("event", Str),
                ("handle", F(INT32, POINTER, CALL, Str, ERROR))]


def registry(name, item, **more):
    return table(name, add=F(UINT64, POINTER, c.POINTER(item), ERROR), remove=F(None, POINTER, UINT64), **more)


Menu = registry("Menu", MenuEntry)
Rights = registry("Rights", Right)
Screens = registry("Screens", Screen)
Imports = registry("Imports", ImportHook)
Jobs = registry("Jobs", Job, wake=F(None, POINTER, Str))
Events = registry("Events", EventHandler)
