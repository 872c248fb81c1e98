import com.sun.jna.Pointer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Services over a few maps, and what the plugin registered. A vendor puts the own master data in their place. */
final class Host {
  static final String LOCATIONS = """
      [{"id":"wien","name":"Wien","city":"Wien","open":true,"time_zone":"Europe/Vienna","region":"AT-9",
        "opening_hours":[{"days":"1-5","from":"08:00","to":"18:00"}]}]""";
  /** What this host asks and tells about. */
  static final Set<String> EVENTS = Set.of("user.deactivating", "user.deactivated", "user.activated");

  record Person(String login, String name, String role) {
    String text(boolean active) {
      return "{\"id\":\"%s\",\"name\":\"%s\",\"active\":%s,\"roles\":[\"%s\"],\"locations\":[\"wien\"]}".formatted(login, name, active, role);
    }
  }
  static final Person ADMIN = new Person("admin", "Ada Wimmer", "admin"), MANAGER = new Person("leitung", "Maria Leitner", "manager"),
      SALES = new Person("verkauf1", "Lukas Steiner", "sales"), ITSELF = new Person("", "", "");
  static final List<Person> PEOPLE = List.of(ADMIN, MANAGER, SALES);

  static Person person(String login) {
    return PEOPLE.stream().filter(one -> one.login().equals(login)).findFirst().orElseThrow();
  }

  /** A document without its closing brace and without whose it is, and what the host adds to it. */
  static final class Kept {
    static final String USER = ",\"user\":\"[^\"]*\"|\"user\":\"[^\"]*\",";
    final String document, reference, email;
    final int number;
    String user;
    int ended = 0;

    Kept(String document, int number) {
      this.document = document.substring(0, document.length() - 1).replaceFirst(USER, "");
      this.reference = member(document, "reference");
      this.email = member(document, "email");
      this.user = member(document, "user");
      this.number = number;
    }
    String text() {
      var whose = user.isEmpty() ? "" : ",\"user\":\"" + user + "\"";
      return document + ",\"id\":\"" + number + "\"" + whose + ",\"done_us\":" + ended + ",\"result\":\"\"}";
    }
  }

  final Map<String, Kept> customers = new LinkedHashMap<>(), contacts = new LinkedHashMap<>();
  final Map<Long, DmsInterface.Screen> screens = new LinkedHashMap<>();
  final Map<Long, DmsInterface.ImportHook> hooks = new LinkedHashMap<>();
  final Map<Long, DmsInterface.Job> jobs = new LinkedHashMap<>();
  final Map<Long, DmsInterface.EventHandler> handlers = new LinkedHashMap<>();
  final Map<Long, String> menus = new LinkedHashMap<>(); // their paths
  final Map<Long, String[]> rights = new LinkedHashMap<>();
  final DmsInterface.Host raw = new DmsInterface.Host();
  private final Map<String, Pointer> services = new HashMap<>();
  private final Set<String> gone = new HashSet<>();
  private long handle = 0, generation = 1;

  Host(String folder) {
    offerOwn(folder);
    offerRecords();
    offerRegistries();
    raw.struct_size = raw.size();
    raw.abi_major = DmsInterface.DMS_ABI_MAJOR;
    raw.abi_minor = DmsInterface.DMS_ABI_MINOR;
    Dms.lend(raw.name, "Java host");
    Dms.lend(raw.version, "1.0");
    raw.get_service = (host, id) -> services.get(Dms.text(id));
    raw.write();
  }

  /** The first text or number behind "name": in a document; empty where there is none. A real host has a JSON library. */
  static String member(String document, String name) {
    var found = Pattern.compile('"' + name + "\":\\s*\"?([^\",}\\]]*)").matcher(document);
    return found.find() ? found.group(1) : "";
  }

  private void offerOwn(String folder) {
    var storage = new DmsInterface.Storage();
    storage.data_directory = (c, sink, e) -> put(sink, folder);
    storage.database = (c, sink, e) -> DmsInterface.DMS_OK; // nothing written: a file of its own
    services.put(DmsInterface.DMS_STORAGE_ID, Dms.laid(storage));
    var settings = new DmsInterface.Settings();
    settings.get = (c, key, sink, e) -> Dms.text(key).equals("locale") ? put(sink, "en")
        : Dms.say(e, DmsInterface.DMS_NOT_FOUND, "This setting is not set.");
    services.put(DmsInterface.DMS_SETTINGS_ID, Dms.laid(settings));
    var directory = new DmsInterface.Directory();
    directory.generation = c -> generation;
    directory.users = (c, sink, e) -> put(sink, listed(PEOPLE.stream().map(one -> one.text(!gone.contains(one.login()))).toList()));
    directory.locations = (c, sink, e) -> put(sink, LOCATIONS);
    services.put(DmsInterface.DMS_DIRECTORY_ID, Dms.laid(directory));
  }

  private void offerRecords() {
    var people = new DmsInterface.Customers();
    people.find = (c, query, sink, e) -> put(sink, listed(found(Dms.text(query))));
    people.get = (c, id, sink, e) -> get(Dms.text(id), sink, e);
    people.create = (c, call, key, document, sink, e) -> create(customers, 10000, key, document, sink);
    services.put(DmsInterface.DMS_CUSTOMERS_ID, Dms.laid(people));
    var listedOnes = new DmsInterface.Contacts();
    listedOnes.create = (c, call, key, document, sink, e) -> create(contacts, 1, key, document, sink);
    listedOnes.list = (c, reference, sink, e) -> put(sink, listed(with(reference).stream().map(Kept::text).toList()));
    listedOnes.reassign = (c, call, reference, user, e) -> {
      with(reference).stream().filter(one -> one.ended == 0).forEach(one -> one.user = Dms.text(user));
      return DmsInterface.DMS_OK;
    };
    listedOnes.end = (c, call, reference, e) -> {
      with(reference).forEach(one -> one.ended = 1);
      return DmsInterface.DMS_OK;
    };
    services.put(DmsInterface.DMS_CONTACTS_ID, Dms.laid(listedOnes));
  }

