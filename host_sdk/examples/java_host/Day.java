import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeSet;

/**
 * One day of a lead in a host that is not ours; every host of these examples does the same and says the same.
 *
 * <p>Day MANIFEST.json PAYLOAD FOLDER; FOLDER is the plugin's own and is empty.
 */
public final class Day {
  /** A status, what was written, and the sentence of the error. */
  record Answer(int status, String text, String sentence) {
    String word() {
      return Dms.STATUS[status >= 0 && status < Dms.STATUS.length ? status : Dms.FAILED];
    }
    String orFail() {
      if (status != Dms.OK) throw new IllegalStateException(word() + ": " + sentence);
      return text;
    }
  }
  record Person(String login, String name, String role) {}
  static final Person ADMIN = new Person("admin", "Ada Wimmer", "admin"), MANAGER = new Person("leitung", "Maria Leitner", "manager"),
      SALES = new Person("verkauf1", "Lukas Steiner", "sales"), ITSELF = new Person("", "", "");

  interface Body { int call(Pointer sink, Pointer error); }

  private final Host host;
  private Pointer plugin;

  private Day(Host host) {
    this.host = host;
  }

  /** The first text or number behind "name": in a document; empty where there is none. A real host has a JSON library. */
  static String member(String document, String name) {
    var found = java.util.regex.Pattern.compile('"' + name + "\":\\s*\"?([^\",}\\]]*)").matcher(document);
    return found.find() ? found.group(1) : "";
  }

  private Pointer call(Person who, String channel, String request) {
    var call = new Dms.Call();
    call.struct_size = call.size();
    call.user = Dms.Str.kept(who.login());
    call.user_name = Dms.Str.kept(who.name());
    call.locale = Dms.Str.kept("en");
    call.correlation = Dms.Str.kept("1");
    call.channel = Dms.Str.kept(channel);
    call.request = Dms.Str.kept(request);
    call.now_us = System.currentTimeMillis() * 1000;
    call.may = (context, right) -> host.may(who.role(), right.text()) ? 1 : 0;
    call.cancelled = context -> 0;
    call.write();
    Dms.keep.add(call);
    return call.getPointer();
  }

  /** Collects what is written to a sink; a piece may end inside a character. */
  private static Answer written(Body body) {
    var pieces = new ByteArrayOutputStream();
    var sink = new Dms.Sink();
    sink.write = (context, bytes) -> {
      pieces.writeBytes(bytes.bytes());
      return Dms.OK;
    };
    sink.write();
    var error = Dms.error();
    var status = body.call(sink.getPointer(), error);
    return new Answer(status, pieces.toString(StandardCharsets.UTF_8), error.getString(8, "UTF-8"));
  }

  private Pointer screen(Person who, String id) {
    for (var one : host.screens.values()) {
      var right = Dms.text(one, 32);
      if (Dms.text(one, 16).equals(id) && (right.isEmpty() || host.may(who.role(), right))) return one;
    }
    throw new IllegalStateException("There is no screen " + id + ".");
  }
  private String load(Person who, String id, String parameters) {
    var one = screen(who, id);
    return written((sink, error) -> Dms.at(one, 48).invokeInt(new Object[] {one.getPointer(8), call(who, "web", ""),
        Dms.Str.of(parameters), sink, error})).orFail();
  }
  private Answer act(Person who, String id, String action, String input, String request) {
    var one = screen(who, id);
    return written((sink, error) -> Dms.at(one, 56).invokeInt(new Object[] {one.getPointer(8), call(who, "web", request),
        Dms.Str.of(action), Dms.Str.of(input), sink, error}));
  }
  private void takeIn(String occasion, byte[] payload) {
    var hook = host.hooks.values().stream().filter(one -> Dms.text(one, 16).equals("siebel_nissan")).findFirst().orElseThrow();
    var at = new int[] {0};
    var stream = new Dms.Stream();
    stream.read = (context, buffer, capacity) -> {
      var count = (int) Math.min(capacity, payload.length - at[0]);
      buffer.write(0, payload, at[0], count);
      at[0] += count;
      return count;
    };
    stream.write();
    var report = written((sink, error) -> Dms.at(hook, 56).invokeInt(new Object[] {hook.getPointer(8),
        call(ITSELF, "folder", ""), stream.getPointer(), Dms.Str.of("leads.xml"), Pointer.NULL, sink, error})).orFail();
    var line = new StringBuilder(occasion);
    for (var name : new String[] {"accepted", "repeated", "quarantined"}) line.append(' ').append(name).append(' ').append(member(report, name));
    System.out.println(line);
  }
  private static int rows(String document) {
    var from = document.indexOf("\"rows\":[");
    return from < 0 ? 0 : document.substring(from).split("\"cells\":", -1).length - 1;
  }
  private static String firstId(String document) {
    var found = java.util.regex.Pattern.compile("\"id\":\"([0-9]+)\"").matcher(document.substring(document.indexOf("\"rows\":[")));
    return found.find() ? found.group(1) : "";
  }
  private Answer step(Person who, String id, String action, String more) {
    var seen = load(who, "leads.lead", "{\"id\":\"" + id + "\"}");
    return act(who, "leads.lead", action, "{\"id\":\"" + id + "\",\"version\":\"" + member(seen, "version") + "\"," + more + "}", "");
  }

