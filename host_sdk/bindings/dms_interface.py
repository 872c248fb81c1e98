"""Made by host_sdk/bindings/generate of host_sdk/include/dms: not to be changed by hand."""
import ctypes as c

DMS_ABSENCES_ID = "dms.absences/1"
DMS_AUDIT_ID = "dms.audit/1"
DMS_CONTACTS_ID = "dms.contacts/1"
DMS_CONTACT_COMPLETION_ID = "dms.contact_completion/1"
DMS_COUNTS_ID = "dms.counts/1"
DMS_CUSTOMERS_ID = "dms.customers/1"
DMS_CUSTOMER_CHANGES_ID = "dms.customer_changes/1"
DMS_DIRECTORY_ID = "dms.directory/1"
DMS_ERASURE_ID = "dms.erasure/1"
DMS_EVENTS_ID = "dms.events/1"
DMS_HANDOVER_ID = "dms.handover/1"
DMS_HEALTH_ID = "dms.health/1"
DMS_IMPORTS_ID = "dms.imports/1"
DMS_JOBS_ID = "dms.jobs/1"
DMS_LOG_ID = "dms.log/1"
DMS_MAIL_ID = "dms.mail/1"
DMS_MENU_ADMINISTRATION = "administration"
DMS_MENU_CUSTOMERS = "customers"
DMS_MENU_EVALUATION = "evaluation"
DMS_MENU_ID = "dms.menu/1"
DMS_MENU_LEADS = "leads"
DMS_NOTIFICATIONS_ID = "dms.notifications/1"
DMS_PLUGIN_ENTRY_SYMBOL = "dms_plugin_get_entry"
DMS_REFERENCES_ID = "dms.references/1"
DMS_RIGHTS_ID = "dms.rights/1"
DMS_SALES_ID = "dms.sales/1"
DMS_SCREENS_ID = "dms.screens/1"
DMS_SECRETS_ID = "dms.secrets/1"
DMS_SETTINGS_ID = "dms.settings/1"
DMS_STORAGE_ID = "dms.storage/1"
DMS_TEXTS_ID = "dms.texts/1"
DMS_ABI_MAJOR = 1
DMS_ABI_MINOR = 0
DMS_CALL_SIZE_1_0 = 136
DMS_CANCELLED = 7
DMS_CONFLICT = 4
DMS_ERROR_SIZE_1_0 = 520
DMS_EVENT_HANDLER_SIZE_1_0 = 40
DMS_FAILED = 10
DMS_FORBIDDEN = 3
DMS_HOST_SIZE_1_0 = 64
DMS_IMPORT_HOOK_SIZE_1_0 = 64
DMS_INVALID = 1
DMS_JOB_SIZE_1_0 = 56
DMS_LOG_DEBUG = 0
DMS_LOG_ERROR = 3
DMS_LOG_INFO = 1
DMS_LOG_WARNING = 2
DMS_MAX_DOCUMENT = 16777216
DMS_MAX_INPUT = 67108864
DMS_MAX_KEY = 400
DMS_MAX_RECORD = 1048576
DMS_MAX_REPORT = 268435456
DMS_MENU_ENTRY_SIZE_1_0 = 72
DMS_NOT_FOUND = 2
DMS_OK = 0
DMS_PLUGIN_ENTRY_SIZE_1_0 = 48
DMS_PLUGIN_SIZE_1_0 = 56
DMS_REFERENCE_GUARD_SIZE_1_0 = 40
DMS_REFUSED = 5
DMS_RIGHT_SIZE_1_0 = 56
DMS_SCREEN_SIZE_1_0 = 64
DMS_TOO_LARGE = 9
DMS_UNAVAILABLE = 6
DMS_UNSUPPORTED = 8
DMS_STATUS_WORDS = ["ok", "invalid", "not_found", "forbidden", "conflict", "refused", "unavailable", "cancelled", "unsupported", "too_large", "failed"]


class Str(c.Structure):
    """dms_str"""


Str._fields_ = [
    ("ptr", c.c_void_p),
    ("len", c.c_uint64),
]


class Error(c.Structure):
    """dms_error"""


