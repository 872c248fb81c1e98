{ Made by host_sdk/bindings/generate of host_sdk/include/dms: not to be changed by hand. }
unit dms_interface;

{$mode delphi}{$packrecords c}

interface

const
  DMS_ABSENCES_ID = 'dms.absences/1';
  DMS_AUDIT_ID = 'dms.audit/1';
  DMS_CONTACTS_ID = 'dms.contacts/1';
  DMS_CONTACT_COMPLETION_ID = 'dms.contact_completion/1';
  DMS_COUNTS_ID = 'dms.counts/1';
  DMS_CUSTOMERS_ID = 'dms.customers/1';
  DMS_CUSTOMER_CHANGES_ID = 'dms.customer_changes/1';
  DMS_DIRECTORY_ID = 'dms.directory/1';
  DMS_ERASURE_ID = 'dms.erasure/1';
  DMS_EVENTS_ID = 'dms.events/1';
  DMS_HANDOVER_ID = 'dms.handover/1';
  DMS_HEALTH_ID = 'dms.health/1';
  DMS_IMPORTS_ID = 'dms.imports/1';
  DMS_JOBS_ID = 'dms.jobs/1';
  DMS_LOG_ID = 'dms.log/1';
  DMS_MAIL_ID = 'dms.mail/1';
  DMS_MENU_ADMINISTRATION = 'administration';
  DMS_MENU_CUSTOMERS = 'customers';
  DMS_MENU_EVALUATION = 'evaluation';
  DMS_MENU_ID = 'dms.menu/1';
  DMS_MENU_LEADS = 'leads';
  DMS_NOTIFICATIONS_ID = 'dms.notifications/1';
  DMS_PLUGIN_ENTRY_SYMBOL = 'dms_plugin_get_entry';
  DMS_REFERENCES_ID = 'dms.references/1';
  DMS_RIGHTS_ID = 'dms.rights/1';
  DMS_SALES_ID = 'dms.sales/1';
  DMS_SCREENS_ID = 'dms.screens/1';
  DMS_SECRETS_ID = 'dms.secrets/1';
  DMS_SETTINGS_ID = 'dms.settings/1';
  DMS_STORAGE_ID = 'dms.storage/1';
  DMS_TEXTS_ID = 'dms.texts/1';
  DMS_ABI_MAJOR = 1;
  DMS_ABI_MINOR = 0;
  DMS_CALL_SIZE_1_0 = 136;
  DMS_CANCELLED = 7;
  DMS_CONFLICT = 4;
  DMS_ERROR_SIZE_1_0 = 520;
  DMS_EVENT_HANDLER_SIZE_1_0 = 40;
  DMS_FAILED = 10;
  DMS_FORBIDDEN = 3;
  DMS_HOST_SIZE_1_0 = 64;
  DMS_IMPORT_HOOK_SIZE_1_0 = 64;
  DMS_INVALID = 1;
  DMS_JOB_SIZE_1_0 = 56;
  DMS_LOG_DEBUG = 0;
  DMS_LOG_ERROR = 3;
  DMS_LOG_INFO = 1;
  DMS_LOG_WARNING = 2;
  DMS_MAX_DOCUMENT = 16777216;
  DMS_MAX_INPUT = 67108864;
  DMS_MAX_KEY = 400;
  DMS_MAX_RECORD = 1048576;
  DMS_MAX_REPORT = 268435456;
  DMS_MENU_ENTRY_SIZE_1_0 = 72;
  DMS_NOT_FOUND = 2;
  DMS_OK = 0;
  DMS_PLUGIN_ENTRY_SIZE_1_0 = 48;
  DMS_PLUGIN_SIZE_1_0 = 56;
  DMS_REFERENCE_GUARD_SIZE_1_0 = 40;
  DMS_REFUSED = 5;
  DMS_RIGHT_SIZE_1_0 = 56;
  DMS_SCREEN_SIZE_1_0 = 64;
  DMS_TOO_LARGE = 9;
  DMS_UNAVAILABLE = 6;
  DMS_UNSUPPORTED = 8;

