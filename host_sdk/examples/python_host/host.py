"""A host in Python: services over plain dictionaries, and the calls into a plugin.

What is real here is the interface; a vendor puts the own master data in the place of the dictionaries.
"""
import ctypes as c
import hashlib
import json
import os
import pathlib
import re
import time

from dms import lend, new_error, say, text_of, bytes_of, word_of
import dms_interface as abi


class Failed(Exception):
    def __init__(self, status, sentence):
        super().__init__(sentence)
        self.status = status


def guarded(function):
    """No Python exception may reach C: ctypes would print it and answer 0, which is dms_ok. Leaves the context out."""
    def called(*arguments):
        error = arguments[-1]
        try:
            function(*arguments[1:-1])
            return 0
        except Failed as reason:
            return say(error, reason.status, str(reason))
        except Exception as fault:  # whatever it is, it is a fault of this host
            return say(error, abi.DMS_FAILED, repr(fault))
    return called


def put(sink, value):
    keep = []
    text = value if isinstance(value, str) else json.dumps(value)
    if status := sink.contents.write(sink.contents.context, lend(text, keep)):
        raise Failed(status, "The receiver takes no more.")


EVENTS = ("user.deactivating", "user.deactivated", "user.activated")  # what this host asks and tells about


class Host:
    """`data` holds users, locations, customers, contacts and settings; `folder` is the plugin's own."""

    def __init__(self, folder, data):
        self.folder, self.data, self.keep = folder, data, []
        self.menu, self.rights, self.screens, self.hooks, self.jobs, self.handlers = {}, {}, {}, {}, {}, {}
        self.handle, self.done, self.bell, self.services, self.generation = 0, {}, {}, {}, 1
        self.offer_records()
        self.offer_registries()
        self.raw = abi.Host(c.sizeof(abi.Host), abi.DMS_ABI_MAJOR, abi.DMS_ABI_MINOR, 0, None,
                            lend("Python host", self.keep), lend("1.0", self.keep), abi.HostGetService(self.find_service))

    # --- services ---
    def find_service(self, _host, id):
        found = self.services.get(text_of(id))
        return c.addressof(found) if found is not None else None

    def offer(self, id, kind, **functions):
        types = dict(kind._fields_[1:])
        made = [types[name](functions[name]) for name in types]
        self.keep += made
        self.services[id] = kind(None, *made)

    def offer_records(self):
        data = self.data
        self.offer(abi.DMS_LOG_ID, abi.Log, write=lambda _context, _level, _line: None)
        self.offer(abi.DMS_STORAGE_ID, abi.Storage, data_directory=guarded(lambda sink: put(sink, self.folder)),
                   database=guarded(lambda sink: None))
        self.offer(abi.DMS_SETTINGS_ID, abi.Settings, get=guarded(self.get_setting))
        self.offer(abi.DMS_DIRECTORY_ID, abi.Directory, generation=lambda _context: self.generation,
                   users=guarded(lambda sink: put(sink, data["users"])),
                   locations=guarded(lambda sink: put(sink, data["locations"])))
        self.offer(abi.DMS_CUSTOMERS_ID, abi.Customers, find=guarded(self.find_customers),
                   get=guarded(self.get_customer), create=guarded(self.create_customer))
        self.offer(abi.DMS_CONTACTS_ID, abi.Contacts, create=guarded(self.create_contact),
                   list=guarded(lambda reference, sink: put(sink, self.contacts_of(reference))),
                   reassign=guarded(lambda _call, reference, user: self.change_contacts(reference, user=text_of(user))),
                   end=guarded(lambda _call, reference: self.change_contacts(reference, done_us=now_us())))
        self.offer(abi.DMS_NOTIFICATIONS_ID, abi.Notifications,
                   notify=guarded(lambda key, text: self.bell.setdefault(text_of(key), json.loads(text_of(text)))),
                   withdraw=guarded(lambda key: self.bell.pop(text_of(key), None)))

    def get_setting(self, key, sink):
        if text_of(key) not in self.data["settings"]:
            raise Failed(abi.DMS_NOT_FOUND, "This setting is not set.")
        put(sink, self.data["settings"][text_of(key)])

    def find_customers(self, query, sink):
        wanted, found = json.loads(text_of(query)), []
        for one in self.data["customers"]:
            name = f'{one.get("first_name", "")} {one.get("last_name", "")}'.strip().lower()
            if (one["id"] in wanted.get("ids", []) or one.get("email", "-") in wanted.get("emails", [])
                    or set(one.get("phones", [])) & set(wanted.get("phones", []))
                    or {car["vin"] for car in one.get("vehicles", [])} & set(wanted.get("vins", []))
                    or wanted.get("name", "-").lower() == name):
                found.append(one)
        put(sink, found[:wanted.get("limit", 20)])

    def get_customer(self, id, sink):
        for one in self.data["customers"]:
            if one["id"] == text_of(id):
                return put(sink, one)
        raise Failed(abi.DMS_NOT_FOUND, "There is no such customer.")

    def create_once(self, key, made, kept):
        """What was made under a key is answered again, and never made twice."""
        if text_of(key) not in self.done:
            kept.append(made)
            self.done[text_of(key)] = made
        return self.done[text_of(key)]

    def create_customer(self, _call, key, document, sink):
        customers = self.data["customers"]
        made = {**json.loads(text_of(document)), "id": str(10000 + len(customers))}
        put(sink, self.create_once(key, made, customers))

    def create_contact(self, _call, key, document, sink):
        contacts = self.data["contacts"]
        made = {"done_us": 0, "result": "", **json.loads(text_of(document)), "id": str(1 + len(contacts))}
        put(sink, self.create_once(key, made, contacts))

    def contacts_of(self, reference):
        return [one for one in self.data["contacts"] if one["reference"] == text_of(reference)]

    def change_contacts(self, reference, **changes):
        for one in self.contacts_of(reference):
            if not one["done_us"]:
                one.update(changes)

    # --- registries: menu entries and rights are copied, of the others the pointer is kept ---
    def offer_registries(self):
        def copied(item):
            values = ((name, getattr(item, name)) for name, _ in item._fields_)
            return {name: text_of(value) if isinstance(value, abi.Str) else value for name, value in values}

        def offer(id, kind, kept, take, named=None, **more):
            """`named`: the member that nothing else in the registry may have the same of."""
            def add(_context, item, error):
                if named and text_of(getattr(item.contents, named)) in (text_of(getattr(one, named)) for one in kept.values()):
                    return say(error, abi.DMS_REFUSED, "This name is taken.") and 0
                self.handle += 1
                kept[self.handle] = take(item.contents)
                return self.handle
            self.offer(id, kind, add=self.known_names(id, add), remove=lambda _context, handle: kept.pop(handle, None) and None,
                       **more)

        def as_it_is(item):
            return item
        offer(abi.DMS_MENU_ID, abi.Menu, self.menu, copied)
        offer(abi.DMS_RIGHTS_ID, abi.Rights, self.rights, copied)
        offer(abi.DMS_SCREENS_ID, abi.Screens, self.screens, as_it_is, "id")
        offer(abi.DMS_IMPORTS_ID, abi.Imports, self.hooks, as_it_is, "source")
        offer(abi.DMS_JOBS_ID, abi.Jobs, self.jobs, as_it_is, "id", wake=lambda _context, _id: None)
        offer(abi.DMS_EVENTS_ID, abi.Events, self.handlers, as_it_is)

    @staticmethod
    def known_names(id, add):
        """A source is named by a-z, 0-9 and _; an event is one of those that this host has."""
        def checked(context, item, error):
            if id == abi.DMS_IMPORTS_ID and not re.fullmatch("[a-z0-9_]{1,64}", text_of(item.contents.source)):
                return say(error, abi.DMS_INVALID, "A source is named by a-z, 0-9 and _.") and 0
            if id == abi.DMS_EVENTS_ID and text_of(item.contents.event) not in EVENTS:
                return say(error, abi.DMS_UNSUPPORTED, "This host does not tell about that.") and 0
            return add(context, item, error)
        return checked

    # --- a change of the own data that a plugin is asked before, and told of ---
    def set_active(self, user, active):
        """The status as a word: a plugin may refuse that somebody goes."""
        data = {"user": user}
        if not active:
            status, _sentence = self.tell("user.deactivating", data)
            if status != "ok":
                return status
        next(one for one in self.data["users"] if one["id"] == user)["active"] = active
        self.generation += 1
        self.tell("user.activated" if active else "user.deactivated", data)
        return "ok"

    def tell(self, event, data):
        """Everybody hears of it; the first answer that is not ok, and why."""
        first = ("ok", "")
        for handler in list(self.handlers.values()):
            if text_of(handler.event) != event:
                continue
            keep, error = [], new_error()
            call, _granted = self.call("admin", channel="event")
            status = handler.handle(handler.context, c.byref(call), lend(json.dumps(data), keep), c.byref(error))
            if status and first[0] == "ok":
                first = word_of(status), error.message.decode()
        return first

    # --- the plugin's life ---
    def start(self, manifest_file):
        """Checks what the manifest says, loads the library and activates the plugin."""
        file = pathlib.Path(manifest_file)
        manifest = json.loads(file.read_text())
        library = file.parent / manifest["library"]["file"]
        if manifest["abi"]["major"] != abi.DMS_ABI_MAJOR:
            raise Failed(abi.DMS_UNSUPPORTED, "The plugin is made for another interface.")
        if hashlib.sha256(library.read_bytes()).hexdigest() != manifest["library"]["sha256"]:
            raise Failed(abi.DMS_REFUSED, "The library is not the one of the manifest.")
        for service in manifest["required"]:
            if service not in self.services:
                raise Failed(abi.DMS_UNSUPPORTED, f"The plugin needs {service}.")
        loaded = c.CDLL(str(library.resolve()), mode=os.RTLD_NOW | os.RTLD_LOCAL)
        self.entry = abi.PluginGetEntryFunction((abi.DMS_PLUGIN_ENTRY_SYMBOL, loaded))().contents
        if self.entry.struct_size < abi.DMS_PLUGIN_ENTRY_SIZE_1_0 or self.entry.abi_major != abi.DMS_ABI_MAJOR:
            raise Failed(abi.DMS_UNSUPPORTED, "The library is made for another interface.")
        self.check(lambda error: self.entry.init(error))
        status, about, sentence = self.written(self.entry.describe)
        if status:
            raise Failed(status, sentence)
        if json.loads(about)["id"] != manifest["id"]:
            raise Failed(abi.DMS_REFUSED, "The library is another plugin than its manifest says.")
        error = new_error()
        self.plugin = self.entry.create(c.byref(error))
        if not self.plugin or self.plugin.contents.struct_size < abi.DMS_PLUGIN_SIZE_1_0:
            raise Failed(abi.DMS_FAILED, error.message.decode() or "The plugin makes too small an instance.")
        call, _granted = self.call("", channel="command_line")
        self.check(lambda error: self.plugin.contents.init(self.plugin, c.byref(self.raw), error))
        self.check(lambda error: self.plugin.contents.activate(self.plugin, c.byref(call), None, error))
        return manifest

    def stop(self):
        self.plugin.contents.deactivate(self.plugin)
        self.plugin.contents.destroy(self.plugin)
        self.entry.deinit()

    def check(self, function):
        error = new_error()
        if status := function(c.byref(error)):
            raise Failed(status, error.message.decode())

    # --- calls into the plugin ---
    def call(self, user, locale="en", channel="web", request=""):
        """The call and the rights of its user; the host itself, which has no name, has every right."""
        keep = []
        person = next((one for one in self.data["users"] if one["id"] == user), None)
        granted = {right["id"] for right in self.rights.values()
                   if person is None or set(right["default_roles"].split()) & set(person["roles"])}
        may = abi.CallMay(lambda _context, right: person is None or text_of(right) in granted)
        cancelled = abi.CallCancelled(lambda _context: 0)
        made = abi.Call(c.sizeof(abi.Call), None, lend(user, keep), lend(person["name"] if person else "", keep),
                    lend(locale, keep), lend("1", keep), lend(channel, keep), lend(request, keep), now_us(), may,
                    cancelled)
        made.kept = keep + [may, cancelled]
        return made, granted

    def written(self, function):
        """Status, what was written to a sink, and the sentence of the error. A piece may end inside a character."""
        pieces, error = [], new_error()
        write = abi.SinkWrite(lambda _context, piece: pieces.append(bytes_of(piece)) or 0)
        status = function(c.byref(abi.Sink(None, write)), c.byref(error))
        return status, b"".join(pieces).decode(), error.message.decode()

    def screen(self, id, granted):
        for one in self.screens.values():
            if text_of(one.id) == id and (not one.right.len or text_of(one.right) in granted):
                return one
        raise Failed(abi.DMS_NOT_FOUND, f"There is no screen {id}.")

    def load(self, user, id, parameters=None, locale="en"):
        call, granted = self.call(user, locale)
        one, keep = self.screen(id, granted), []
        status, text, sentence = self.written(lambda sink, error: one.load(
            one.context, c.byref(call), lend(json.dumps(parameters or {}), keep), sink, error))
        if status:
            raise Failed(status, sentence)
        return json.loads(text)

    def act(self, user, id, action, given, request="", locale="en"):
        """The status as a word, and the result document."""
        call, granted = self.call(user, locale, request=request)
        one, keep = self.screen(id, granted), []
        status, text, sentence = self.written(lambda sink, error: one.act(
            one.context, c.byref(call), lend(action, keep), lend(json.dumps(given), keep), sink, error))
        return word_of(status), json.loads(text) if text else {"message": sentence}

    def take_in(self, source, data, name=""):
        hook = next(one for one in self.hooks.values() if text_of(one.source) == source)
        at, keep = [0], []

        def read(_context, buffer, capacity):
            piece = data[at[0]:at[0] + capacity]
            c.memmove(buffer, piece, len(piece))
            at[0] += len(piece)
            return len(piece)
        stream = abi.Stream(None, abi.StreamRead(read))
        call, _granted = self.call("", channel="folder")
        status, text, sentence = self.written(lambda sink, error: hook.run(
            hook.context, c.byref(call), c.byref(stream), lend(name, keep), None, sink, error))
        if status:
            raise Failed(status, sentence)
        return json.loads(text)

    def run_jobs(self):
        """Each once; a real host does it at their intervals. Returns what failed."""
        failures = []
        for job in list(self.jobs.values()):
            call, _granted = self.call("", channel="job")
            status, _line, sentence = self.written(lambda sink, error: job.run(job.context, c.byref(call), sink, error))
            if status:
                failures.append((text_of(job.id), sentence))
        return failures

    def extension(self, id, kind):
        keep = []
        found = self.plugin.contents.get_extension(self.plugin, lend(id, keep))
        return c.cast(found, c.POINTER(kind)).contents if found else None

    def health(self, locale="en"):
        call, _granted = self.call("", locale)
        offered = self.extension(abi.DMS_HEALTH_ID, abi.Health)
        _status, text, _sentence = self.written(lambda sink, error: offered.check(
            offered.context, c.byref(call), sink, error))
        return json.loads(text)


def now_us():
    return time.time_ns() // 1000