Error._fields_ = [
    ("struct_size", c.c_uint32),
    ("code", c.c_int32),
    ("message", c.c_char * 512),
]


class Sink(c.Structure):
    """dms_sink"""


SinkWrite = c.CFUNCTYPE(c.c_int32, c.c_void_p, Str)
Sink._fields_ = [
    ("context", c.c_void_p),
    ("write", SinkWrite),
]


class Stream(c.Structure):
    """dms_stream"""


StreamRead = c.CFUNCTYPE(c.c_int64, c.c_void_p, c.c_void_p, c.c_uint64)
Stream._fields_ = [
    ("context", c.c_void_p),
    ("read", StreamRead),
]


class Call(c.Structure):
    """dms_call"""


CallMay = c.CFUNCTYPE(c.c_int32, c.c_void_p, Str)
CallCancelled = c.CFUNCTYPE(c.c_int32, c.c_void_p)
Call._fields_ = [
    ("struct_size", c.c_uint32),
    ("context", c.c_void_p),
    ("user", Str),
    ("user_name", Str),
    ("locale", Str),
    ("correlation", Str),
    ("channel", Str),
    ("request", Str),
    ("now_us", c.c_int64),
    ("may", CallMay),
    ("cancelled", CallCancelled),
]


class Progress(c.Structure):
    """dms_progress"""


ProgressReport = c.CFUNCTYPE(None, c.c_void_p, c.c_uint64, c.c_uint64)
Progress._fields_ = [
    ("context", c.c_void_p),
    ("report", ProgressReport),
]


class Host(c.Structure):
    """dms_host"""


HostGetService = c.CFUNCTYPE(c.c_void_p, c.POINTER(Host), Str)
Host._fields_ = [
    ("struct_size", c.c_uint32),
    ("abi_major", c.c_uint32),
    ("abi_minor", c.c_uint32),
    ("reserved", c.c_uint32),
    ("context", c.c_void_p),
    ("name", Str),
    ("version", Str),
    ("get_service", HostGetService),
]


class Plugin(c.Structure):
    """dms_plugin"""


PluginInit = c.CFUNCTYPE(c.c_int32, c.POINTER(Plugin), c.POINTER(Host), c.POINTER(Error))
PluginActivate = c.CFUNCTYPE(c.c_int32, c.POINTER(Plugin), c.POINTER(Call), c.POINTER(Progress), c.POINTER(Error))
PluginDeactivate = c.CFUNCTYPE(None, c.POINTER(Plugin))
PluginDestroy = c.CFUNCTYPE(None, c.POINTER(Plugin))
PluginGetExtension = c.CFUNCTYPE(c.c_void_p, c.POINTER(Plugin), Str)
Plugin._fields_ = [
    ("struct_size", c.c_uint32),
    ("reserved", c.c_uint32),
    ("context", c.c_void_p),
    ("init", PluginInit),
    ("activate", PluginActivate),
    ("deactivate", PluginDeactivate),
    ("destroy", PluginDestroy),
    ("get_extension", PluginGetExtension),
]


class PluginEntry(c.Structure):
    """dms_plugin_entry"""


PluginEntryInit = c.CFUNCTYPE(c.c_int32, c.POINTER(Error))
PluginEntryDeinit = c.CFUNCTYPE(None)
PluginEntryDescribe = c.CFUNCTYPE(c.c_int32, c.POINTER(Sink), c.POINTER(Error))
PluginEntryCreate = c.CFUNCTYPE(c.POINTER(Plugin), c.POINTER(Error))
PluginEntry._fields_ = [
    ("struct_size", c.c_uint32),
    ("abi_major", c.c_uint32),
    ("abi_minor", c.c_uint32),
    ("min_host_minor", c.c_uint32),
    ("init", PluginEntryInit),
    ("deinit", PluginEntryDeinit),
    ("describe", PluginEntryDescribe),
    ("create", PluginEntryCreate),
]


class Absences(c.Structure):
    """dms_absences"""


AbsencesGeneration = c.CFUNCTYPE(c.c_int64, c.c_void_p)
AbsencesList = c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, c.POINTER(Sink), c.POINTER(Error))
Absences._fields_ = [
    ("context", c.c_void_p),
    ("generation", AbsencesGeneration),
    ("list", AbsencesList),
]


