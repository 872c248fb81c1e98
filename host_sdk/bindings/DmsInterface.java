// Made by host_sdk/bindings/generate of host_sdk/include/dms: not to be changed by hand.
import com.sun.jna.Callback;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import java.util.List;

/** The C interface as JNA sees it. */
public final class DmsInterface {
  private DmsInterface() {}
  public static final String DMS_ABSENCES_ID = "dms.absences/1";
  public static final String DMS_AUDIT_ID = "dms.audit/1";
  public static final String DMS_CONTACTS_ID = "dms.contacts/1";
  public static final String DMS_CONTACT_COMPLETION_ID = "dms.contact_completion/1";
  public static final String DMS_COUNTS_ID = "dms.counts/1";
  public static final String DMS_CUSTOMERS_ID = "dms.customers/1";
  public static final String DMS_CUSTOMER_CHANGES_ID = "dms.customer_changes/1";
  public static final String DMS_DIRECTORY_ID = "dms.directory/1";
  public static final String DMS_ERASURE_ID = "dms.erasure/1";
  public static final String DMS_EVENTS_ID = "dms.events/1";
  public static final String DMS_HANDOVER_ID = "dms.handover/1";
  public static final String DMS_HEALTH_ID = "dms.health/1";
  public static final String DMS_IMPORTS_ID = "dms.imports/1";
  public static final String DMS_JOBS_ID = "dms.jobs/1";
  public static final String DMS_LOG_ID = "dms.log/1";
  public static final String DMS_MAIL_ID = "dms.mail/1";
  public static final String DMS_MENU_ADMINISTRATION = "administration";
  public static final String DMS_MENU_CUSTOMERS = "customers";
  public static final String DMS_MENU_EVALUATION = "evaluation";
  public static final String DMS_MENU_ID = "dms.menu/1";
  public static final String DMS_MENU_LEADS = "leads";
  public static final String DMS_NOTIFICATIONS_ID = "dms.notifications/1";
  public static final String DMS_PLUGIN_ENTRY_SYMBOL = "dms_plugin_get_entry";
  public static final String DMS_REFERENCES_ID = "dms.references/1";
  public static final String DMS_RIGHTS_ID = "dms.rights/1";
  public static final String DMS_SALES_ID = "dms.sales/1";
  public static final String DMS_SCREENS_ID = "dms.screens/1";
  public static final String DMS_SECRETS_ID = "dms.secrets/1";
  public static final String DMS_SETTINGS_ID = "dms.settings/1";
  public static final String DMS_STORAGE_ID = "dms.storage/1";
  public static final String DMS_TEXTS_ID = "dms.texts/1";
  public static final int DMS_ABI_MAJOR = 1;
  public static final int DMS_ABI_MINOR = 0;
  public static final int DMS_CALL_SIZE_1_0 = 136;
  public static final int DMS_CANCELLED = 7;
  public static final int DMS_CONFLICT = 4;
  public static final int DMS_ERROR_SIZE_1_0 = 520;
  public static final int DMS_EVENT_HANDLER_SIZE_1_0 = 40;
  public static final int DMS_FAILED = 10;
  public static final int DMS_FORBIDDEN = 3;
  public static final int DMS_HOST_SIZE_1_0 = 64;
  public static final int DMS_IMPORT_HOOK_SIZE_1_0 = 64;
  public static final int DMS_INVALID = 1;
  public static final int DMS_JOB_SIZE_1_0 = 56;
  public static final int DMS_LOG_DEBUG = 0;
  public static final int DMS_LOG_ERROR = 3;
  public static final int DMS_LOG_INFO = 1;
  public static final int DMS_LOG_WARNING = 2;
  public static final int DMS_MAX_DOCUMENT = 16777216;
  public static final int DMS_MAX_INPUT = 67108864;
  public static final int DMS_MAX_KEY = 400;
  public static final int DMS_MAX_RECORD = 1048576;
  public static final int DMS_MAX_REPORT = 268435456;
  public static final int DMS_MENU_ENTRY_SIZE_1_0 = 72;
  public static final int DMS_NOT_FOUND = 2;
  public static final int DMS_OK = 0;
  public static final int DMS_PLUGIN_ENTRY_SIZE_1_0 = 48;
  public static final int DMS_PLUGIN_SIZE_1_0 = 56;
  public static final int DMS_REFERENCE_GUARD_SIZE_1_0 = 40;
  public static final int DMS_REFUSED = 5;
  public static final int DMS_RIGHT_SIZE_1_0 = 56;
  public static final int DMS_SCREEN_SIZE_1_0 = 64;
  public static final int DMS_TOO_LARGE = 9;
  public static final int DMS_UNAVAILABLE = 6;
  public static final int DMS_UNSUPPORTED = 8;
  public static final List<String> DMS_STATUS_WORDS = List.of("ok", "invalid", "not_found", "forbidden", "conflict", "refused", "unavailable", "cancelled", "unsupported", "too_large", "failed");

