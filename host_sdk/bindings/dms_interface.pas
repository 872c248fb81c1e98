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
  DMS_STATUS_WORDS: array[0..10] of string = ('ok', 'invalid', 'not_found', 'forbidden', 'conflict', 'refused', 'unavailable', 'cancelled', 'unsupported', 'too_large', 'failed');

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
  TDmsSinkWrite = function(p0: Pointer; p1: TDmsStr): Int32; cdecl;
  TDmsSink = record { dms_sink }
    context: Pointer;
    write: TDmsSinkWrite;
  end;
  PDmsStream = ^TDmsStream;
  TDmsStreamRead = function(p0: Pointer; p1: Pointer; p2: UInt64): Int64; cdecl;
  TDmsStream = record { dms_stream }
    context: Pointer;
    read: TDmsStreamRead;
  end;
  PDmsCall = ^TDmsCall;
  TDmsCallMay = function(p0: Pointer; p1: TDmsStr): Int32; cdecl;
  TDmsCallCancelled = function(p0: Pointer): Int32; cdecl;
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
    may: TDmsCallMay;
    cancelled: TDmsCallCancelled;
  end;
  PDmsProgress = ^TDmsProgress;
  TDmsProgressReport = procedure(p0: Pointer; p1: UInt64; p2: UInt64); cdecl;
  TDmsProgress = record { dms_progress }
    context: Pointer;
    report: TDmsProgressReport;
  end;
  PDmsHost = ^TDmsHost;
  TDmsHostGetService = function(p0: PDmsHost; p1: TDmsStr): Pointer; cdecl;
  TDmsHost = record { dms_host }
    struct_size: UInt32;
    abi_major: UInt32;
    abi_minor: UInt32;
    reserved: UInt32;
    context: Pointer;
    name: TDmsStr;
    version: TDmsStr;
    get_service: TDmsHostGetService;
  end;
  PDmsPlugin = ^TDmsPlugin;
  TDmsPluginInit = function(p0: PDmsPlugin; p1: PDmsHost; p2: PDmsError): Int32; cdecl;
  TDmsPluginActivate = function(p0: PDmsPlugin; p1: PDmsCall; p2: PDmsProgress; p3: PDmsError): Int32; cdecl;
  TDmsPluginDeactivate = procedure(p0: PDmsPlugin); cdecl;
  TDmsPluginDestroy = procedure(p0: PDmsPlugin); cdecl;
  TDmsPluginGetExtension = function(p0: PDmsPlugin; p1: TDmsStr): Pointer; cdecl;
  TDmsPlugin = record { dms_plugin }
    struct_size: UInt32;
    reserved: UInt32;
    context: Pointer;
    init: TDmsPluginInit;
    activate: TDmsPluginActivate;
    deactivate: TDmsPluginDeactivate;
    destroy: TDmsPluginDestroy;
    get_extension: TDmsPluginGetExtension;
  end;
  PDmsPluginEntry = ^TDmsPluginEntry;
  TDmsPluginEntryInit = function(p0: PDmsError): Int32; cdecl;
  TDmsPluginEntryDeinit = procedure; cdecl;
  TDmsPluginEntryDescribe = function(p0: PDmsSink; p1: PDmsError): Int32; cdecl;
  TDmsPluginEntryCreate = function(p0: PDmsError): PDmsPlugin; cdecl;
  TDmsPluginEntry = record { dms_plugin_entry }
    struct_size: UInt32;
    abi_major: UInt32;
    abi_minor: UInt32;
    min_host_minor: UInt32;
    init: TDmsPluginEntryInit;
    deinit: TDmsPluginEntryDeinit;
    describe: TDmsPluginEntryDescribe;
    create: TDmsPluginEntryCreate;
  end;
  PDmsAbsences = ^TDmsAbsences;
  TDmsAbsencesGeneration = function(p0: Pointer): Int64; cdecl;
  TDmsAbsencesList = function(p0: Pointer; p1: TDmsStr; p2: PDmsSink; p3: PDmsError): Int32; cdecl;
  TDmsAbsences = record { dms_absences }
    context: Pointer;
    generation: TDmsAbsencesGeneration;
    list: TDmsAbsencesList;
  end;
  PDmsAudit = ^TDmsAudit;
  TDmsAuditWrite = function(p0: Pointer; p1: PDmsCall; p2: TDmsStr; p3: TDmsStr; p4: TDmsStr; p5: PDmsError): Int32; cdecl;
  TDmsAudit = record { dms_audit }
    context: Pointer;
    write: TDmsAuditWrite;
  end;
  PDmsContactCompletion = ^TDmsContactCompletion;
  TDmsContactCompletionComplete = function(p0: Pointer; p1: PDmsCall; p2: TDmsStr; p3: TDmsStr; p4: TDmsStr; p5: PDmsError): Int32; cdecl;
  TDmsContactCompletion = record { dms_contact_completion }
    context: Pointer;
    complete: TDmsContactCompletionComplete;
  end;
  PDmsContacts = ^TDmsContacts;
  TDmsContactsCreate = function(p0: Pointer; p1: PDmsCall; p2: TDmsStr; p3: TDmsStr; p4: PDmsSink; p5: PDmsError): Int32; cdecl;
  TDmsContactsList = function(p0: Pointer; p1: TDmsStr; p2: PDmsSink; p3: PDmsError): Int32; cdecl;
  TDmsContactsReassign = function(p0: Pointer; p1: PDmsCall; p2: TDmsStr; p3: TDmsStr; p4: PDmsError): Int32; cdecl;
  TDmsContactsEnd = function(p0: Pointer; p1: PDmsCall; p2: TDmsStr; p3: PDmsError): Int32; cdecl;
  TDmsContacts = record { dms_contacts }
    context: Pointer;
    create: TDmsContactsCreate;
    list: TDmsContactsList;
    reassign: TDmsContactsReassign;
    end_: TDmsContactsEnd;
  end;
  PDmsCounts = ^TDmsCounts;
  TDmsCountsCount = function(p0: Pointer; p1: PDmsCall; p2: PDmsSink; p3: PDmsError): Int32; cdecl;
  TDmsCounts = record { dms_counts }
    context: Pointer;
    count: TDmsCountsCount;
  end;
  PDmsCustomerChanges = ^TDmsCustomerChanges;
  TDmsCustomerChangesGet = function(p0: Pointer; p1: TDmsStr; p2: PDmsSink; p3: PDmsError): Int32; cdecl;
  TDmsCustomerChangesChange = function(p0: Pointer; p1: PDmsCall; p2: TDmsStr; p3: TDmsStr; p4: Int64; p5: TDmsStr; p6: PDmsSink; p7: PDmsError): Int32; cdecl;
  TDmsCustomerChangesTakeBack = function(p0: Pointer; p1: PDmsCall; p2: TDmsStr; p3: Int64; p4: TDmsStr; p5: PDmsError): Int32; cdecl;
  TDmsCustomerChanges = record { dms_customer_changes }
    context: Pointer;
    get: TDmsCustomerChangesGet;
    change: TDmsCustomerChangesChange;
    take_back: TDmsCustomerChangesTakeBack;
  end;
  PDmsCustomers = ^TDmsCustomers;
  TDmsCustomersFind = function(p0: Pointer; p1: TDmsStr; p2: PDmsSink; p3: PDmsError): Int32; cdecl;
  TDmsCustomersGet = function(p0: Pointer; p1: TDmsStr; p2: PDmsSink; p3: PDmsError): Int32; cdecl;
  TDmsCustomersCreate = function(p0: Pointer; p1: PDmsCall; p2: TDmsStr; p3: TDmsStr; p4: PDmsSink; p5: PDmsError): Int32; cdecl;
  TDmsCustomers = record { dms_customers }
    context: Pointer;
    find: TDmsCustomersFind;
    get: TDmsCustomersGet;
    create: TDmsCustomersCreate;
  end;
  PDmsDirectory = ^TDmsDirectory;
  TDmsDirectoryGeneration = function(p0: Pointer): Int64; cdecl;
  TDmsDirectoryUsers = function(p0: Pointer; p1: PDmsSink; p2: PDmsError): Int32; cdecl;
  TDmsDirectoryLocations = function(p0: Pointer; p1: PDmsSink; p2: PDmsError): Int32; cdecl;
  TDmsDirectory = record { dms_directory }
    context: Pointer;
    generation: TDmsDirectoryGeneration;
    users: TDmsDirectoryUsers;
    locations: TDmsDirectoryLocations;
  end;
  PDmsErasure = ^TDmsErasure;
  TDmsErasureForget = function(p0: Pointer; p1: PDmsCall; p2: TDmsStr; p3: PDmsError): Int32; cdecl;
  TDmsErasure = record { dms_erasure }
    context: Pointer;
    forget: TDmsErasureForget;
  end;
  PDmsEventHandler = ^TDmsEventHandler;
  TDmsEventHandlerHandle = function(p0: Pointer; p1: PDmsCall; p2: TDmsStr; p3: PDmsError): Int32; cdecl;
  TDmsEventHandler = record { dms_event_handler }
    struct_size: UInt32;
    reserved: UInt32;
    context: Pointer;
    event: TDmsStr;
    handle: TDmsEventHandlerHandle;
  end;
  PDmsEvents = ^TDmsEvents;
  TDmsEventsAdd = function(p0: Pointer; p1: PDmsEventHandler; p2: PDmsError): UInt64; cdecl;
  TDmsEventsRemove = procedure(p0: Pointer; p1: UInt64); cdecl;
  TDmsEvents = record { dms_events }
    context: Pointer;
    add: TDmsEventsAdd;
    remove: TDmsEventsRemove;
  end;
  PDmsHandover = ^TDmsHandover;
  TDmsHandoverOpen = function(p0: Pointer; p1: PDmsCall; p2: TDmsStr; p3: PDmsSink; p4: PDmsError): Int32; cdecl;
  TDmsHandoverHandOver = function(p0: Pointer; p1: PDmsCall; p2: TDmsStr; p3: TDmsStr; p4: TDmsStr; p5: PDmsSink; p6: PDmsError): Int32; cdecl;
  TDmsHandover = record { dms_handover }
    context: Pointer;
    open: TDmsHandoverOpen;
    hand_over: TDmsHandoverHandOver;
  end;
  PDmsHealth = ^TDmsHealth;
  TDmsHealthCheck = function(p0: Pointer; p1: PDmsCall; p2: PDmsSink; p3: PDmsError): Int32; cdecl;
  TDmsHealth = record { dms_health }
    context: Pointer;
    check: TDmsHealthCheck;
  end;
  PDmsImportHook = ^TDmsImportHook;
  TDmsImportHookProbe = function(p0: Pointer; p1: TDmsStr): Int32; cdecl;
  TDmsImportHookRun = function(p0: Pointer; p1: PDmsCall; p2: PDmsStream; p3: TDmsStr; p4: PDmsProgress; p5: PDmsSink; p6: PDmsError): Int32; cdecl;
  TDmsImportHook = record { dms_import_hook }
    struct_size: UInt32;
    reserved: UInt32;
    context: Pointer;
    source: TDmsStr;
    label_: TDmsStr;
    probe: TDmsImportHookProbe;
    run: TDmsImportHookRun;
  end;
  PDmsImports = ^TDmsImports;
  TDmsImportsAdd = function(p0: Pointer; p1: PDmsImportHook; p2: PDmsError): UInt64; cdecl;
  TDmsImportsRemove = procedure(p0: Pointer; p1: UInt64); cdecl;
  TDmsImports = record { dms_imports }
    context: Pointer;
    add: TDmsImportsAdd;
    remove: TDmsImportsRemove;
  end;
  PDmsJob = ^TDmsJob;
  TDmsJobRun = function(p0: Pointer; p1: PDmsCall; p2: PDmsSink; p3: PDmsError): Int32; cdecl;
  TDmsJob = record { dms_job }
    struct_size: UInt32;
    interval_s: UInt32;
    context: Pointer;
    id: TDmsStr;
    label_: TDmsStr;
    run: TDmsJobRun;
  end;
  PDmsJobs = ^TDmsJobs;
  TDmsJobsAdd = function(p0: Pointer; p1: PDmsJob; p2: PDmsError): UInt64; cdecl;
  TDmsJobsRemove = procedure(p0: Pointer; p1: UInt64); cdecl;
  TDmsJobsWake = procedure(p0: Pointer; p1: TDmsStr); cdecl;
  TDmsJobs = record { dms_jobs }
    context: Pointer;
    add: TDmsJobsAdd;
    remove: TDmsJobsRemove;
    wake: TDmsJobsWake;
  end;
  PDmsLog = ^TDmsLog;
  TDmsLogWrite = procedure(p0: Pointer; p1: Int32; p2: TDmsStr); cdecl;
  TDmsLog = record { dms_log }
    context: Pointer;
    write: TDmsLogWrite;
  end;
  PDmsMail = ^TDmsMail;
  TDmsMailSender = function(p0: Pointer; p1: PDmsSink; p2: PDmsError): Int32; cdecl;
  TDmsMailSend = function(p0: Pointer; p1: PDmsCall; p2: TDmsStr; p3: TDmsStr; p4: PDmsSink; p5: PDmsError): Int32; cdecl;
  TDmsMailGet = function(p0: Pointer; p1: TDmsStr; p2: PDmsSink; p3: PDmsError): Int32; cdecl;
  TDmsMailChanged = function(p0: Pointer; p1: Int64; p2: UInt32; p3: PDmsSink; p4: PDmsError): Int32; cdecl;
  TDmsMail = record { dms_mail }
    context: Pointer;
    sender: TDmsMailSender;
    send: TDmsMailSend;
    get: TDmsMailGet;
    changed: TDmsMailChanged;
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
  TDmsMenuAdd = function(p0: Pointer; p1: PDmsMenuEntry; p2: PDmsError): UInt64; cdecl;
  TDmsMenuRemove = procedure(p0: Pointer; p1: UInt64); cdecl;
  TDmsMenu = record { dms_menu }
    context: Pointer;
    add: TDmsMenuAdd;
    remove: TDmsMenuRemove;
  end;
  PDmsNotifications = ^TDmsNotifications;
  TDmsNotificationsNotify = function(p0: Pointer; p1: TDmsStr; p2: TDmsStr; p3: PDmsError): Int32; cdecl;
  TDmsNotificationsWithdraw = function(p0: Pointer; p1: TDmsStr; p2: PDmsError): Int32; cdecl;
  TDmsNotifications = record { dms_notifications }
    context: Pointer;
    notify: TDmsNotificationsNotify;
    withdraw: TDmsNotificationsWithdraw;
  end;
  PDmsReferenceGuard = ^TDmsReferenceGuard;
  TDmsReferenceGuardJudge = function(p0: Pointer; p1: PDmsCall; p2: TDmsStr; p3: PDmsSink; p4: PDmsError): Int32; cdecl;
  TDmsReferenceGuard = record { dms_reference_guard }
    struct_size: UInt32;
    reserved: UInt32;
    context: Pointer;
    prefix: TDmsStr;
    judge: TDmsReferenceGuardJudge;
  end;
  PDmsReferences = ^TDmsReferences;
  TDmsReferencesAdd = function(p0: Pointer; p1: PDmsReferenceGuard; p2: PDmsError): UInt64; cdecl;
  TDmsReferencesRemove = procedure(p0: Pointer; p1: UInt64); cdecl;
  TDmsReferences = record { dms_references }
    context: Pointer;
    add: TDmsReferencesAdd;
    remove: TDmsReferencesRemove;
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
  TDmsRightsAdd = function(p0: Pointer; p1: PDmsRight; p2: PDmsError): UInt64; cdecl;
  TDmsRightsRemove = procedure(p0: Pointer; p1: UInt64); cdecl;
  TDmsRights = record { dms_rights }
    context: Pointer;
    add: TDmsRightsAdd;
    remove: TDmsRightsRemove;
  end;
  PDmsSales = ^TDmsSales;
  TDmsSalesChanged = function(p0: Pointer; p1: Int64; p2: UInt32; p3: PDmsSink; p4: PDmsError): Int32; cdecl;
  TDmsSalesGet = function(p0: Pointer; p1: TDmsStr; p2: PDmsSink; p3: PDmsError): Int32; cdecl;
  TDmsSales = record { dms_sales }
    context: Pointer;
    changed: TDmsSalesChanged;
    get: TDmsSalesGet;
  end;
  PDmsScreen = ^TDmsScreen;
  TDmsScreenLoad = function(p0: Pointer; p1: PDmsCall; p2: TDmsStr; p3: PDmsSink; p4: PDmsError): Int32; cdecl;
  TDmsScreenAct = function(p0: Pointer; p1: PDmsCall; p2: TDmsStr; p3: TDmsStr; p4: PDmsSink; p5: PDmsError): Int32; cdecl;
  TDmsScreen = record { dms_screen }
    struct_size: UInt32;
    reserved: UInt32;
    context: Pointer;
    id: TDmsStr;
    right: TDmsStr;
    load: TDmsScreenLoad;
    act: TDmsScreenAct;
  end;
  PDmsScreens = ^TDmsScreens;
  TDmsScreensAdd = function(p0: Pointer; p1: PDmsScreen; p2: PDmsError): UInt64; cdecl;
  TDmsScreensRemove = procedure(p0: Pointer; p1: UInt64); cdecl;
  TDmsScreens = record { dms_screens }
    context: Pointer;
    add: TDmsScreensAdd;
    remove: TDmsScreensRemove;
  end;
  PDmsSecrets = ^TDmsSecrets;
  TDmsSecretsSet = function(p0: Pointer; p1: PDmsCall; p2: TDmsStr; p3: TDmsStr; p4: PDmsError): Int32; cdecl;
  TDmsSecrets = record { dms_secrets }
    context: Pointer;
    set_: TDmsSecretsSet;
  end;
  PDmsSettings = ^TDmsSettings;
  TDmsSettingsGet = function(p0: Pointer; p1: TDmsStr; p2: PDmsSink; p3: PDmsError): Int32; cdecl;
  TDmsSettings = record { dms_settings }
    context: Pointer;
    get: TDmsSettingsGet;
  end;
  PDmsStorage = ^TDmsStorage;
  TDmsStorageDataDirectory = function(p0: Pointer; p1: PDmsSink; p2: PDmsError): Int32; cdecl;
  TDmsStorageDatabase = function(p0: Pointer; p1: PDmsSink; p2: PDmsError): Int32; cdecl;
  TDmsStorage = record { dms_storage }
    context: Pointer;
    data_directory: TDmsStorageDataDirectory;
    database: TDmsStorageDatabase;
  end;
  PDmsTexts = ^TDmsTexts;
  TDmsTextsTranslate = function(p0: Pointer; p1: TDmsStr; p2: TDmsStr; p3: PDmsSink): Int32; cdecl;
  TDmsTexts = record { dms_texts }
    context: Pointer;
    translate: TDmsTextsTranslate;
  end;
  TDmsPluginGetEntryFunction = function: PDmsPluginEntry; cdecl;

implementation

end.