class Audit(c.Structure):
    """dms_audit"""


AuditWrite = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), Str, Str, Str, c.POINTER(Error))
Audit._fields_ = [
    ("context", c.c_void_p),
    ("write", AuditWrite),
]


class ContactCompletion(c.Structure):
    """dms_contact_completion"""


ContactCompletionComplete = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), Str, Str, Str, c.POINTER(Error))
ContactCompletion._fields_ = [
    ("context", c.c_void_p),
    ("complete", ContactCompletionComplete),
]


class Contacts(c.Structure):
    """dms_contacts"""


ContactsCreate = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), Str, Str, c.POINTER(Sink), c.POINTER(Error))
ContactsList = c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, c.POINTER(Sink), c.POINTER(Error))
ContactsReassign = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), Str, Str, c.POINTER(Error))
ContactsEnd = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), Str, c.POINTER(Error))
Contacts._fields_ = [
    ("context", c.c_void_p),
    ("create", ContactsCreate),
    ("list", ContactsList),
    ("reassign", ContactsReassign),
    ("end", ContactsEnd),
]


class Counts(c.Structure):
    """dms_counts"""


CountsCount = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), c.POINTER(Sink), c.POINTER(Error))
Counts._fields_ = [
    ("context", c.c_void_p),
    ("count", CountsCount),
]


class CustomerChanges(c.Structure):
    """dms_customer_changes"""


CustomerChangesGet = c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, c.POINTER(Sink), c.POINTER(Error))
CustomerChangesChange = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), Str, Str, c.c_int64, Str, c.POINTER(Sink), c.POINTER(Error))
CustomerChangesTakeBack = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), Str, c.c_int64, Str, c.POINTER(Error))
CustomerChanges._fields_ = [
    ("context", c.c_void_p),
    ("get", CustomerChangesGet),
    ("change", CustomerChangesChange),
    ("take_back", CustomerChangesTakeBack),
]


class Customers(c.Structure):
    """dms_customers"""


CustomersFind = c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, c.POINTER(Sink), c.POINTER(Error))
CustomersGet = c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, c.POINTER(Sink), c.POINTER(Error))
CustomersCreate = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), Str, Str, c.POINTER(Sink), c.POINTER(Error))
Customers._fields_ = [
    ("context", c.c_void_p),
    ("find", CustomersFind),
    ("get", CustomersGet),
    ("create", CustomersCreate),
]


class Directory(c.Structure):
    """dms_directory"""


DirectoryGeneration = c.CFUNCTYPE(c.c_int64, c.c_void_p)
DirectoryUsers = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Sink), c.POINTER(Error))
DirectoryLocations = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Sink), c.POINTER(Error))
Directory._fields_ = [
    ("context", c.c_void_p),
    ("generation", DirectoryGeneration),
    ("users", DirectoryUsers),
    ("locations", DirectoryLocations),
]


class Erasure(c.Structure):
    """dms_erasure"""


ErasureForget = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), Str, c.POINTER(Error))
Erasure._fields_ = [
    ("context", c.c_void_p),
    ("forget", ErasureForget),
]


class EventHandler(c.Structure):
    """dms_event_handler"""


EventHandlerHandle = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), Str, c.POINTER(Error))
EventHandler._fields_ = [
    ("struct_size", c.c_uint32),
    ("reserved", c.c_uint32),
    ("context", c.c_void_p),
    ("event", Str),
    ("handle", EventHandlerHandle),
]


class Events(c.Structure):
    """dms_events"""


EventsAdd = c.CFUNCTYPE(c.c_uint64, c.c_void_p, c.POINTER(EventHandler), c.POINTER(Error))
EventsRemove = c.CFUNCTYPE(None, c.c_void_p, c.c_uint64)
Events._fields_ = [
    ("context", c.c_void_p),
    ("add", EventsAdd),
    ("remove", EventsRemove),
]


class Handover(c.Structure):
    """dms_handover"""