  /** dms_str */
  @FieldOrder({"ptr", "len"})
  public static class Str extends Structure {
    public Pointer ptr;
    public long len;
    public static class ByValue extends Str implements Structure.ByValue {}
    public Str() {}
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_error */
  @FieldOrder({"struct_size", "code", "message"})
  public static class Error extends Structure {
    public int struct_size;
    public int code;
    public byte[] message = new byte[512];
    public Error() {}
    public Error(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_sink */
  @FieldOrder({"context", "write"})
  public static class Sink extends Structure {
    public interface WriteFunction extends Callback { int call(Pointer p0, Str.ByValue p1); }
    public Pointer context;
    public WriteFunction write;
    public Sink() {}
    public Sink(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_stream */
  @FieldOrder({"context", "read"})
  public static class Stream extends Structure {
    public interface ReadFunction extends Callback { long call(Pointer p0, Pointer p1, long p2); }
    public Pointer context;
    public ReadFunction read;
    public Stream() {}
    public Stream(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_call */
  @FieldOrder({"struct_size", "context", "user", "user_name", "locale", "correlation", "channel", "request", "now_us", "may", "cancelled"})
  public static class Call extends Structure {
    public interface MayFunction extends Callback { int call(Pointer p0, Str.ByValue p1); }
    public interface CancelledFunction extends Callback { int call(Pointer p0); }
    public int struct_size;
    public Pointer context;
    public Str user;
    public Str user_name;
    public Str locale;
    public Str correlation;
    public Str channel;
    public Str request;
    public long now_us;
    public MayFunction may;
    public CancelledFunction cancelled;
    public Call() {}
    public Call(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_progress */
  @FieldOrder({"context", "report"})
  public static class Progress extends Structure {
    public interface ReportFunction extends Callback { void call(Pointer p0, long p1, long p2); }
    public Pointer context;
    public ReportFunction report;
    public Progress() {}
    public Progress(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_host */
  @FieldOrder({"struct_size", "abi_major", "abi_minor", "reserved", "context", "name", "version", "get_service"})
  public static class Host extends Structure {
    public interface GetServiceFunction extends Callback { Pointer call(Pointer p0, Str.ByValue p1); }
    public int struct_size;
    public int abi_major;
    public int abi_minor;
    public int reserved;
    public Pointer context;
    public Str name;
    public Str version;
    public GetServiceFunction get_service;
    public Host() {}
    public Host(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_plugin */
  @FieldOrder({"struct_size", "reserved", "context", "init", "activate", "deactivate", "destroy", "get_extension"})
  public static class Plugin extends Structure {
    public interface InitFunction extends Callback { int call(Pointer p0, Pointer p1, Pointer p2); }
    public interface ActivateFunction extends Callback { int call(Pointer p0, Pointer p1, Pointer p2, Pointer p3); }
    public interface DeactivateFunction extends Callback { void call(Pointer p0); }
    public interface DestroyFunction extends Callback { void call(Pointer p0); }
    public interface GetExtensionFunction extends Callback { Pointer call(Pointer p0, Str.ByValue p1); }
    public int struct_size;
    public int reserved;
    public Pointer context;
    public InitFunction init;
    public ActivateFunction activate;
    public DeactivateFunction deactivate;
    public DestroyFunction destroy;
    public GetExtensionFunction get_extension;
    public Plugin() {}
    public Plugin(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_plugin_entry */
  @FieldOrder({"struct_size", "abi_major", "abi_minor", "min_host_minor", "init", "deinit", "describe", "create"})
  public static class PluginEntry extends Structure {
    public interface InitFunction extends Callback { int call(Pointer p0); }
    public interface DeinitFunction extends Callback { void call(); }
    public interface DescribeFunction extends Callback { int call(Pointer p0, Pointer p1); }
    public interface CreateFunction extends Callback { Pointer call(Pointer p0); }
    public int struct_size;
    public int abi_major;
    public int abi_minor;
    public int min_host_minor;
    public InitFunction init;
    public DeinitFunction deinit;
    public DescribeFunction describe;
    public CreateFunction create;
    public PluginEntry() {}
    public PluginEntry(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_absences */
  @FieldOrder({"context", "generation", "list"})
  public static class Absences extends Structure {
    public interface GenerationFunction extends Callback { long call(Pointer p0); }
    public interface ListFunction extends Callback { int call(Pointer p0, Str.ByValue p1, Pointer p2, Pointer p3); }
    public Pointer context;
    public GenerationFunction generation;
    public ListFunction list;
    public Absences() {}
    public Absences(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_audit */
  @FieldOrder({"context", "write"})
  public static class Audit extends Structure {
    public interface WriteFunction extends Callback { int call(Pointer p0, Pointer p1, Str.ByValue p2, Str.ByValue p3, Str.ByValue p4, Pointer p5); }
    public Pointer context;
    public WriteFunction write;
    public Audit() {}
    public Audit(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_contact_completion */
  @FieldOrder({"context", "complete"})
  public static class ContactCompletion extends Structure {
    public interface CompleteFunction extends Callback { int call(Pointer p0, Pointer p1, Str.ByValue p2, Str.ByValue p3, Str.ByValue p4, Pointer p5); }
    public Pointer context;
    public CompleteFunction complete;
    public ContactCompletion() {}
    public ContactCompletion(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_contacts */
  @FieldOrder({"context", "create", "list", "reassign", "end"})
  public static class Contacts extends Structure {
    public interface CreateFunction extends Callback { int call(Pointer p0, Pointer p1, Str.ByValue p2, Str.ByValue p3, Pointer p4, Pointer p5); }
    public interface ListFunction extends Callback { int call(Pointer p0, Str.ByValue p1, Pointer p2, Pointer p3); }
    public interface ReassignFunction extends Callback { int call(Pointer p0, Pointer p1, Str.ByValue p2, Str.ByValue p3, Pointer p4); }
    public interface EndFunction extends Callback { int call(Pointer p0, Pointer p1, Str.ByValue p2, Pointer p3); }
    public Pointer context;
    public CreateFunction create;
    public ListFunction list;
    public ReassignFunction reassign;
    public EndFunction end;
    public Contacts() {}
    public Contacts(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_counts */
  @FieldOrder({"context", "count"})
  public static class Counts extends Structure {
    public interface CountFunction extends Callback { int call(Pointer p0, Pointer p1, Pointer p2, Pointer p3); }
    public Pointer context;
    public CountFunction count;
    public Counts() {}
    public Counts(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_customer_changes */
  @FieldOrder({"context", "get", "change", "take_back"})
  public static class CustomerChanges extends Structure {
    public interface GetFunction extends Callback { int call(Pointer p0, Str.ByValue p1, Pointer p2, Pointer p3); }
    public interface ChangeFunction extends Callback { int call(Pointer p0, Pointer p1, Str.ByValue p2, Str.ByValue p3, long p4, Str.ByValue p5, Pointer p6, Pointer p7); }
    public interface TakeBackFunction extends Callback { int call(Pointer p0, Pointer p1, Str.ByValue p2, long p3, Str.ByValue p4, Pointer p5); }
    public Pointer context;
    public GetFunction get;
    public ChangeFunction change;
    public TakeBackFunction take_back;
    public CustomerChanges() {}
    public CustomerChanges(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_customers */
  @FieldOrder({"context", "find", "get", "create"})
  public static class Customers extends Structure {
    public interface FindFunction extends Callback { int call(Pointer p0, Str.ByValue p1, Pointer p2, Pointer p3); }
    public interface GetFunction extends Callback { int call(Pointer p0, Str.ByValue p1, Pointer p2, Pointer p3); }
    public interface CreateFunction extends Callback { int call(Pointer p0, Pointer p1, Str.ByValue p2, Str.ByValue p3, Pointer p4, Pointer p5); }
    public Pointer context;
    public FindFunction find;
    public GetFunction get;
    public CreateFunction create;
    public Customers() {}
    public Customers(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_directory */
  @FieldOrder({"context", "generation", "users", "locations"})
  public static class Directory extends Structure {
    public interface GenerationFunction extends Callback { long call(Pointer p0); }
    public interface UsersFunction extends Callback { int call(Pointer p0, Pointer p1, Pointer p2); }
    public interface LocationsFunction extends Callback { int call(Pointer p0, Pointer p1, Pointer p2); }
    public Pointer context;
    public GenerationFunction generation;
    public UsersFunction users;
    public LocationsFunction locations;
    public Directory() {}
    public Directory(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_erasure */
  @FieldOrder({"context", "forget"})
  public static class Erasure extends Structure {
    public interface ForgetFunction extends Callback { int call(Pointer p0, Pointer p1, Str.ByValue p2, Pointer p3); }
    public Pointer context;
    public ForgetFunction forget;
    public Erasure() {}
    public Erasure(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_event_handler */
  @FieldOrder({"struct_size", "reserved", "context", "event", "handle"})
  public static class EventHandler extends Structure {
    public interface HandleFunction extends Callback { int call(Pointer p0, Pointer p1, Str.ByValue p2, Pointer p3); }
    public int struct_size;
    public int reserved;
    public Pointer context;
    public Str event;
    public HandleFunction handle;
    public EventHandler() {}
    public EventHandler(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_events */
  @FieldOrder({"context", "add", "remove"})
  public static class Events extends Structure {
    public interface AddFunction extends Callback { long call(Pointer p0, Pointer p1, Pointer p2); }
    public interface RemoveFunction extends Callback { void call(Pointer p0, long p1); }
    public Pointer context;
    public AddFunction add;
    public RemoveFunction remove;
    public Events() {}
    public Events(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_handover */
  @FieldOrder({"context", "open", "hand_over"})
  public static class Handover extends Structure {
    public interface OpenFunction extends Callback { int call(Pointer p0, Pointer p1, Str.ByValue p2, Pointer p3, Pointer p4); }
    public interface HandOverFunction extends Callback { int call(Pointer p0, Pointer p1, Str.ByValue p2, Str.ByValue p3, Str.ByValue p4, Pointer p5, Pointer p6); }
    public Pointer context;
    public OpenFunction open;
    public HandOverFunction hand_over;
    public Handover() {}
    public Handover(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_health */
  @FieldOrder({"context", "check"})
  public static class Health extends Structure {
    public interface CheckFunction extends Callback { int call(Pointer p0, Pointer p1, Pointer p2, Pointer p3); }
    public Pointer context;
    public CheckFunction check;
    public Health() {}
    public Health(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_import_hook */
  @FieldOrder({"struct_size", "reserved", "context", "source", "label", "probe", "run"})
  public static class ImportHook extends Structure {
    public interface ProbeFunction extends Callback { int call(Pointer p0, Str.ByValue p1); }
    public interface RunFunction extends Callback { int call(Pointer p0, Pointer p1, Pointer p2, Str.ByValue p3, Pointer p4, Pointer p5, Pointer p6); }
    public int struct_size;
    public int reserved;
    public Pointer context;
    public Str source;
    public Str label;
    public ProbeFunction probe;
    public RunFunction run;
    public ImportHook() {}
    public ImportHook(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_imports */
  @FieldOrder({"context", "add", "remove"})
  public static class Imports extends Structure {
    public interface AddFunction extends Callback { long call(Pointer p0, Pointer p1, Pointer p2); }
    public interface RemoveFunction extends Callback { void call(Pointer p0, long p1); }
    public Pointer context;
    public AddFunction add;
    public RemoveFunction remove;
    public Imports() {}
    public Imports(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_job */
  @FieldOrder({"struct_size", "interval_s", "context", "id", "label", "run"})
  public static class Job extends Structure {
    public interface RunFunction extends Callback { int call(Pointer p0, Pointer p1, Pointer p2, Pointer p3); }
    public int struct_size;
    public int interval_s;
    public Pointer context;
    public Str id;
    public Str label;
    public RunFunction run;
    public Job() {}
    public Job(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_jobs */
  @FieldOrder({"context", "add", "remove", "wake"})
  public static class Jobs extends Structure {
    public interface AddFunction extends Callback { long call(Pointer p0, Pointer p1, Pointer p2); }
    public interface RemoveFunction extends Callback { void call(Pointer p0, long p1); }
    public interface WakeFunction extends Callback { void call(Pointer p0, Str.ByValue p1); }
    public Pointer context;
    public AddFunction add;
    public RemoveFunction remove;
    public WakeFunction wake;
    public Jobs() {}
    public Jobs(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_log */
  @FieldOrder({"context", "write"})
  public static class Log extends Structure {
    public interface WriteFunction extends Callback { void call(Pointer p0, int p1, Str.ByValue p2); }
    public Pointer context;
    public WriteFunction write;
    public Log() {}
    public Log(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_mail */
  @FieldOrder({"context", "sender", "send", "get", "changed"})
  public static class Mail extends Structure {
    public interface SenderFunction extends Callback { int call(Pointer p0, Pointer p1, Pointer p2); }
    public interface SendFunction extends Callback { int call(Pointer p0, Pointer p1, Str.ByValue p2, Str.ByValue p3, Pointer p4, Pointer p5); }
    public interface GetFunction extends Callback { int call(Pointer p0, Str.ByValue p1, Pointer p2, Pointer p3); }
    public interface ChangedFunction extends Callback { int call(Pointer p0, long p1, int p2, Pointer p3, Pointer p4); }
    public Pointer context;
    public SenderFunction sender;
    public SendFunction send;
    public GetFunction get;
    public ChangedFunction changed;
    public Mail() {}
    public Mail(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_menu_entry */
  @FieldOrder({"struct_size", "order", "path", "label", "right", "screen"})
  public static class MenuEntry extends Structure {
    public int struct_size;
    public int order;
    public Str path;
    public Str label;
    public Str right;
    public Str screen;
    public MenuEntry() {}
    public MenuEntry(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_menu */
  @FieldOrder({"context", "add", "remove"})
  public static class Menu extends Structure {
    public interface AddFunction extends Callback { long call(Pointer p0, Pointer p1, Pointer p2); }
    public interface RemoveFunction extends Callback { void call(Pointer p0, long p1); }
    public Pointer context;
    public AddFunction add;
    public RemoveFunction remove;
    public Menu() {}
    public Menu(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_notifications */
  @FieldOrder({"context", "notify", "withdraw"})
  public static class Notifications extends Structure {
    public interface NotifyFunction extends Callback { int call(Pointer p0, Str.ByValue p1, Str.ByValue p2, Pointer p3); }
    public interface WithdrawFunction extends Callback { int call(Pointer p0, Str.ByValue p1, Pointer p2); }
    public Pointer context;
    public NotifyFunction notify;
    public WithdrawFunction withdraw;
    public Notifications() {}
    public Notifications(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_reference_guard */
  @FieldOrder({"struct_size", "reserved", "context", "prefix", "judge"})
  public static class ReferenceGuard extends Structure {
    public interface JudgeFunction extends Callback { int call(Pointer p0, Pointer p1, Str.ByValue p2, Pointer p3, Pointer p4); }
    public int struct_size;
    public int reserved;
    public Pointer context;
    public Str prefix;
    public JudgeFunction judge;
    public ReferenceGuard() {}
    public ReferenceGuard(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_references */
  @FieldOrder({"context", "add", "remove"})
  public static class References extends Structure {
    public interface AddFunction extends Callback { long call(Pointer p0, Pointer p1, Pointer p2); }
    public interface RemoveFunction extends Callback { void call(Pointer p0, long p1); }
    public Pointer context;
    public AddFunction add;
    public RemoveFunction remove;
    public References() {}
    public References(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_right */
  @FieldOrder({"struct_size", "reserved", "id", "label", "default_roles"})
  public static class Right extends Structure {
    public int struct_size;
    public int reserved;
    public Str id;
    public Str label;
    public Str default_roles;
    public Right() {}
    public Right(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_rights */
  @FieldOrder({"context", "add", "remove"})
  public static class Rights extends Structure {
    public interface AddFunction extends Callback { long call(Pointer p0, Pointer p1, Pointer p2); }
    public interface RemoveFunction extends Callback { void call(Pointer p0, long p1); }
    public Pointer context;
    public AddFunction add;
    public RemoveFunction remove;
    public Rights() {}
    public Rights(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_sales */
  @FieldOrder({"context", "changed", "get"})
  public static class Sales extends Structure {
    public interface ChangedFunction extends Callback { int call(Pointer p0, long p1, int p2, Pointer p3, Pointer p4); }
    public interface GetFunction extends Callback { int call(Pointer p0, Str.ByValue p1, Pointer p2, Pointer p3); }
    public Pointer context;
    public ChangedFunction changed;
    public GetFunction get;
    public Sales() {}
    public Sales(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_screen */
  @FieldOrder({"struct_size", "reserved", "context", "id", "right", "load", "act"})
  public static class Screen extends Structure {
    public interface LoadFunction extends Callback { int call(Pointer p0, Pointer p1, Str.ByValue p2, Pointer p3, Pointer p4); }
    public interface ActFunction extends Callback { int call(Pointer p0, Pointer p1, Str.ByValue p2, Str.ByValue p3, Pointer p4, Pointer p5); }
    public int struct_size;
    public int reserved;
    public Pointer context;
    public Str id;
    public Str right;
    public LoadFunction load;
    public ActFunction act;
    public Screen() {}
    public Screen(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_screens */
  @FieldOrder({"context", "add", "remove"})
  public static class Screens extends Structure {
    public interface AddFunction extends Callback { long call(Pointer p0, Pointer p1, Pointer p2); }
    public interface RemoveFunction extends Callback { void call(Pointer p0, long p1); }
    public Pointer context;
    public AddFunction add;
    public RemoveFunction remove;
    public Screens() {}
    public Screens(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_secrets */
  @FieldOrder({"context", "set"})
  public static class Secrets extends Structure {
    public interface SetFunction extends Callback { int call(Pointer p0, Pointer p1, Str.ByValue p2, Str.ByValue p3, Pointer p4); }
    public Pointer context;
    public SetFunction set;
    public Secrets() {}
    public Secrets(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_settings */
  @FieldOrder({"context", "get"})
  public static class Settings extends Structure {
    public interface GetFunction extends Callback { int call(Pointer p0, Str.ByValue p1, Pointer p2, Pointer p3); }
    public Pointer context;
    public GetFunction get;
    public Settings() {}
    public Settings(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_storage */
  @FieldOrder({"context", "data_directory", "database"})
  public static class Storage extends Structure {
    public interface DataDirectoryFunction extends Callback { int call(Pointer p0, Pointer p1, Pointer p2); }
    public interface DatabaseFunction extends Callback { int call(Pointer p0, Pointer p1, Pointer p2); }
    public Pointer context;
    public DataDirectoryFunction data_directory;
    public DatabaseFunction database;
    public Storage() {}
    public Storage(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_texts */
  @FieldOrder({"context", "translate"})
  public static class Texts extends Structure {
    public interface TranslateFunction extends Callback { int call(Pointer p0, Str.ByValue p1, Str.ByValue p2, Pointer p3); }
    public Pointer context;
    public TranslateFunction translate;
    public Texts() {}
    public Texts(Pointer at) { super(at); read(); }
    public int offsetOf(String member) { return fieldOffset(member); }
  }

  /** dms_plugin_get_entry_function */
  public interface PluginGetEntryFunction extends Callback { Pointer call(); }
}
