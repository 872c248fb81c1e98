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


class Str(c.Structure):
    """dms_str"""
    _fields_ = [
        ("ptr", c.c_void_p),
        ("len", c.c_uint64),
    ]


class Error(c.Structure):
    """dms_error"""
    _fields_ = [
        ("struct_size", c.c_uint32),
        ("code", c.c_int32),
        ("message", c.c_char * 512),
    ]


class Sink(c.Structure):
    """dms_sink"""
    _fields_ = [
        ("context", c.c_void_p),
        ("write", c.CFUNCTYPE(c.c_int32, c.c_void_p, Str)),
    ]


class Stream(c.Structure):
    """dms_stream"""
    _fields_ = [
        ("context", c.c_void_p),
        ("read", c.CFUNCTYPE(c.c_int64, c.c_void_p, c.c_void_p, c.c_uint64)),
    ]


class Call(c.Structure):
    """dms_call"""
    _fields_ = [
        ("struct_size", c.c_uint32),
        ("context", c.c_void_p),
        ("user", Str),
        ("user_name", Str),
        ("locale", Str),
        ("correlation", Str),
        ("channel", Str),
        ("request", Str),
        ("now_us", c.c_int64),
        ("may", c.CFUNCTYPE(c.c_int32, c.c_void_p, Str)),
        ("cancelled", c.CFUNCTYPE(c.c_int32, c.c_void_p)),
    ]


class Progress(c.Structure):
    """dms_progress"""
    _fields_ = [
        ("context", c.c_void_p),
        ("report", c.CFUNCTYPE(None, c.c_void_p, c.c_uint64, c.c_uint64)),
    ]


class Host(c.Structure):
    """dms_host"""
    _fields_ = [
        ("struct_size", c.c_uint32),
        ("abi_major", c.c_uint32),
        ("abi_minor", c.c_uint32),
        ("reserved", c.c_uint32),
        ("context", c.c_void_p),
        ("name", Str),
        ("version", Str),
        ("get_service", c.CFUNCTYPE(c.c_void_p, c.c_void_p, Str)),
    ]


class Plugin(c.Structure):
    """dms_plugin"""
    _fields_ = [
        ("struct_size", c.c_uint32),
        ("reserved", c.c_uint32),
        ("context", c.c_void_p),
        ("init", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, c.c_void_p)),
        ("activate", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, c.c_void_p, c.c_void_p)),
        ("deactivate", c.CFUNCTYPE(None, c.c_void_p)),
        ("destroy", c.CFUNCTYPE(None, c.c_void_p)),
        ("get_extension", c.CFUNCTYPE(c.c_void_p, c.c_void_p, Str)),
    ]


class PluginEntry(c.Structure):
    """dms_plugin_entry"""
    _fields_ = [
        ("struct_size", c.c_uint32),
        ("abi_major", c.c_uint32),
        ("abi_minor", c.c_uint32),
        ("min_host_minor", c.c_uint32),
        ("init", c.CFUNCTYPE(c.c_int32, c.c_void_p)),
        ("deinit", c.CFUNCTYPE(None)),
        ("describe", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p)),
        ("create", c.CFUNCTYPE(c.c_void_p, c.c_void_p)),
    ]


class Absences(c.Structure):
    """dms_absences"""
    _fields_ = [
        ("context", c.c_void_p),
        ("generation", c.CFUNCTYPE(c.c_int64, c.c_void_p)),
        ("list", c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, c.c_void_p, c.c_void_p)),
    ]


class Audit(c.Structure):
    """dms_audit"""
    _fields_ = [
        ("context", c.c_void_p),
        ("write", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, Str, Str, Str, c.c_void_p)),
    ]


class ContactCompletion(c.Structure):
    """dms_contact_completion"""
    _fields_ = [
        ("context", c.c_void_p),
        ("complete", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, Str, Str, Str, c.c_void_p)),
    ]


class Contacts(c.Structure):
    """dms_contacts"""
    _fields_ = [
        ("context", c.c_void_p),
        ("create", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, Str, Str, c.c_void_p, c.c_void_p)),
        ("list", c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, c.c_void_p, c.c_void_p)),
        ("reassign", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, Str, Str, c.c_void_p)),
        ("end", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, Str, c.c_void_p)),
    ]


