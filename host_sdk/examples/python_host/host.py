"""A host in Python: services over plain dictionaries, and the calls into a plugin.

What is real here is the interface; a vendor puts the own master data in the place of the dictionaries.
"""
import ctypes as c
import hashlib
import json
import os
import pathlib
import time

import dms
from dms import Call, Error, Sink, Str, lend


class Failed(Exception):
    def __init__(self, status, sentence):
        super().__init__(sentence)
        self.status = status


def status_of(word):
    return dms.STATUS.index(word)


def guarded(function):
    """No Python exception may reach C: ctypes would print it and answer 0, which is dms_ok. Leaves the context out."""
    def called(*arguments):
        error = arguments[-1]
        try:
            function(*arguments[1:-1])
            return 0
        except Failed as reason:
            status, text = reason.status, str(reason)
        except Exception as fault:  # whatever it is, it is a fault of this host
            status, text = dms.FAILED, repr(fault)
        if error and error.contents.struct_size >= dms.ERROR_SIZE_1_0:
            error.contents.code = status
            error.contents.message = text.encode()[:511]
        return status
    return called


def put(sink, value):
    keep = []
    text = value if isinstance(value, str) else json.dumps(value)
    if status := sink.contents.write(sink.contents.context, lend(text, keep)):
        raise Failed(status, "The receiver takes no more.")


