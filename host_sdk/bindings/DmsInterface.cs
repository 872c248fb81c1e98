// Made by host_sdk/bindings/generate of host_sdk/include/dms: not to be changed by hand.
using System;
using System.Runtime.InteropServices;

// The C interface as .NET sees it. Functions of a struct are IntPtr: of the delegate beside it.
public static class DmsInterface {
  public const string DMS_ABSENCES_ID = "dms.absences/1";
  public const string DMS_AUDIT_ID = "dms.audit/1";
  public const string DMS_CONTACTS_ID = "dms.contacts/1";
  public const string DMS_CONTACT_COMPLETION_ID = "dms.contact_completion/1";
  public const string DMS_COUNTS_ID = "dms.counts/1";
  public const string DMS_CUSTOMERS_ID = "dms.customers/1";
  public const string DMS_CUSTOMER_CHANGES_ID = "dms.customer_changes/1";
  public const string DMS_DIRECTORY_ID = "dms.directory/1";
  public const string DMS_ERASURE_ID = "dms.erasure/1";
  public const string DMS_EVENTS_ID = "dms.events/1";
  public const string DMS_HANDOVER_ID = "dms.handover/1";
  public const string DMS_HEALTH_ID = "dms.health/1";
  public const string DMS_IMPORTS_ID = "dms.imports/1";
  public const string DMS_JOBS_ID = "dms.jobs/1";
  public const string DMS_LOG_ID = "dms.log/1";
  public const string DMS_MAIL_ID = "dms.mail/1";
  public const string DMS_MENU_ADMINISTRATION = "administration";
  public const string DMS_MENU_CUSTOMERS = "customers";
  public const string DMS_MENU_EVALUATION = "evaluation";
  public const string DMS_MENU_ID = "dms.menu/1";
  public const string DMS_MENU_LEADS = "leads";
  public const string DMS_NOTIFICATIONS_ID = "dms.notifications/1";
  public const string DMS_PLUGIN_ENTRY_SYMBOL = "dms_plugin_get_entry";
  public const string DMS_REFERENCES_ID = "dms.references/1";
  public const string DMS_RIGHTS_ID = "dms.rights/1";
  public const string DMS_SALES_ID = "dms.sales/1";
  public const string DMS_SCREENS_ID = "dms.screens/1";
  public const string DMS_SECRETS_ID = "dms.secrets/1";
  public const string DMS_SETTINGS_ID = "dms.settings/1";
  public const string DMS_STORAGE_ID = "dms.storage/1";
  public const string DMS_TEXTS_ID = "dms.texts/1";
  public const int DMS_ABI_MAJOR = 1;
  public const int DMS_ABI_MINOR = 0;
  public const int DMS_CALL_SIZE_1_0 = 136;
  public const int DMS_CANCELLED = 7;
  public const int DMS_CONFLICT = 4;
  public const int DMS_ERROR_SIZE_1_0 = 520;
  public const int DMS_EVENT_HANDLER_SIZE_1_0 = 40;
  public const int DMS_FAILED = 10;
  public const int DMS_FORBIDDEN = 3;
  public const int DMS_HOST_SIZE_1_0 = 64;
  public const int DMS_IMPORT_HOOK_SIZE_1_0 = 64;
  public const int DMS_INVALID = 1;
  public const int DMS_JOB_SIZE_1_0 = 56;
  public const int DMS_LOG_DEBUG = 0;
  public const int DMS_LOG_ERROR = 3;
  public const int DMS_LOG_INFO = 1;
  public const int DMS_LOG_WARNING = 2;
  public const int DMS_MAX_DOCUMENT = 16777216;
  public const int DMS_MAX_INPUT = 67108864;
  public const int DMS_MAX_KEY = 400;
  public const int DMS_MAX_RECORD = 1048576;
  public const int DMS_MAX_REPORT = 268435456;
  public const int DMS_MENU_ENTRY_SIZE_1_0 = 72;
  public const int DMS_NOT_FOUND = 2;
  public const int DMS_OK = 0;
  public const int DMS_PLUGIN_ENTRY_SIZE_1_0 = 48;
  public const int DMS_PLUGIN_SIZE_1_0 = 56;
  public const int DMS_REFERENCE_GUARD_SIZE_1_0 = 40;
  public const int DMS_REFUSED = 5;
  public const int DMS_RIGHT_SIZE_1_0 = 56;
  public const int DMS_SCREEN_SIZE_1_0 = 64;
  public const int DMS_TOO_LARGE = 9;
  public const int DMS_UNAVAILABLE = 6;
  public const int DMS_UNSUPPORTED = 8;
  public static readonly string[] DMS_STATUS_WORDS = {"ok", "invalid", "not_found", "forbidden", "conflict", "refused", "unavailable", "cancelled", "unsupported", "too_large", "failed"};

