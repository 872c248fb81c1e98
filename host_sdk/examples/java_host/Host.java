import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Services over a few maps, and what the plugin registered. A vendor puts the own master data in their place. */
final class Host {
  static final String USERS = """
      [{"id":"admin","name":"Ada Wimmer","active":true,"roles":["admin"],"locations":[]},
       {"id":"leitung","name":"Maria Leitner","active":true,"roles":["manager"],"locations":["wien"]},
       {"id":"verkauf1","name":"Lukas Steiner","active":true,"roles":["sales"],"locations":["wien"]}]""";
  static final String LOCATIONS = """
      [{"id":"wien","name":"Wien","city":"Wien","open":true,"time_zone":"Europe/Vienna","region":"AT-9",
        "opening_hours":[{"days":"1-5","from":"08:00","to":"18:00"}]}]""";

  /** A document without its closing brace, and what the host adds to it. */
  static final class Kept {
    final String document, reference;
    final int number;
    int ended = 0;

    Kept(String document, int number) {
      this.document = document.substring(0, document.length() - 1);
      this.reference = Day.member(document, "reference");
      this.number = number;
    }
    String text() {
      return document + ",\"id\":\"" + number + "\",\"done_us\":" + ended + ",\"result\":\"\"}";
    }
  }

  final Map<String, Kept> customers = new LinkedHashMap<>(), contacts = new LinkedHashMap<>();
  final Map<Long, Pointer> screens = new LinkedHashMap<>(), hooks = new LinkedHashMap<>(), jobs = new LinkedHashMap<>(),
      handlers = new LinkedHashMap<>();
  final Map<Long, String> menus = new LinkedHashMap<>();
  final Map<Long, String[]> rights = new LinkedHashMap<>();
  final Dms.Host raw = new Dms.Host();
  private final Map<String, Pointer> services = new HashMap<>();
  private long handle = 0;

  Host(String folder) {
    services.put("dms.storage/1", Dms.table((Dms.Tell) (c, sink, e) -> put(sink, folder), (Dms.Tell) (c, sink, e) -> Dms.OK));
    services.put("dms.settings/1", Dms.table((Dms.Ask) (c, key, sink, e) ->
        key.text().equals("locale") ? put(sink, "en") : Dms.NOT_FOUND));
    services.put("dms.directory/1", Dms.table((Dms.Number) c -> 1, (Dms.Tell) (c, sink, e) -> put(sink, USERS),
        (Dms.Tell) (c, sink, e) -> put(sink, LOCATIONS)));
    services.put("dms.customers/1", Dms.table((Dms.Ask) (c, query, sink, e) -> put(sink, "[]"),
        (Dms.Ask) (c, id, sink, e) -> get(id.text(), sink),
        (Dms.Make) (c, call, key, document, sink, e) -> create(customers, 10000, key, document, sink)));
    services.put("dms.contacts/1", Dms.table(
        (Dms.Make) (c, call, key, document, sink, e) -> create(contacts, 1, key, document, sink),
        (Dms.Ask) (c, reference, sink, e) -> put(sink, "[" + String.join(",",
            with(reference.text()).stream().map(Kept::text).toList()) + "]"),
        (Dms.Change) (c, call, reference, user, e) -> Dms.OK, // the lists of this host are one
        (Dms.End) (c, call, reference, e) -> {
          with(reference.text()).forEach(one -> one.ended = 1);
          return Dms.OK;
        }));
    services.put("dms.menu/1", registry(menus, item -> Dms.text(item, 8)));
    services.put("dms.rights/1", registry(rights, item -> new String[] {Dms.text(item, 8), Dms.text(item, 40)}));
    services.put("dms.screens/1", registry(screens, item -> item));
    services.put("dms.imports/1", registry(hooks, item -> item));
    services.put("dms.jobs/1", registry(jobs, item -> item));
    services.put("dms.events/1", registry(handlers, item -> item));
    raw.struct_size = raw.size();
    raw.major = 1;
    raw.name = Dms.Str.kept("Java host");
    raw.version = Dms.Str.kept("1.0");
    raw.get_service = (host, id) -> services.get(id.text());
    raw.write();
  }

  /** Of menus and rights the values are taken, of the others the pointer is kept. All have `wake`, jobs use it. */
  private <T> Pointer registry(Map<Long, T> into, java.util.function.Function<Pointer, T> take) {
    return Dms.table((Dms.Add) (c, item, e) -> {
      into.put(++handle, take.apply(item));
      return handle;
    }, (Dms.Remove) (c, which) -> into.remove(which), (Dms.Wake) (c, id) -> {});
  }

  static int put(Pointer sink, String text) {
    return Dms.at(sink, 8).invokeInt(new Object[] {sink.getPointer(0), Dms.Str.of(text)});
  }
  private int get(String id, Pointer sink) {
    for (var one : customers.values()) {
      if (id.equals(String.valueOf(one.number))) return put(sink, one.text());
    }
    return Dms.NOT_FOUND;
  }
  /** What was made under a key is answered again, and never made twice. */
  private static int create(Map<String, Kept> kept, int first, Dms.Str key, Dms.Str document, Pointer sink) {
    var made = kept.computeIfAbsent(key.text(), unused -> new Kept(document.text(), first + kept.size()));
    return put(sink, made.text());
  }
  private List<Kept> with(String reference) {
    var found = new ArrayList<Kept>();
    for (var one : contacts.values()) {
      if (one.reference.equals(reference)) found.add(one);
    }
    return found;
  }
  /** The host itself, which has no role, has every right. */
  boolean may(String role, String right) {
    return role.isEmpty() || rights.values().stream().anyMatch(
        one -> one[0].equals(right) && Arrays.asList(one[1].split(" ")).contains(role));
  }
}