HandoverOpen = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), Str, c.POINTER(Sink), c.POINTER(Error))
HandoverHandOver = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), Str, Str, Str, c.POINTER(Sink), c.POINTER(Error))
Handover._fields_ = [
    ("context", c.c_void_p),
    ("open", HandoverOpen),
    ("hand_over", HandoverHandOver),
]


class Health(c.Structure):
    """dms_health"""


HealthCheck = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), c.POINTER(Sink), c.POINTER(Error))
Health._fields_ = [
    ("context", c.c_void_p),
    ("check", HealthCheck),
]


class ImportHook(c.Structure):
    """dms_import_hook"""


ImportHookProbe = c.CFUNCTYPE(c.c_int32, c.c_void_p, Str)
ImportHookRun = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), c.POINTER(Stream), Str, c.POINTER(Progress), c.POINTER(Sink), c.POINTER(Error))
ImportHook._fields_ = [
    ("struct_size", c.c_uint32),
    ("reserved", c.c_uint32),
    ("context", c.c_void_p),
    ("source", Str),
    ("label", Str),
    ("probe", ImportHookProbe),
    ("run", ImportHookRun),
]


class Imports(c.Structure):
    """dms_imports"""


ImportsAdd = c.CFUNCTYPE(c.c_uint64, c.c_void_p, c.POINTER(ImportHook), c.POINTER(Error))
ImportsRemove = c.CFUNCTYPE(None, c.c_void_p, c.c_uint64)
Imports._fields_ = [
    ("context", c.c_void_p),
    ("add", ImportsAdd),
    ("remove", ImportsRemove),
]


class Job(c.Structure):
    """dms_job"""


JobRun = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), c.POINTER(Sink), c.POINTER(Error))
Job._fields_ = [
    ("struct_size", c.c_uint32),
    ("interval_s", c.c_uint32),
    ("context", c.c_void_p),
    ("id", Str),
    ("label", Str),
    ("run", JobRun),
]


class Jobs(c.Structure):
    """dms_jobs"""


JobsAdd = c.CFUNCTYPE(c.c_uint64, c.c_void_p, c.POINTER(Job), c.POINTER(Error))
JobsRemove = c.CFUNCTYPE(None, c.c_void_p, c.c_uint64)
JobsWake = c.CFUNCTYPE(None, c.c_void_p, Str)
Jobs._fields_ = [
    ("context", c.c_void_p),
    ("add", JobsAdd),
    ("remove", JobsRemove),
    ("wake", JobsWake),
]


class Log(c.Structure):
    """dms_log"""


LogWrite = c.CFUNCTYPE(None, c.c_void_p, c.c_int32, Str)
Log._fields_ = [
    ("context", c.c_void_p),
    ("write", LogWrite),
]


class Mail(c.Structure):
    """dms_mail"""


MailSender = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Sink), c.POINTER(Error))
MailSend = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), Str, Str, c.POINTER(Sink), c.POINTER(Error))
MailGet = c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, c.POINTER(Sink), c.POINTER(Error))
MailChanged = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_int64, c.c_uint32, c.POINTER(Sink), c.POINTER(Error))
Mail._fields_ = [
    ("context", c.c_void_p),
    ("sender", MailSender),
    ("send", MailSend),
    ("get", MailGet),
    ("changed", MailChanged),
]


class MenuEntry(c.Structure):
    """dms_menu_entry"""


MenuEntry._fields_ = [
    ("struct_size", c.c_uint32),
    ("order", c.c_int32),
    ("path", Str),
    ("label", Str),
    ("right", Str),
    ("screen", Str),
]


class Menu(c.Structure):
    """dms_menu"""


MenuAdd = c.CFUNCTYPE(c.c_uint64, c.c_void_p, c.POINTER(MenuEntry), c.POINTER(Error))
MenuRemove = c.CFUNCTYPE(None, c.c_void_p, c.c_uint64)
Menu._fields_ = [
    ("context", c.c_void_p),
    ("add", MenuAdd),
    ("remove", MenuRemove),
]


class Notifications(c.Structure):
    """dms_notifications"""


NotificationsNotify = c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, Str, c.POINTER(Error))
NotificationsWithdraw = c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, c.POINTER(Error))
Notifications._fields_ = [
    ("context", c.c_void_p),
    ("notify", NotificationsNotify),
    ("withdraw", NotificationsWithdraw),
]


