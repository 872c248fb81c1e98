import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.ByteArrayOutputStream;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One day of a lead in a host that is not ours; every host of these examples does the same and says the same.
 *
 * <p>Day MANIFEST.json PAYLOAD FOLDER; FOLDER is the plugin's own and is empty. Day MANIFEST.json STEPS.steps FOLDER: any
 * plugin, by steps as in visit_of_the_probe.steps.
 */
public final class Day {
  /** A status, what was written, and the sentence of the error. */
  record Answer(int status, String text, String sentence) {
    String word() {
      return Dms.word(status);
    }
    String orFail() {
      if (status != DmsInterface.DMS_OK) throw new IllegalStateException(word() + ": " + sentence);
      return text;
    }
  }
  interface Body { int call(Pointer sink, Pointer error); }
  private static final Host.Person ADMIN = Host.ADMIN, MANAGER = Host.MANAGER, SALES = Host.SALES, ITSELF = Host.ITSELF;

  private final Host host;

  private Day(Host host) {
    this.host = host;
  }

  private static String member(String document, String name) {
    return Host.member(document, name);
  }

  private Pointer call(Host.Person who, String channel, String request) {
    var call = new DmsInterface.Call();
    call.struct_size = call.size();
    Dms.lend(call.user, who.login());
    Dms.lend(call.user_name, who.name());
    Dms.lend(call.locale, "en");
    Dms.lend(call.correlation, "1");
    Dms.lend(call.channel, channel);
    Dms.lend(call.request, request);
    call.now_us = System.currentTimeMillis() * 1000;
    call.may = (context, right) -> host.may(who.role(), Dms.text(right)) ? 1 : 0;
    call.cancelled = context -> 0;
    return Dms.laid(call);
  }

  /** Collects what is written to a sink; a piece may end inside a character. */
  private static Answer written(Body body) {
    var pieces = new ByteArrayOutputStream();
    var sink = new DmsInterface.Sink();
    sink.write = (context, bytes) -> {
      pieces.writeBytes(Dms.bytes(bytes));
      return DmsInterface.DMS_OK;
    };
    sink.write();
    var error = Dms.error();
    var status = body.call(sink.getPointer(), error.getPointer());
    Reference.reachabilityFence(sink);
    return new Answer(status, pieces.toString(StandardCharsets.UTF_8), Dms.sentence(error));
  }

  /** Null where there is none for this user: what he may not see does not exist. */
  private DmsInterface.Screen screen(Host.Person who, String id) {
    for (var one : host.screens.values()) {
      if (Dms.text(one.id).equals(id)) return one.right.len == 0 || host.may(who.role(), Dms.text(one.right)) ? one : null;
    }
    return null;
  }
  private static final Answer NO_SCREEN = new Answer(DmsInterface.DMS_NOT_FOUND, "", "There is no such screen.");

  private Answer look(Host.Person who, String id, String parameters) {
    var one = screen(who, id);
    if (one == null) return NO_SCREEN;
    var given = Dms.lent(parameters);
    return written((sink, error) -> one.load.call(one.context, call(who, "web", ""), given, sink, error));
  }
  private String load(Host.Person who, String id, String parameters) {
    return look(who, id, parameters).orFail();
  }
  private Answer act(Host.Person who, String id, String action, String input, String request) {
    var one = screen(who, id);
    if (one == null) return NO_SCREEN;
    var named = Dms.lent(action);
    var given = Dms.lent(input);
    return written((sink, error) -> one.act.call(one.context, call(who, "web", request), named, given, sink, error));
  }
  private Answer takeIn(String source, byte[] payload, String name) {
    var hook = host.hooks.values().stream().filter(one -> Dms.text(one.source).equals(source)).findFirst().orElseThrow();
    var at = new int[] {0};
    var stream = new DmsInterface.Stream();
    stream.read = (context, buffer, capacity) -> {
      var count = (int) Math.min(capacity, payload.length - at[0]);
      buffer.write(0, payload, at[0], count);
      at[0] += count;
      return count;
    };
    stream.write();
    var report = written((sink, error) -> hook.run.call(hook.context, call(ITSELF, "folder", ""), stream.getPointer(),
        Dms.lent(name), Pointer.NULL, sink, error));
    Reference.reachabilityFence(stream);
    return report;
  }
  private void takeInLeads(String occasion, byte[] payload) {
    var report = takeIn("siebel_nissan", payload, "leads.xml").orFail();
    var line = new StringBuilder(occasion);
    for (var name : List.of("accepted", "repeated", "quarantined")) line.append(' ').append(name).append(' ').append(member(report, name));
    System.out.println(line);
  }
  private static int rows(String document) {
    var from = document.indexOf("\"rows\":[");
    return from < 0 ? 0 : document.substring(from).split("\"cells\":", -1).length - 1;
  }
  private static String firstId(String document) {
    var found = Pattern.compile("\"id\":\"([0-9]+)\"").matcher(document.substring(document.indexOf("\"rows\":[")));
    return found.find() ? found.group(1) : "";
  }
  private Answer step(Host.Person who, String id, String action, String more) {
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
    for (var job : List.copyOf(host.jobs.values())) {
      var answer = written((sink, error) -> job.run.call(job.context, call(ITSELF, "job", ""), sink, error));
      if (answer.status() != DmsInterface.DMS_OK) ++failures;
    }
    return failures;
  }