  // dms_str
  [StructLayout(LayoutKind.Sequential)]
  public struct Str {
    public IntPtr ptr;
    public ulong len;
  }

  // dms_error
  [StructLayout(LayoutKind.Sequential)]
  public struct Error {
    public uint struct_size;
    public int code;
    [MarshalAs(UnmanagedType.ByValArray, SizeConst = 512)] public byte[] message;
  }

  // dms_sink
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int SinkWrite(IntPtr p0, Str p1);
  [StructLayout(LayoutKind.Sequential)]
  public struct Sink {
    public IntPtr context;
    public IntPtr write;
  }

  // dms_stream
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate long StreamRead(IntPtr p0, IntPtr p1, ulong p2);
  [StructLayout(LayoutKind.Sequential)]
  public struct Stream {
    public IntPtr context;
    public IntPtr read;
  }

  // dms_call
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int CallMay(IntPtr p0, Str p1);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int CallCancelled(IntPtr p0);
  [StructLayout(LayoutKind.Sequential)]
  public struct Call {
    public uint struct_size;
    public IntPtr context;
    public Str user;
    public Str user_name;
    public Str locale;
    public Str correlation;
    public Str channel;
    public Str request;
    public long now_us;
    public IntPtr may;
    public IntPtr cancelled;
  }

  // dms_progress
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate void ProgressReport(IntPtr p0, ulong p1, ulong p2);
  [StructLayout(LayoutKind.Sequential)]
  public struct Progress {
    public IntPtr context;
    public IntPtr report;
  }

  // dms_host
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate IntPtr HostGetService(IntPtr p0, Str p1);
  [StructLayout(LayoutKind.Sequential)]
  public struct Host {
    public uint struct_size;
    public uint abi_major;
    public uint abi_minor;
    public uint reserved;
    public IntPtr context;
    public Str name;
    public Str version;
    public IntPtr get_service;
  }

  // dms_plugin
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int PluginInit(IntPtr p0, IntPtr p1, IntPtr p2);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int PluginActivate(IntPtr p0, IntPtr p1, IntPtr p2, IntPtr p3);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate void PluginDeactivate(IntPtr p0);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate void PluginDestroy(IntPtr p0);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate IntPtr PluginGetExtension(IntPtr p0, Str p1);
  [StructLayout(LayoutKind.Sequential)]
  public struct Plugin {
    public uint struct_size;
    public uint reserved;
    public IntPtr context;
    public IntPtr init;
    public IntPtr activate;
    public IntPtr deactivate;
    public IntPtr destroy;
    public IntPtr get_extension;
  }

  // dms_plugin_entry
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int PluginEntryInit(IntPtr p0);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate void PluginEntryDeinit();
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int PluginEntryDescribe(IntPtr p0, IntPtr p1);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate IntPtr PluginEntryCreate(IntPtr p0);
  [StructLayout(LayoutKind.Sequential)]
  public struct PluginEntry {
    public uint struct_size;
    public uint abi_major;
    public uint abi_minor;
    public uint min_host_minor;
    public IntPtr init;
    public IntPtr deinit;
    public IntPtr describe;
    public IntPtr create;
  }