  private void work(String id) {
    var seen = load(MANAGER, "leads.lead", "{\"id\":\"" + id + "\"}");
    var assign = "{\"id\":\"" + id + "\",\"version\":\"" + member(seen, "version") + "\",\"user\":\"verkauf1\"}";
    System.out.println("assign: " + act(MANAGER, "leads.lead", "assign", assign, "request-1").word());
    System.out.println("the same request again: " + act(MANAGER, "leads.lead", "assign", assign, "request-1").word());
    System.out.println("another one on the old version: " + act(MANAGER, "leads.lead", "assign", assign, "request-2").word());
    var imported = step(SALES, id, "import", "\"take\":[]");
    System.out.println("import: " + imported.word() + " customer " + member(imported.text(), "customer"));
    System.out.println("contact_result: " + step(SALES, id, "contact_result", "\"result\":\"reached\",\"comment\":\"Grüße\"").word());
    System.out.println("close: " + step(SALES, id, "close", "\"reason\":\"sale\",\"state\":\"won\"").word());
  }

  private int runJobs() {
    var failures = 0;
    for (var job : java.util.List.copyOf(host.jobs.values())) {
      var answer = written((sink, error) ->
          Dms.at(job, 48).invokeInt(new Object[] {job.getPointer(8), call(ITSELF, "job", ""), sink, error}));
      if (answer.status() != Dms.OK) ++failures;
    }
    return failures;
  }

  private void day(byte[] payload) {
    System.out.println("menus: " + String.join(" ", new TreeSet<>(host.menus.values())));
    takeIn("taken in:", payload);
    takeIn("taken in again:", payload);
    System.out.println("seen before anybody may: " + rows(load(MANAGER, "leads.overview", "{\"tab\":\"all\"}")));
    System.out.println("grant: " + act(ADMIN, "leads.settings", "grant",
        "{\"user\":\"leitung\",\"category\":\"siebel_nissan\",\"scope\":\"all\"}", "").word());
    var overview = load(MANAGER, "leads.overview", "{\"tab\":\"all\"}");
    System.out.println("overview: " + rows(overview));
    work(firstId(overview));
    System.out.println("jobs that failed: " + runJobs());
    System.out.println("customers: " + host.customers.size() + " contacts: " + host.contacts.size());
    System.out.println("feedback: " + (rows(load(ADMIN, "leads.feedback_log", "{}")) > 0 ? "True" : "False"));
  }

  public static void main(String[] arguments) throws Exception {
    var manifest = Path.of(arguments[0]);
    var about = Files.readString(manifest);
    var library = manifest.resolveSibling(member(about, "file"));
    var digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(library)));
    if (!digest.equals(member(about, "sha256"))) throw new IllegalStateException("The library is not the manifest's.");
    var host = new Host(arguments[2]);
    var now_and_local = Map.of(Library.OPTION_OPEN_FLAGS, 2);
    var entry = NativeLibrary.getInstance(library.toAbsolutePath().toString(), now_and_local)
        .getFunction("dms_plugin_get_entry").invokePointer(new Object[0]);
    if (entry.getInt(0) < Dms.ENTRY_SIZE_1_0 || entry.getInt(4) != 1) throw new IllegalStateException("Another interface.");
    var error = Dms.error();
    new Answer(Dms.at(entry, 16).invokeInt(new Object[] {error}), "", "init").orFail();
    var day = new Day(host);
    day.plugin = Dms.at(entry, 40).invokePointer(new Object[] {error});
    if (day.plugin == null || day.plugin.getInt(0) < Dms.PLUGIN_SIZE_1_0) throw new IllegalStateException("Too small an instance.");
    var status = Dms.at(day.plugin, 16).invokeInt(new Object[] {day.plugin, host.raw.getPointer(), error});
    new Answer(status, "", error.getString(8, "UTF-8")).orFail();
    status = Dms.at(day.plugin, 24).invokeInt(new Object[] {day.plugin, day.call(ITSELF, "command_line", ""), Pointer.NULL, error});
    new Answer(status, "", error.getString(8, "UTF-8")).orFail();
    System.out.println("plugin: " + member(about, "id"));
    day.day(Files.readAllBytes(Path.of(arguments[1])));
    Dms.at(day.plugin, 32).invokeVoid(new Object[] {day.plugin});
    Dms.at(day.plugin, 40).invokeVoid(new Object[] {day.plugin});
    Dms.at(entry, 24).invokeVoid(new Object[0]);
    System.out.println("stopped");
  }
}