  /** Everybody hears of it; the first status that is not ok. */
  private int tell(String event, String login) {
    var first = DmsInterface.DMS_OK;
    for (var handler : List.copyOf(host.handlers.values())) {
      if (!Dms.text(handler.event).equals(event)) continue;
      var data = Dms.lent("{\"user\":\"" + login + "\"}");
      var status = handler.handle.call(handler.context, call(ADMIN, "event", ""), data, Dms.error().getPointer());
      if (first == DmsInterface.DMS_OK) first = status;
    }
    return first;
  }
  /** A plugin may refuse that somebody goes, and is told once he has gone or come. */
  private int setActive(String login, boolean active) {
    var status = active ? DmsInterface.DMS_OK : tell("user.deactivating", login);
    if (status != DmsInterface.DMS_OK) return status;
    host.setActive(login, active);
    tell(active ? "user.activated" : "user.deactivated", login);
    return status;
  }

  /** One step, and how it ended. */
  private int take(String... words) {
    return switch (words[0]) {
      case "load" -> look(Host.person(words[1]), words[2], words[3]).status();
      case "act" -> act(Host.person(words[1]), words[2], words[3], words[4], words[5]).status();
      case "take_in" -> takeIn(words[1], words[2].getBytes(StandardCharsets.UTF_8), "").status();
      case "jobs" -> runJobs() == 0 ? DmsInterface.DMS_OK : DmsInterface.DMS_FAILED;
      default -> setActive(words[1], words[0].equals("activate"));
    };
  }
  private void visit(Path steps) throws Exception {
    for (var line : Files.readAllLines(steps)) {
      var words = line.split("\t");
      System.out.println(words[0] + ": " + Dms.word(take(words)));
    }
  }

  private void day(byte[] payload) {
    System.out.println("menus: " + String.join(" ", new TreeSet<>(host.menus.values())));
    takeInLeads("taken in:", payload);
    takeInLeads("taken in again:", payload);
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

  private static DmsInterface.PluginEntry entryOf(Path manifest, String about) throws Exception {
    var library = manifest.resolveSibling(member(about, "file"));
    var digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(library)));
    if (!digest.equals(member(about, "sha256"))) throw new IllegalStateException("The library is not the manifest's.");
    var nowAndLocal = Map.of(Library.OPTION_OPEN_FLAGS, 2);
    var loaded = NativeLibrary.getInstance(library.toAbsolutePath().toString(), nowAndLocal);
    Dms.keep.add(loaded); // whatever JNA collects it unmaps, and a plugin stays mapped until the process ends
    var entry = loaded.getFunction(DmsInterface.DMS_PLUGIN_ENTRY_SYMBOL).invokePointer(new Object[0]);
    // How long it is and for whom it is made, before the rest is read.
    if (entry.getInt(0) < DmsInterface.DMS_PLUGIN_ENTRY_SIZE_1_0 || entry.getInt(4) != DmsInterface.DMS_ABI_MAJOR) {
      throw new IllegalStateException("Another interface.");
    }
    return new DmsInterface.PluginEntry(entry);
  }

  public static void main(String[] arguments) throws Exception {
    var manifest = Path.of(arguments[0]);
    var about = Files.readString(manifest);
    var host = new Host(arguments[2]);
    var entry = entryOf(manifest, about);
    var error = Dms.error();
    new Answer(entry.init.call(error.getPointer()), "", Dms.sentence(error)).orFail();
    var says = written(entry.describe::call).orFail();
    if (!member(says, "id").equals(member(about, "id"))) throw new IllegalStateException("The library is another plugin.");
    var made = entry.create.call(error.getPointer());
    if (made == null || made.getInt(0) < DmsInterface.DMS_PLUGIN_SIZE_1_0) throw new IllegalStateException("Too small an instance.");
    var plugin = new DmsInterface.Plugin(made);
    var day = new Day(host);
    var status = plugin.init.call(made, host.raw.getPointer(), error.getPointer());
    new Answer(status, "", Dms.sentence(error)).orFail();
    status = plugin.activate.call(made, day.call(ITSELF, "command_line", ""), Pointer.NULL, error.getPointer());
    new Answer(status, "", Dms.sentence(error)).orFail();
    System.out.println("plugin: " + member(about, "id"));
    if (arguments[1].endsWith(".steps")) day.visit(Path.of(arguments[1])); else day.day(Files.readAllBytes(Path.of(arguments[1])));
    plugin.deactivate.call(made);
    plugin.destroy.call(made);
    entry.deinit.call();
    System.out.println("stopped");
  }
}