  // dms_absences
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate long AbsencesGeneration(IntPtr p0);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int AbsencesList(IntPtr p0, Str p1, IntPtr p2, IntPtr p3);
  [StructLayout(LayoutKind.Sequential)]
  public struct Absences {
    public IntPtr context;
    public IntPtr generation;
    public IntPtr list;
  }

  // dms_audit
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int AuditWrite(IntPtr p0, IntPtr p1, Str p2, Str p3, Str p4, IntPtr p5);
  [StructLayout(LayoutKind.Sequential)]
  public struct Audit {
    public IntPtr context;
    public IntPtr write;
  }

  // dms_contact_completion
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int ContactCompletionComplete(IntPtr p0, IntPtr p1, Str p2, Str p3, Str p4, IntPtr p5);
  [StructLayout(LayoutKind.Sequential)]
  public struct ContactCompletion {
    public IntPtr context;
    public IntPtr complete;
  }

  // dms_contacts
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int ContactsCreate(IntPtr p0, IntPtr p1, Str p2, Str p3, IntPtr p4, IntPtr p5);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int ContactsList(IntPtr p0, Str p1, IntPtr p2, IntPtr p3);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int ContactsReassign(IntPtr p0, IntPtr p1, Str p2, Str p3, IntPtr p4);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int ContactsEnd(IntPtr p0, IntPtr p1, Str p2, IntPtr p3);
  [StructLayout(LayoutKind.Sequential)]
  public struct Contacts {
    public IntPtr context;
    public IntPtr create;
    public IntPtr list;
    public IntPtr reassign;
    public IntPtr end;
  }

  // dms_counts
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int CountsCount(IntPtr p0, IntPtr p1, IntPtr p2, IntPtr p3);
  [StructLayout(LayoutKind.Sequential)]
  public struct Counts {
    public IntPtr context;
    public IntPtr count;
  }

  // dms_customer_changes
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int CustomerChangesGet(IntPtr p0, Str p1, IntPtr p2, IntPtr p3);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int CustomerChangesChange(IntPtr p0, IntPtr p1, Str p2, Str p3, long p4, Str p5, IntPtr p6, IntPtr p7);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int CustomerChangesTakeBack(IntPtr p0, IntPtr p1, Str p2, long p3, Str p4, IntPtr p5);
  [StructLayout(LayoutKind.Sequential)]
  public struct CustomerChanges {
    public IntPtr context;
    public IntPtr get;
    public IntPtr change;
    public IntPtr take_back;
  }

  // dms_customers
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int CustomersFind(IntPtr p0, Str p1, IntPtr p2, IntPtr p3);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int CustomersGet(IntPtr p0, Str p1, IntPtr p2, IntPtr p3);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int CustomersCreate(IntPtr p0, IntPtr p1, Str p2, Str p3, IntPtr p4, IntPtr p5);
  [StructLayout(LayoutKind.Sequential)]
  public struct Customers {
    public IntPtr context;
    public IntPtr find;
    public IntPtr get;
    public IntPtr create;
  }

  // dms_directory
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate long DirectoryGeneration(IntPtr p0);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int DirectoryUsers(IntPtr p0, IntPtr p1, IntPtr p2);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int DirectoryLocations(IntPtr p0, IntPtr p1, IntPtr p2);
  [StructLayout(LayoutKind.Sequential)]
  public struct Directory {
    public IntPtr context;
    public IntPtr generation;
    public IntPtr users;
    public IntPtr locations;
  }

  // dms_erasure
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int ErasureForget(IntPtr p0, IntPtr p1, Str p2, IntPtr p3);
  [StructLayout(LayoutKind.Sequential)]
  public struct Erasure {
    public IntPtr context;
    public IntPtr forget;
  }

  // dms_event_handler
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int EventHandlerHandle(IntPtr p0, IntPtr p1, Str p2, IntPtr p3);
  [StructLayout(LayoutKind.Sequential)]
  public struct EventHandler {
    public uint struct_size;
    public uint reserved;
    public IntPtr context;
    public Str @event;
    public IntPtr handle;
  }