class Counts(c.Structure):
    """dms_counts"""
    _fields_ = [
        ("context", c.c_void_p),
        ("count", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, c.c_void_p, c.c_void_p)),
    ]


class CustomerChanges(c.Structure):
    """dms_customer_changes"""
    _fields_ = [
        ("context", c.c_void_p),
        ("get", c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, c.c_void_p, c.c_void_p)),
        ("change", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, Str, Str, c.c_int64, Str, c.c_void_p, c.c_void_p)),
        ("take_back", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, Str, c.c_int64, Str, c.c_void_p)),
    ]


class Customers(c.Structure):
    """dms_customers"""
    _fields_ = [
        ("context", c.c_void_p),
        ("find", c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, c.c_void_p, c.c_void_p)),
        ("get", c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, c.c_void_p, c.c_void_p)),
        ("create", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, Str, Str, c.c_void_p, c.c_void_p)),
    ]


class Directory(c.Structure):
    """dms_directory"""
    _fields_ = [
        ("context", c.c_void_p),
        ("generation", c.CFUNCTYPE(c.c_int64, c.c_void_p)),
        ("users", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, c.c_void_p)),
        ("locations", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, c.c_void_p)),
    ]


class Erasure(c.Structure):
    """dms_erasure"""
    _fields_ = [
        ("context", c.c_void_p),
        ("forget", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, Str, c.c_void_p)),
    ]


class EventHandler(c.Structure):
    """dms_event_handler"""
    _fields_ = [
        ("struct_size", c.c_uint32),
        ("reserved", c.c_uint32),
        ("context", c.c_void_p),
        ("event", Str),
        ("handle", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, Str, c.c_void_p)),
    ]


class Events(c.Structure):
    """dms_events"""
    _fields_ = [
        ("context", c.c_void_p),
        ("add", c.CFUNCTYPE(c.c_uint64, c.c_void_p, c.c_void_p, c.c_void_p)),
        ("remove", c.CFUNCTYPE(None, c.c_void_p, c.c_uint64)),
    ]


class Handover(c.Structure):
    """dms_handover"""
    _fields_ = [
        ("context", c.c_void_p),
        ("open", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, Str, c.c_void_p, c.c_void_p)),
        ("hand_over", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, Str, Str, Str, c.c_void_p, c.c_void_p)),
    ]


class Health(c.Structure):
    """dms_health"""
    _fields_ = [
        ("context", c.c_void_p),
        ("check", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, c.c_void_p, c.c_void_p)),
    ]


class ImportHook(c.Structure):
    """dms_import_hook"""
    _fields_ = [
        ("struct_size", c.c_uint32),
        ("reserved", c.c_uint32),
        ("context", c.c_void_p),
        ("source", Str),
        ("label", Str),
        ("probe", c.CFUNCTYPE(c.c_int32, c.c_void_p, Str)),
        ("run", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, c.c_void_p, Str, c.c_void_p, c.c_void_p, c.c_void_p)),
    ]


class Imports(c.Structure):
    """dms_imports"""
    _fields_ = [
        ("context", c.c_void_p),
        ("add", c.CFUNCTYPE(c.c_uint64, c.c_void_p, c.c_void_p, c.c_void_p)),
        ("remove", c.CFUNCTYPE(None, c.c_void_p, c.c_uint64)),
    ]


class Job(c.Structure):
    """dms_job"""
    _fields_ = [
        ("struct_size", c.c_uint32),
        ("interval_s", c.c_uint32),
        ("context", c.c_void_p),
        ("id", Str),
        ("label", Str),
        ("run", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, c.c_void_p, c.c_void_p)),
    ]


class Jobs(c.Structure):
    """dms_jobs"""
    _fields_ = [
        ("context", c.c_void_p),
        ("add", c.CFUNCTYPE(c.c_uint64, c.c_void_p, c.c_void_p, c.c_void_p)),
        ("remove", c.CFUNCTYPE(None, c.c_void_p, c.c_uint64)),
        ("wake", c.CFUNCTYPE(None, c.c_void_p, Str)),
    ]


class Log(c.Structure):
    """dms_log"""
    _fields_ = [
        ("context", c.c_void_p),
        ("write", c.CFUNCTYPE(None, c.c_void_p, c.c_int32, Str)),
    ]