class Host:
    """`data` holds users, locations, customers, contacts and settings; `folder` is the plugin's own."""

    def __init__(self, folder, data):
        self.folder, self.data, self.keep = folder, data, []
        self.menu, self.rights, self.screens, self.hooks, self.jobs, self.handlers = {}, {}, {}, {}, {}, {}
        self.handle, self.done, self.bell, self.services = 0, {}, {}, {}
        self.offer_records()
        self.offer_registries()
        self.raw = dms.Host(c.sizeof(dms.Host), 1, 0, 0, None, lend("Python host", self.keep), lend("1.0", self.keep),
                            dms.GET_SERVICE(self.find_service))

    # --- services ---
    def find_service(self, _host, id):
        found = self.services.get(id.text())
        return c.addressof(found) if found is not None else None

    def offer(self, id, kind, **functions):
        types = dict(kind._fields_[1:])
        made = [types[name](functions[name]) for name in types]
        self.keep += made
        self.services[id] = kind(None, *made)

    def offer_records(self):
        data = self.data
        self.offer("dms.log/1", dms.Log, write=lambda _context, _level, _line: None)
        self.offer("dms.storage/1", dms.Storage, data_directory=guarded(lambda sink: put(sink, self.folder)),
                   database=guarded(lambda sink: None))
        self.offer("dms.settings/1", dms.Settings, get=guarded(self.get_setting))
        self.offer("dms.directory/1", dms.Directory, generation=lambda _context: 1,
                   users=guarded(lambda sink: put(sink, data["users"])),
                   locations=guarded(lambda sink: put(sink, data["locations"])))
        self.offer("dms.customers/1", dms.Customers, find=guarded(self.find_customers),
                   get=guarded(self.get_customer), create=guarded(self.create_customer))
        self.offer("dms.contacts/1", dms.Contacts, create=guarded(self.create_contact),
                   list=guarded(lambda reference, sink: put(sink, self.contacts_of(reference))),
                   reassign=guarded(lambda _call, reference, user: self.change_contacts(reference, user=user.text())),
                   end=guarded(lambda _call, reference: self.change_contacts(reference, done_us=now_us())))
        self.offer("dms.notifications/1", dms.Notifications,
                   notify=guarded(lambda key, text: self.bell.setdefault(key.text(), json.loads(text.text()))),
                   withdraw=guarded(lambda key: self.bell.pop(key.text(), None)))

    def get_setting(self, key, sink):
        if key.text() not in self.data["settings"]:
            raise Failed(status_of("not_found"), "This setting is not set.")
        put(sink, self.data["settings"][key.text()])

    def find_customers(self, query, sink):
        wanted, found = json.loads(query.text()), []
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
            if one["id"] == id.text():
                return put(sink, one)
        raise Failed(status_of("not_found"), "There is no such customer.")

    def create_once(self, key, made, kept):
        """What was made under a key is answered again, and never made twice."""
        if key.text() not in self.done:
            kept.append(made)
            self.done[key.text()] = made
        return self.done[key.text()]

    def create_customer(self, _call, key, document, sink):
        customers = self.data["customers"]
        made = {**json.loads(document.text()), "id": str(10000 + len(customers))}
        put(sink, self.create_once(key, made, customers))

    def create_contact(self, _call, key, document, sink):
        contacts = self.data["contacts"]
        made = {"done_us": 0, "result": "", **json.loads(document.text()), "id": str(1 + len(contacts))}
        put(sink, self.create_once(key, made, contacts))

    def contacts_of(self, reference):
        return [one for one in self.data["contacts"] if one["reference"] == reference.text()]

    def change_contacts(self, reference, **changes):
        for one in self.contacts_of(reference):
            if not one["done_us"]:
                one.update(changes)

    # --- registries: menu entries and rights are copied, of the others the pointer is kept ---
    def offer_registries(self):
        def copied(item):
            values = ((name, getattr(item, name)) for name, _ in item._fields_)
            return {name: value.text() if isinstance(value, Str) else value for name, value in values}

        def offer(id, kind, kept, take, **more):
            def add(_context, item, _error):
                self.handle += 1
                kept[self.handle] = take(item.contents)
                return self.handle
            self.offer(id, kind, add=add, remove=lambda _context, handle: kept.pop(handle, None) and None, **more)

        def as_it_is(item):
            return item
        offer("dms.menu/1", dms.Menu, self.menu, copied)
        offer("dms.rights/1", dms.Rights, self.rights, copied)
        offer("dms.screens/1", dms.Screens, self.screens, as_it_is)
        offer("dms.imports/1", dms.Imports, self.hooks, as_it_is)
        offer("dms.jobs/1", dms.Jobs, self.jobs, as_it_is, wake=lambda _context, _id: None)
        offer("dms.events/1", dms.Events, self.handlers, as_it_is)

    # --- the plugin's life ---
    def start(self, manifest_file):
        """Checks what the manifest says, loads the library and activates the plugin."""
        file = pathlib.Path(manifest_file)
        manifest = json.loads(file.read_text())
        library = file.parent / manifest["library"]["file"]
        if manifest["abi"]["major"] != 1:
            raise Failed(status_of("unsupported"), "The plugin is made for another interface.")
        if hashlib.sha256(library.read_bytes()).hexdigest() != manifest["library"]["sha256"]:
            raise Failed(status_of("refused"), "The library is not the one of the manifest.")
        for service in manifest["required"]:
            if service not in self.services:
                raise Failed(status_of("unsupported"), f"The plugin needs {service}.")
        loaded = c.CDLL(str(library.resolve()), mode=os.RTLD_NOW | os.RTLD_LOCAL)
        loaded.dms_plugin_get_entry.restype = c.POINTER(dms.Entry)
        self.entry = loaded.dms_plugin_get_entry().contents
        if self.entry.struct_size < dms.ENTRY_SIZE_1_0 or self.entry.abi_major != 1:
            raise Failed(status_of("unsupported"), "The library is made for another interface.")
        self.check(lambda error: self.entry.init(error))
        error = Error(struct_size=c.sizeof(Error))
        self.plugin = self.entry.create(c.byref(error))
        if not self.plugin or self.plugin.contents.struct_size < dms.PLUGIN_SIZE_1_0:
            raise Failed(dms.FAILED, error.message.decode() or "The plugin makes too small an instance.")
        call, _granted = self.call("", channel="command_line")
        self.check(lambda error: self.plugin.contents.init(self.plugin, c.byref(self.raw), error))
        self.check(lambda error: self.plugin.contents.activate(self.plugin, c.byref(call), None, error))
        return manifest

    def stop(self):
        self.plugin.contents.deactivate(self.plugin)
        self.plugin.contents.destroy(self.plugin)
        self.entry.deinit()

    def check(self, function):
        error = Error(struct_size=c.sizeof(Error))
        if status := function(c.byref(error)):
            raise Failed(status, error.message.decode())

    # --- calls into the plugin ---
    def call(self, user, locale="en", channel="web", request=""):
        """The call and the rights of its user; the host itself, which has no name, has every right."""
        keep = []
        person = next((one for one in self.data["users"] if one["id"] == user), None)
        granted = {right["id"] for right in self.rights.values()
                   if person is None or set(right["default_roles"].split()) & set(person["roles"])}
        may = dms.MAY(lambda _context, right: person is None or right.text() in granted)
        cancelled = dms.CANCELLED(lambda _context: 0)
        made = Call(c.sizeof(Call), None, lend(user, keep), lend(person["name"] if person else "", keep),
                    lend(locale, keep), lend("1", keep), lend(channel, keep), lend(request, keep), now_us(), may,
                    cancelled)
        made.kept = keep + [may, cancelled]
        return made, granted

    def written(self, function):
        """Status, what was written to a sink, and the sentence of the error. A piece may end inside a character."""
        pieces, error = [], Error(struct_size=c.sizeof(Error))
        write = dms.WRITE(lambda _context, piece: pieces.append(piece.bytes()) or 0)
        status = function(c.byref(Sink(None, write)), c.byref(error))
        return status, b"".join(pieces).decode(), error.message.decode()

    def screen(self, id, granted):
        for one in self.screens.values():
            if one.id.text() == id and (not one.right.len or one.right.text() in granted):
                return one
        raise Failed(status_of("not_found"), f"There is no screen {id}.")

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
        return dms.STATUS[status], json.loads(text) if text else {"message": sentence}

    def take_in(self, source, data, name=""):
        hook = next(one for one in self.hooks.values() if one.source.text() == source)
        at, keep = [0], []

        def read(_context, buffer, capacity):
            piece = data[at[0]:at[0] + capacity]
            c.memmove(buffer, piece, len(piece))
            at[0] += len(piece)
            return len(piece)
        stream = dms.Stream(None, dms.READ(read))
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
                failures.append((job.id.text(), sentence))
        return failures

    def extension(self, id, kind):
        keep = []
        found = self.plugin.contents.get_extension(self.plugin, lend(id, keep))
        return c.cast(found, c.POINTER(kind)).contents if found else None

    def health(self, locale="en"):
        call, _granted = self.call("", locale)
        offered = self.extension("dms.health/1", dms.Health)
        _status, text, _sentence = self.written(lambda sink, error: offered.check(
            offered.context, c.byref(call), sink, error))
        return json.loads(text)


def now_us():
    return time.time_ns() // 1000