type
  PDmsStr = ^TDmsStr;
  TDmsStr = record { dms_str }
    ptr: Pointer;
    len: UInt64;
  end;
  PDmsError = ^TDmsError;
  TDmsError = record { dms_error }
    struct_size: UInt32;
    code: Int32;
    message: array[0..511] of AnsiChar;
  end;
  PDmsSink = ^TDmsSink;
  TDmsSink = record { dms_sink }
    context: Pointer;
    write: function(p0: Pointer; p1: TDmsStr): Int32; cdecl;
  end;
  PDmsStream = ^TDmsStream;
  TDmsStream = record { dms_stream }
    context: Pointer;
    read: function(p0: Pointer; p1: Pointer; p2: UInt64): Int64; cdecl;
  end;
  PDmsCall = ^TDmsCall;
  TDmsCall = record { dms_call }
    struct_size: UInt32;
    context: Pointer;
    user: TDmsStr;
    user_name: TDmsStr;
    locale: TDmsStr;
    correlation: TDmsStr;
    channel: TDmsStr;
    request: TDmsStr;
    now_us: Int64;
    may: function(p0: Pointer; p1: TDmsStr): Int32; cdecl;
    cancelled: function(p0: Pointer): Int32; cdecl;
  end;
  PDmsProgress = ^TDmsProgress;
  TDmsProgress = record { dms_progress }
    context: Pointer;
    report: procedure(p0: Pointer; p1: UInt64; p2: UInt64); cdecl;
  end;
  PDmsHost = ^TDmsHost;
  TDmsHost = record { dms_host }
    struct_size: UInt32;
    abi_major: UInt32;
    abi_minor: UInt32;
    reserved: UInt32;
    context: Pointer;
    name: TDmsStr;
    version: TDmsStr;
    get_service: function(p0: Pointer; p1: TDmsStr): Pointer; cdecl;
  end;
  PDmsPlugin = ^TDmsPlugin;
  TDmsPlugin = record { dms_plugin }
    struct_size: UInt32;
    reserved: UInt32;
    context: Pointer;
    init: function(p0: Pointer; p1: Pointer; p2: Pointer): Int32; cdecl;
    activate: function(p0: Pointer; p1: Pointer; p2: Pointer; p3: Pointer): Int32; cdecl;
    deactivate: procedure(p0: Pointer); cdecl;
    destroy: procedure(p0: Pointer); cdecl;
    get_extension: function(p0: Pointer; p1: TDmsStr): Pointer; cdecl;
  end;
  PDmsPluginEntry = ^TDmsPluginEntry;
  TDmsPluginEntry = record { dms_plugin_entry }
    struct_size: UInt32;
    abi_major: UInt32;
    abi_minor: UInt32;
    min_host_minor: UInt32;
    init: function(p0: Pointer): Int32; cdecl;
    deinit: procedure; cdecl;
    describe: function(p0: Pointer; p1: Pointer): Int32; cdecl;
    create: function(p0: Pointer): Pointer; cdecl;
  end;
  PDmsAbsences = ^TDmsAbsences;
  TDmsAbsences = record { dms_absences }
    context: Pointer;
    generation: function(p0: Pointer): Int64; cdecl;
    list: function(p0: Pointer; p1: TDmsStr; p2: Pointer; p3: Pointer): Int32; cdecl;
  end;
  PDmsAudit = ^TDmsAudit;
  TDmsAudit = record { dms_audit }
    context: Pointer;
    write: function(p0: Pointer; p1: Pointer; p2: TDmsStr; p3: TDmsStr; p4: TDmsStr; p5: Pointer): Int32; cdecl;
  end;
  PDmsContactCompletion = ^TDmsContactCompletion;
  TDmsContactCompletion = record { dms_contact_completion }
    context: Pointer;
    complete: function(p0: Pointer; p1: Pointer; p2: TDmsStr; p3: TDmsStr; p4: TDmsStr; p5: Pointer): Int32; cdecl;
  end;
  PDmsContacts = ^TDmsContacts;
  TDmsContacts = record { dms_contacts }
    context: Pointer;
    create: function(p0: Pointer; p1: Pointer; p2: TDmsStr; p3: TDmsStr; p4: Pointer; p5: Pointer): Int32; cdecl;
    list: function(p0: Pointer; p1: TDmsStr; p2: Pointer; p3: Pointer): Int32; cdecl;
    reassign: function(p0: Pointer; p1: Pointer; p2: TDmsStr; p3: TDmsStr; p4: Pointer): Int32; cdecl;
    end_: function(p0: Pointer; p1: Pointer; p2: TDmsStr; p3: Pointer): Int32; cdecl;
  end;
  PDmsCounts = ^TDmsCounts;
  TDmsCounts = record { dms_counts }
    context: Pointer;
    count: function(p0: Pointer; p1: Pointer; p2: Pointer; p3: Pointer): Int32; cdecl;
  end;
  PDmsCustomerChanges = ^TDmsCustomerChanges;
  TDmsCustomerChanges = record { dms_customer_changes }
    context: Pointer;
    get: function(p0: Pointer; p1: TDmsStr; p2: Pointer; p3: Pointer): Int32; cdecl;
    change: function(p0: Pointer; p1: Pointer; p2: TDmsStr; p3: TDmsStr; p4: Int64; p5: TDmsStr; p6: Pointer; p7: Pointer): Int32; cdecl;
    take_back: function(p0: Pointer; p1: Pointer; p2: TDmsStr; p3: Int64; p4: TDmsStr; p5: Pointer): Int32; cdecl;
  end;
  PDmsCustomers = ^TDmsCustomers;
  TDmsCustomers = record { dms_customers }
    context: Pointer;
    find: function(p0: Pointer; p1: TDmsStr; p2: Pointer; p3: Pointer): Int32; cdecl;
    get: function(p0: Pointer; p1: TDmsStr; p2: Pointer; p3: Pointer): Int32; cdecl;
    create: function(p0: Pointer; p1: Pointer; p2: TDmsStr; p3: TDmsStr; p4: Pointer; p5: Pointer): Int32; cdecl;
  end;
  PDmsDirectory = ^TDmsDirectory;
  TDmsDirectory = record { dms_directory }
    context: Pointer;
    generation: function(p0: Pointer): Int64; cdecl;
    users: function(p0: Pointer; p1: Pointer; p2: Pointer): Int32; cdecl;
    locations: function(p0: Pointer; p1: Pointer; p2: Pointer): Int32; cdecl;
  end;
  PDmsErasure = ^TDmsErasure;
  TDmsErasure = record { dms_erasure }
    context: Pointer;
    forget: function(p0: Pointer; p1: Pointer; p2: TDmsStr; p3: Pointer): Int32; cdecl;
  end;
  PDmsEventHandler = ^TDmsEventHandler;
  TDmsEventHandler = record { dms_event_handler }
    struct_size: UInt32;
    reserved: UInt32;
    context: Pointer;
    event: TDmsStr;
    handle: function(p0: Pointer; p1: Pointer; p2: TDmsStr; p3: Pointer): Int32; cdecl;
  end;
  PDmsEvents = ^TDmsEvents;
  TDmsEvents = record { dms_events }
    context: Pointer;
    add: function(p0: Pointer; p1: Pointer; p2: Pointer): UInt64; cdecl;
    remove: procedure(p0: Pointer; p1: UInt64); cdecl;
  end;
  PDmsHandover = ^TDmsHandover;
  TDmsHandover = record { dms_handover }
    context: Pointer;
    open: function(p0: Pointer; p1: Pointer; p2: TDmsStr; p3: Pointer; p4: Pointer): Int32; cdecl;
    hand_over: function(p0: Pointer; p1: Pointer; p2: TDmsStr; p3: TDmsStr; p4: TDmsStr; p5: Pointer; p6: Pointer): Int32; cdecl;
  end;
  PDmsHealth = ^TDmsHealth;
  TDmsHealth = record { dms_health }
    context: Pointer;
    check: function(p0: Pointer; p1: Pointer; p2: Pointer; p3: Pointer): Int32; cdecl;
  end;
  PDmsImportHook = ^TDmsImportHook;
  TDmsImportHook = record { dms_import_hook }
    struct_size: UInt32;
    reserved: UInt32;
    context: Pointer;
    source: TDmsStr;
    label_: TDmsStr;
    probe: function(p0: Pointer; p1: TDmsStr): Int32; cdecl;
    run: function(p0: Pointer; p1: Pointer; p2: Pointer; p3: TDmsStr; p4: Pointer; p5: Pointer; p6: Pointer): Int32; cdecl;
  end;
  PDmsImports = ^TDmsImports;
  TDmsImports = record { dms_imports }
    context: Pointer;
    add: function(p0: Pointer; p1: Pointer; p2: Pointer): UInt64; cdecl;
    remove: procedure(p0: Pointer; p1: UInt64); cdecl;
  end;
  PDmsJob = ^TDmsJob;
  TDmsJob = record { dms_job }
    struct_size: UInt32;
    interval_s: UInt32;
    context: Pointer;
    id: TDmsStr;
    label_: TDmsStr;
    run: function(p0: Pointer; p1: Pointer; p2: Pointer; p3: Pointer): Int32; cdecl;
  end;
  PDmsJobs = ^TDmsJobs;
  TDmsJobs = record { dms_jobs }
    context: Pointer;
    add: function(p0: Pointer; p1: Pointer; p2: Pointer): UInt64; cdecl;
    remove: procedure(p0: Pointer; p1: UInt64); cdecl;
    wake: procedure(p0: Pointer; p1: TDmsStr); cdecl;
  end;
  PDmsLog = ^TDmsLog;
  TDmsLog = record { dms_log }
    context: Pointer;
    write: procedure(p0: Pointer; p1: Int32; p2: TDmsStr); cdecl;
  end;
  PDmsMail = ^TDmsMail;
  TDmsMail = record { dms_mail }
    context: Pointer;
    sender: function(p0: Pointer; p1: Pointer; p2: Pointer): Int32; cdecl;
    send: function(p0: Pointer; p1: Pointer; p2: TDmsStr; p3: TDmsStr; p4: Pointer; p5: Pointer): Int32; cdecl;
    get: function(p0: Pointer; p1: TDmsStr; p2: Pointer; p3: Pointer): Int32; cdecl;
    changed: function(p0: Pointer; p1: Int64; p2: UInt32; p3: Pointer; p4: Pointer): Int32; cdecl;
  end;
  PDmsMenuEntry = ^TDmsMenuEntry;
  TDmsMenuEntry = record { dms_menu_entry }
    struct_size: UInt32;
    order: Int32;
    path: TDmsStr;
    label_: TDmsStr;
    right: TDmsStr;
    screen: TDmsStr;
  end;
  PDmsMenu = ^TDmsMenu;
  TDmsMenu = record { dms_menu }
    context: Pointer;
    add: function(p0: Pointer; p1: Pointer; p2: Pointer): UInt64; cdecl;
    remove: procedure(p0: Pointer; p1: UInt64); cdecl;
  end;
  PDmsNotifications = ^TDmsNotifications;
  TDmsNotifications = record { dms_notifications }
    context: Pointer;
    notify: function(p0: Pointer; p1: TDmsStr; p2: TDmsStr; p3: Pointer): Int32; cdecl;
    withdraw: function(p0: Pointer; p1: TDmsStr; p2: Pointer): Int32; cdecl;
  end;
  PDmsReferenceGuard = ^TDmsReferenceGuard;
  TDmsReferenceGuard = record { dms_reference_guard }
    struct_size: UInt32;
    reserved: UInt32;
    context: Pointer;
    prefix: TDmsStr;
    judge: function(p0: Pointer; p1: Pointer; p2: TDmsStr; p3: Pointer; p4: Pointer): Int32; cdecl;
  end;
  PDmsReferences = ^TDmsReferences;
  TDmsReferences = record { dms_references }
    context: Pointer;
    add: function(p0: Pointer; p1: Pointer; p2: Pointer): UInt64; cdecl;
    remove: procedure(p0: Pointer; p1: UInt64); cdecl;
  end;
  PDmsRight = ^TDmsRight;
  TDmsRight = record { dms_right }
    struct_size: UInt32;
    reserved: UInt32;
    id: TDmsStr;
    label_: TDmsStr;
    default_roles: TDmsStr;
  end;
  PDmsRights = ^TDmsRights;
  TDmsRights = record { dms_rights }
    context: Pointer;
    add: function(p0: Pointer; p1: Pointer; p2: Pointer): UInt64; cdecl;
    remove: procedure(p0: Pointer; p1: UInt64); cdecl;
  end;
  PDmsSales = ^TDmsSales;
  TDmsSales = record { dms_sales }
    context: Pointer;
    changed: function(p0: Pointer; p1: Int64; p2: UInt32; p3: Pointer; p4: Pointer): Int32; cdecl;
    get: function(p0: Pointer; p1: TDmsStr; p2: Pointer; p3: Pointer): Int32; cdecl;
  end;
  PDmsScreen = ^TDmsScreen;
  TDmsScreen = record { dms_screen }
    struct_size: UInt32;
    reserved: UInt32;
    context: Pointer;
    id: TDmsStr;
    right: TDmsStr;
    load: function(p0: Pointer; p1: Pointer; p2: TDmsStr; p3: Pointer; p4: Pointer): Int32; cdecl;
    act: function(p0: Pointer; p1: Pointer; p2: TDmsStr; p3: TDmsStr; p4: Pointer; p5: Pointer): Int32; cdecl;
  end;
  PDmsScreens = ^TDmsScreens;
  TDmsScreens = record { dms_screens }
    context: Pointer;
    add: function(p0: Pointer; p1: Pointer; p2: Pointer): UInt64; cdecl;
    remove: procedure(p0: Pointer; p1: UInt64); cdecl;
  end;
  PDmsSecrets = ^TDmsSecrets;
  TDmsSecrets = record { dms_secrets }
    context: Pointer;
    set_: function(p0: Pointer; p1: Pointer; p2: TDmsStr; p3: TDmsStr; p4: Pointer): Int32; cdecl;
  end;
  PDmsSettings = ^TDmsSettings;
  TDmsSettings = record { dms_settings }
    context: Pointer;
    get: function(p0: Pointer; p1: TDmsStr; p2: Pointer; p3: Pointer): Int32; cdecl;
  end;
  PDmsStorage = ^TDmsStorage;
  TDmsStorage = record { dms_storage }
    context: Pointer;
    data_directory: function(p0: Pointer; p1: Pointer; p2: Pointer): Int32; cdecl;
    database: function(p0: Pointer; p1: Pointer; p2: Pointer): Int32; cdecl;
  end;
  PDmsTexts = ^TDmsTexts;
  TDmsTexts = record { dms_texts }
    context: Pointer;
    translate: function(p0: Pointer; p1: TDmsStr; p2: TDmsStr; p3: Pointer): Int32; cdecl;
  end;

implementation

end.