class Mail(c.Structure):
    """dms_mail"""
    _fields_ = [
        ("context", c.c_void_p),
        ("sender", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, c.c_void_p)),
        ("send", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, Str, Str, c.c_void_p, c.c_void_p)),
        ("get", c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, c.c_void_p, c.c_void_p)),
        ("changed", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_int64, c.c_uint32, c.c_void_p, c.c_void_p)),
    ]


class MenuEntry(c.Structure):
    """dms_menu_entry"""
    _fields_ = [
        ("struct_size", c.c_uint32),
        ("order", c.c_int32),
        ("path", Str),
        ("label", Str),
        ("right", Str),
        ("screen", Str),
    ]


class Menu(c.Structure):
    """dms_menu"""
    _fields_ = [
        ("context", c.c_void_p),
        ("add", c.CFUNCTYPE(c.c_uint64, c.c_void_p, c.c_void_p, c.c_void_p)),
        ("remove", c.CFUNCTYPE(None, c.c_void_p, c.c_uint64)),
    ]


class Notifications(c.Structure):
    """dms_notifications"""
    _fields_ = [
        ("context", c.c_void_p),
        ("notify", c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, Str, c.c_void_p)),
        ("withdraw", c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, c.c_void_p)),
    ]


class ReferenceGuard(c.Structure):
    """dms_reference_guard"""
    _fields_ = [
        ("struct_size", c.c_uint32),
        ("reserved", c.c_uint32),
        ("context", c.c_void_p),
        ("prefix", Str),
        ("judge", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, Str, c.c_void_p, c.c_void_p)),
    ]


class References(c.Structure):
    """dms_references"""
    _fields_ = [
        ("context", c.c_void_p),
        ("add", c.CFUNCTYPE(c.c_uint64, c.c_void_p, c.c_void_p, c.c_void_p)),
        ("remove", c.CFUNCTYPE(None, c.c_void_p, c.c_uint64)),
    ]


class Right(c.Structure):
    """dms_right"""
    _fields_ = [
        ("struct_size", c.c_uint32),
        ("reserved", c.c_uint32),
        ("id", Str),
        ("label", Str),
        ("default_roles", Str),
    ]


class Rights(c.Structure):
    """dms_rights"""
    _fields_ = [
        ("context", c.c_void_p),
        ("add", c.CFUNCTYPE(c.c_uint64, c.c_void_p, c.c_void_p, c.c_void_p)),
        ("remove", c.CFUNCTYPE(None, c.c_void_p, c.c_uint64)),
    ]


class Sales(c.Structure):
    """dms_sales"""
    _fields_ = [
        ("context", c.c_void_p),
        ("changed", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_int64, c.c_uint32, c.c_void_p, c.c_void_p)),
        ("get", c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, c.c_void_p, c.c_void_p)),
    ]


class Screen(c.Structure):
    """dms_screen"""
    _fields_ = [
        ("struct_size", c.c_uint32),
        ("reserved", c.c_uint32),
        ("context", c.c_void_p),
        ("id", Str),
        ("right", Str),
        ("load", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, Str, c.c_void_p, c.c_void_p)),
        ("act", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, Str, Str, c.c_void_p, c.c_void_p)),
    ]


class Screens(c.Structure):
    """dms_screens"""
    _fields_ = [
        ("context", c.c_void_p),
        ("add", c.CFUNCTYPE(c.c_uint64, c.c_void_p, c.c_void_p, c.c_void_p)),
        ("remove", c.CFUNCTYPE(None, c.c_void_p, c.c_uint64)),
    ]


class Secrets(c.Structure):
    """dms_secrets"""
    _fields_ = [
        ("context", c.c_void_p),
        ("set", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, Str, Str, c.c_void_p)),
    ]


class Settings(c.Structure):
    """dms_settings"""
    _fields_ = [
        ("context", c.c_void_p),
        ("get", c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, c.c_void_p, c.c_void_p)),
    ]


class Storage(c.Structure):
    """dms_storage"""
    _fields_ = [
        ("context", c.c_void_p),
        ("data_directory", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, c.c_void_p)),
        ("database", c.CFUNCTYPE(c.c_int32, c.c_void_p, c.c_void_p, c.c_void_p)),
    ]


class Texts(c.Structure):
    """dms_texts"""
    _fields_ = [
        ("context", c.c_void_p),
        ("translate", c.CFUNCTYPE(c.c_int32, c.c_void_p, Str, Str, c.c_void_p)),
    ]