  // dms_events
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate ulong EventsAdd(IntPtr p0, IntPtr p1, IntPtr p2);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate void EventsRemove(IntPtr p0, ulong p1);
  [StructLayout(LayoutKind.Sequential)]
  public struct Events {
    public IntPtr context;
    public IntPtr add;
    public IntPtr remove;
  }

  // dms_handover
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int HandoverOpen(IntPtr p0, IntPtr p1, Str p2, IntPtr p3, IntPtr p4);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int HandoverHandOver(IntPtr p0, IntPtr p1, Str p2, Str p3, Str p4, IntPtr p5, IntPtr p6);
  [StructLayout(LayoutKind.Sequential)]
  public struct Handover {
    public IntPtr context;
    public IntPtr open;
    public IntPtr hand_over;
  }

  // dms_health
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int HealthCheck(IntPtr p0, IntPtr p1, IntPtr p2, IntPtr p3);
  [StructLayout(LayoutKind.Sequential)]
  public struct Health {
    public IntPtr context;
    public IntPtr check;
  }

  // dms_import_hook
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int ImportHookProbe(IntPtr p0, Str p1);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int ImportHookRun(IntPtr p0, IntPtr p1, IntPtr p2, Str p3, IntPtr p4, IntPtr p5, IntPtr p6);
  [StructLayout(LayoutKind.Sequential)]
  public struct ImportHook {
    public uint struct_size;
    public uint reserved;
    public IntPtr context;
    public Str source;
    public Str label;
    public IntPtr probe;
    public IntPtr run;
  }

  // dms_imports
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate ulong ImportsAdd(IntPtr p0, IntPtr p1, IntPtr p2);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate void ImportsRemove(IntPtr p0, ulong p1);
  [StructLayout(LayoutKind.Sequential)]
  public struct Imports {
    public IntPtr context;
    public IntPtr add;
    public IntPtr remove;
  }

  // dms_job
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int JobRun(IntPtr p0, IntPtr p1, IntPtr p2, IntPtr p3);
  [StructLayout(LayoutKind.Sequential)]
  public struct Job {
    public uint struct_size;
    public uint interval_s;
    public IntPtr context;
    public Str id;
    public Str label;
    public IntPtr run;
  }

  // dms_jobs
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate ulong JobsAdd(IntPtr p0, IntPtr p1, IntPtr p2);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate void JobsRemove(IntPtr p0, ulong p1);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate void JobsWake(IntPtr p0, Str p1);
  [StructLayout(LayoutKind.Sequential)]
  public struct Jobs {
    public IntPtr context;
    public IntPtr add;
    public IntPtr remove;
    public IntPtr wake;
  }

  // dms_log
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate void LogWrite(IntPtr p0, int p1, Str p2);
  [StructLayout(LayoutKind.Sequential)]
  public struct Log {
    public IntPtr context;
    public IntPtr write;
  }

  // dms_mail
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int MailSender(IntPtr p0, IntPtr p1, IntPtr p2);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int MailSend(IntPtr p0, IntPtr p1, Str p2, Str p3, IntPtr p4, IntPtr p5);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int MailGet(IntPtr p0, Str p1, IntPtr p2, IntPtr p3);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int MailChanged(IntPtr p0, long p1, uint p2, IntPtr p3, IntPtr p4);
  [StructLayout(LayoutKind.Sequential)]
  public struct Mail {
    public IntPtr context;
    public IntPtr sender;
    public IntPtr send;
    public IntPtr get;
    public IntPtr changed;
  }

  // dms_menu_entry
  [StructLayout(LayoutKind.Sequential)]
  public struct MenuEntry {
    public uint struct_size;
    public int order;
    public Str path;
    public Str label;
    public Str right;
    public Str screen;
  }

  // dms_menu
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate ulong MenuAdd(IntPtr p0, IntPtr p1, IntPtr p2);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate void MenuRemove(IntPtr p0, ulong p1);
  [StructLayout(LayoutKind.Sequential)]
  public struct Menu {
    public IntPtr context;
    public IntPtr add;
    public IntPtr remove;
  }