class ReferenceGuard(c.Structure):
    """dms_reference_guard"""


ReferenceGuardJudge = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), Str, c.POINTER(Sink), c.POINTER(Error))
ReferenceGuard._fields_ = [
    ("struct_size", c.c_uint32),
    ("reserved", c.c_uint32),
    ("context", c.c_void_p),
    ("prefix", Str),
    ("judge", ReferenceGuardJudge),
]


class References(c.Structure):
    """dms_references"""


ReferencesAdd = c.CFUNCTYPE(c.c_uint64, c.c_void_p, c.POINTER(ReferenceGuard), c.POINTER(Error))
ReferencesRemove = c.CFUNCTYPE(None, c.c_void_p, c.c_uint64)
References._fields_ = [
    ("context", c.c_void_p),
    ("add", ReferencesAdd),
    ("remove", ReferencesRemove),
]


class Right(c.Structure):
    """dms_right"""


Right._fields_ = [
    ("struct_size", c.c_uint32),
    ("reserved", c.c_uint32),
    ("id", Str),
    ("label", Str),
    ("default_roles", Str),
]


class Rights(c.Structure):
    """dms_rights"""


RightsAdd = c.CFUNCTYPE(c.c_uint64, c.c_void_p, c.POINTER(Right), c.POINTER(Error))
RightsRemove = c.CFUNCTYPE(None, c.c_void_p, c.c_uint64)
Rights._fields_ = [
    ("context", c.c_void_p),
    ("add", RightsAdd),
    ("remove", RightsRemove),
]


class Sales(c.Structure):
    """dms_sales"""


SalesChanged = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_int64, c.c_uint32, c.POINTER(Sink), c.POINTER(Error))
SalesGet = c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, c.POINTER(Sink), c.POINTER(Error))
Sales._fields_ = [
    ("context", c.c_void_p),
    ("changed", SalesChanged),
    ("get", SalesGet),
]


class Screen(c.Structure):
    """dms_screen"""


ScreenLoad = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), Str, c.POINTER(Sink), c.POINTER(Error))
ScreenAct = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), Str, Str, c.POINTER(Sink), c.POINTER(Error))
Screen._fields_ = [
    ("struct_size", c.c_uint32),
    ("reserved", c.c_uint32),
    ("context", c.c_void_p),
    ("id", Str),
    ("right", Str),
    ("load", ScreenLoad),
    ("act", ScreenAct),
]


class Screens(c.Structure):
    """dms_screens"""


ScreensAdd = c.CFUNCTYPE(c.c_uint64, c.c_void_p, c.POINTER(Screen), c.POINTER(Error))
ScreensRemove = c.CFUNCTYPE(None, c.c_void_p, c.c_uint64)
Screens._fields_ = [
    ("context", c.c_void_p),
    ("add", ScreensAdd),
    ("remove", ScreensRemove),
]


class Secrets(c.Structure):
    """dms_secrets"""


SecretsSet = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Call), Str, Str, c.POINTER(Error))
Secrets._fields_ = [
    ("context", c.c_void_p),
    ("set", SecretsSet),
]


class Settings(c.Structure):
    """dms_settings"""


SettingsGet = c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, c.POINTER(Sink), c.POINTER(Error))
Settings._fields_ = [
    ("context", c.c_void_p),
    ("get", SettingsGet),
]


class Storage(c.Structure):
    """dms_storage"""


StorageDataDirectory = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Sink), c.POINTER(Error))
StorageDatabase = c.CFUNCTYPE(c.c_int32, c.c_void_p, c.POINTER(Sink), c.POINTER(Error))
Storage._fields_ = [
    ("context", c.c_void_p),
    ("data_directory", StorageDataDirectory),
    ("database", StorageDatabase),
]


class Texts(c.Structure):
    """dms_texts"""


TextsTranslate = c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, Str, c.POINTER(Sink))
Texts._fields_ = [
    ("context", c.c_void_p),
    ("translate", TextsTranslate),
]


PluginGetEntryFunction = c.CFUNCTYPE(c.POINTER(PluginEntry))