  /** Of menus and rights the values are taken, of the others the pointer is kept. */
  private void offerRegistries() {
    var menu = new DmsInterface.Menu();
    menu.add = (c, item, e) -> add(menus, Dms.text(new DmsInterface.MenuEntry(item).path));
    menu.remove = (c, which) -> menus.remove(which);
    services.put(DmsInterface.DMS_MENU_ID, Dms.laid(menu));
    var granted = new DmsInterface.Rights();
    granted.add = (c, item, e) -> {
      var right = new DmsInterface.Right(item);
      return add(rights, new String[] {Dms.text(right.id), Dms.text(right.default_roles)});
    };
    granted.remove = (c, which) -> rights.remove(which);
    services.put(DmsInterface.DMS_RIGHTS_ID, Dms.laid(granted));
    var shown = new DmsInterface.Screens();
    shown.add = (c, item, e) -> addOnce(screens, new DmsInterface.Screen(item), one -> one.id, e);
    shown.remove = (c, which) -> screens.remove(which);
    services.put(DmsInterface.DMS_SCREENS_ID, Dms.laid(shown));
    var imports = new DmsInterface.Imports();
    imports.add = (c, item, e) -> {
      var hook = new DmsInterface.ImportHook(item);
      if (Dms.text(hook.source).matches("[a-z0-9_]{1,64}")) return addOnce(hooks, hook, one -> one.source, e);
      return refused(e, DmsInterface.DMS_INVALID, "A source is named by a-z, 0-9 and _.");
    };
    imports.remove = (c, which) -> hooks.remove(which);
    services.put(DmsInterface.DMS_IMPORTS_ID, Dms.laid(imports));
    var work = new DmsInterface.Jobs();
    work.add = (c, item, e) -> addOnce(jobs, new DmsInterface.Job(item), one -> one.id, e);
    work.remove = (c, which) -> jobs.remove(which);
    work.wake = (c, id) -> {}; // every job runs when the day says so
    services.put(DmsInterface.DMS_JOBS_ID, Dms.laid(work));
    var events = new DmsInterface.Events();
    events.add = (c, item, e) -> {
      var handler = new DmsInterface.EventHandler(item);
      if (EVENTS.contains(Dms.text(handler.event))) return add(handlers, handler);
      return refused(e, DmsInterface.DMS_UNSUPPORTED, "This host does not tell about that.");
    };
    events.remove = (c, which) -> handlers.remove(which);
    services.put(DmsInterface.DMS_EVENTS_ID, Dms.laid(events));
  }

  private <T> long add(Map<Long, T> into, T item) {
    into.put(++handle, item);
    return handle;
  }
  private <T> long addOnce(Map<Long, T> into, T item, Function<T, DmsInterface.Str> name, Pointer error) {
    var wanted = Dms.text(name.apply(item));
    var taken = into.values().stream().anyMatch(one -> Dms.text(name.apply(one)).equals(wanted));
    return taken ? refused(error, DmsInterface.DMS_REFUSED, "This name is taken.") : add(into, item);
  }
  private static long refused(Pointer error, int status, String sentence) {
    Dms.say(error, status, sentence);
    return 0;
  }

  static int put(Pointer sink, String text) {
    var into = new DmsInterface.Sink(sink);
    return into.write.call(into.context, Dms.lent(text));
  }
  private static String listed(List<String> documents) {
    return "[" + String.join(",", documents) + "]";
  }
  private int get(String id, Pointer sink, Pointer error) {
    for (var one : customers.values()) {
      if (id.equals(String.valueOf(one.number))) return put(sink, one.text());
    }
    return Dms.say(error, DmsInterface.DMS_NOT_FOUND, "There is no such customer.");
  }
  /** By e-mail address alone; a real host compares all that customers.h names. */
  private List<String> found(String query) {
    var wanted = Pattern.compile("\"emails\":\\[([^\\]]*)\\]").matcher(query);
    var emails = wanted.find() ? Arrays.stream(wanted.group(1).split(",")).collect(Collectors.toSet()) : Set.<String>of();
    var limit = member(query, "limit");
    return customers.values().stream().filter(one -> emails.contains('"' + one.email + '"')).map(Kept::text)
        .limit(limit.isEmpty() ? 20 : Long.parseLong(limit)).toList();
  }
  /** What was made under a key is answered again, and never made twice. */
  private static int create(Map<String, Kept> kept, int first, DmsInterface.Str key, DmsInterface.Str document, Pointer sink) {
    var made = kept.computeIfAbsent(Dms.text(key), unused -> new Kept(Dms.text(document), first + kept.size()));
    return put(sink, made.text());
  }
  private List<Kept> with(DmsInterface.Str reference) {
    var wanted = Dms.text(reference);
    return contacts.values().stream().filter(one -> one.reference.equals(wanted)).toList();
  }

  void setActive(String login, boolean active) {
    if (active) gone.remove(login); else gone.add(login);
    ++generation;
  }
  /** The host itself, which has no role, has every right. */
  boolean may(String role, String right) {
    return role.isEmpty() || rights.values().stream().anyMatch(
        one -> one[0].equals(right) && Arrays.asList(one[1].split(" ")).contains(role));
  }
}