  // dms_notifications
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int NotificationsNotify(IntPtr p0, Str p1, Str p2, IntPtr p3);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int NotificationsWithdraw(IntPtr p0, Str p1, IntPtr p2);
  [StructLayout(LayoutKind.Sequential)]
  public struct Notifications {
    public IntPtr context;
    public IntPtr notify;
    public IntPtr withdraw;
  }

  // dms_reference_guard
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int ReferenceGuardJudge(IntPtr p0, IntPtr p1, Str p2, IntPtr p3, IntPtr p4);
  [StructLayout(LayoutKind.Sequential)]
  public struct ReferenceGuard {
    public uint struct_size;
    public uint reserved;
    public IntPtr context;
    public Str prefix;
    public IntPtr judge;
  }

  // dms_references
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate ulong ReferencesAdd(IntPtr p0, IntPtr p1, IntPtr p2);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate void ReferencesRemove(IntPtr p0, ulong p1);
  [StructLayout(LayoutKind.Sequential)]
  public struct References {
    public IntPtr context;
    public IntPtr add;
    public IntPtr remove;
  }

  // dms_right
  [StructLayout(LayoutKind.Sequential)]
  public struct Right {
    public uint struct_size;
    public uint reserved;
    public Str id;
    public Str label;
    public Str default_roles;
  }

  // dms_rights
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate ulong RightsAdd(IntPtr p0, IntPtr p1, IntPtr p2);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate void RightsRemove(IntPtr p0, ulong p1);
  [StructLayout(LayoutKind.Sequential)]
  public struct Rights {
    public IntPtr context;
    public IntPtr add;
    public IntPtr remove;
  }

  // dms_sales
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int SalesChanged(IntPtr p0, long p1, uint p2, IntPtr p3, IntPtr p4);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int SalesGet(IntPtr p0, Str p1, IntPtr p2, IntPtr p3);
  [StructLayout(LayoutKind.Sequential)]
  public struct Sales {
    public IntPtr context;
    public IntPtr changed;
    public IntPtr get;
  }

  // dms_screen
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int ScreenLoad(IntPtr p0, IntPtr p1, Str p2, IntPtr p3, IntPtr p4);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int ScreenAct(IntPtr p0, IntPtr p1, Str p2, Str p3, IntPtr p4, IntPtr p5);
  [StructLayout(LayoutKind.Sequential)]
  public struct Screen {
    public uint struct_size;
    public uint reserved;
    public IntPtr context;
    public Str id;
    public Str right;
    public IntPtr load;
    public IntPtr act;
  }

  // dms_screens
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate ulong ScreensAdd(IntPtr p0, IntPtr p1, IntPtr p2);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate void ScreensRemove(IntPtr p0, ulong p1);
  [StructLayout(LayoutKind.Sequential)]
  public struct Screens {
    public IntPtr context;
    public IntPtr add;
    public IntPtr remove;
  }

  // dms_secrets
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int SecretsSet(IntPtr p0, IntPtr p1, Str p2, Str p3, IntPtr p4);
  [StructLayout(LayoutKind.Sequential)]
  public struct Secrets {
    public IntPtr context;
    public IntPtr set;
  }

  // dms_settings
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int SettingsGet(IntPtr p0, Str p1, IntPtr p2, IntPtr p3);
  [StructLayout(LayoutKind.Sequential)]
  public struct Settings {
    public IntPtr context;
    public IntPtr get;
  }

  // dms_storage
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int StorageDataDirectory(IntPtr p0, IntPtr p1, IntPtr p2);
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int StorageDatabase(IntPtr p0, IntPtr p1, IntPtr p2);
  [StructLayout(LayoutKind.Sequential)]
  public struct Storage {
    public IntPtr context;
    public IntPtr data_directory;
    public IntPtr database;
  }

  // dms_texts
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate int TextsTranslate(IntPtr p0, Str p1, Str p2, IntPtr p3);
  [StructLayout(LayoutKind.Sequential)]
  public struct Texts {
    public IntPtr context;
    public IntPtr translate;
  }

  // dms_plugin_get_entry_function
  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
  public delegate IntPtr PluginGetEntryFunction();
}
