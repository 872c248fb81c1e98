// One day of a lead in a host that is not ours; every host of these examples does the same and says the same.
//
//   day.exe MANIFEST.json PAYLOAD FOLDER            FOLDER is the plugin's own and is empty
//   day.exe MANIFEST.json STEPS.steps FOLDER        any plugin, by steps as in visit_of_the_probe.steps
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

// A status, what was written, and the sentence of the error.
class Answer {
  public int Status;
  public string Text, Sentence;

  public string Word { get { return Dms.Word(Status); } }
  public string OrFail() {
    if (Status != DmsInterface.DMS_OK) throw new InvalidOperationException(Word + ": " + Sentence);
    return Text;
  }
}

class Day {
  [DllImport("libdl.so.2")] static extern IntPtr dlopen(string file, int flags);
  [DllImport("libdl.so.2")] static extern IntPtr dlsym(IntPtr library, string name);

  static readonly Person Admin = Host.People[0], Manager = Host.People[1], Sales = Host.People[2], Itself = new Person();
  readonly Host host_;

  Day(Host host) { host_ = host; }

  static string Member(string document, string name) { return Host.Member(document, name); }

  IntPtr Call(Person who, string channel, string request) {
    return Dms.Laid(new DmsInterface.Call {struct_size = (uint)Marshal.SizeOf(typeof(DmsInterface.Call)),
      user = Dms.Lend(who.Login), user_name = Dms.Lend(who.Name), locale = Dms.Lend("en"), correlation = Dms.Lend("1"),
      channel = Dms.Lend(channel), request = Dms.Lend(request), now_us = (DateTime.UtcNow.Ticks - 621355968000000000) / 10,
      may = Dms.Keep((DmsInterface.CallMay)((context, right) => host_.May(who.Role, right.Text()) ? 1 : 0)),
      cancelled = Dms.Keep((DmsInterface.CallCancelled)(context => 0))});
  }

  // Collects what is written to a sink; a piece may end inside a character.
  static Answer Written(Func<IntPtr, IntPtr, int> body) {
    var pieces = new MemoryStream();
    var sink = Dms.Laid(new DmsInterface.Sink {write = Dms.Keep((DmsInterface.SinkWrite)((context, bytes) => {
      var piece = bytes.Bytes();
      pieces.Write(piece, 0, piece.Length);
      return DmsInterface.DMS_OK;
    }))});
    var error = Dms.NewError();
    var status = body(sink, error);
    return new Answer {Status = status, Text = Encoding.UTF8.GetString(pieces.ToArray()), Sentence = Dms.Sentence(error)};
  }

  // Without one for this user: what he may not see does not exist.
  Answer OnScreen(Person who, string id, Func<DmsInterface.Screen, IntPtr, IntPtr, int> body) {
    var found = host_.Screens.Values.Where(one =>
      one.id.Text() == id && (one.right.len == 0 || host_.May(who.Role, one.right.Text()))).ToList();
    if (found.Count == 0) return new Answer {Status = DmsInterface.DMS_NOT_FOUND, Text = "", Sentence = "There is no such screen."};
    return Written((sink, error) => body(found[0], sink, error));
  }
  Answer Look(Person who, string id, string parameters) {
    return OnScreen(who, id, (one, sink, error) => Dms.At<DmsInterface.ScreenLoad>(one.load)(one.context, Call(who, "web", ""),
      Dms.Lend(parameters), sink, error));
  }
  string Load(Person who, string id, string parameters) { return Look(who, id, parameters).OrFail(); }
  Answer Act(Person who, string id, string action, string input, string request) {
    return OnScreen(who, id, (one, sink, error) => Dms.At<DmsInterface.ScreenAct>(one.act)(one.context,
      Call(who, "web", request), Dms.Lend(action), Dms.Lend(input), sink, error));
  }
  Answer TakeIn(string source, byte[] payload, string name) {
    var hook = host_.Hooks.Values.First(one => one.source.Text() == source);
    var at = 0;
    var stream = Dms.Laid(new DmsInterface.Stream {read = Dms.Keep((DmsInterface.StreamRead)((context, buffer, capacity) => {
      var count = (int)Math.Min(capacity, (ulong)(payload.Length - at));
      Marshal.Copy(payload, at, buffer, count);
      at += count;
      return count;
    }))});
    return Written((sink, error) => Dms.At<DmsInterface.ImportHookRun>(hook.run)(hook.context, Call(Itself, "folder", ""),
      stream, Dms.Lend(name), IntPtr.Zero, sink, error));
  }
  void TakeInLeads(string occasion, byte[] payload) {
    var report = TakeIn("siebel_nissan", payload, "leads.xml").OrFail();
    var names = new[] {"accepted", "repeated", "quarantined"};
    Console.WriteLine(occasion + " " + string.Join(" ", names.Select(name => name + " " + Member(report, name))));
  }
  static int Rows(string document) {
    var from = document.IndexOf("\"rows\":[");
    return from < 0 ? 0 : Regex.Matches(document.Substring(from), "\"cells\":").Count;
  }
  Answer Step(Person who, string id, string action, string more) {
    var version = Member(Load(who, "leads.lead", "{\"id\":\"" + id + "\"}"), "version");
    return Act(who, "leads.lead", action, "{\"id\":\"" + id + "\",\"version\":\"" + version + "\"," + more + "}", "");
  }

  void Work(string id) {
    var version = Member(Load(Manager, "leads.lead", "{\"id\":\"" + id + "\"}"), "version");
    var assign = "{\"id\":\"" + id + "\",\"version\":\"" + version + "\",\"user\":\"verkauf1\"}";
    Console.WriteLine("assign: " + Act(Manager, "leads.lead", "assign", assign, "request-1").Word);
    Console.WriteLine("the same request again: " + Act(Manager, "leads.lead", "assign", assign, "request-1").Word);
    Console.WriteLine("another one on the old version: " + Act(Manager, "leads.lead", "assign", assign, "request-2").Word);
    var imported = Step(Sales, id, "import", "\"take\":[]");
    Console.WriteLine("import: " + imported.Word + " customer " + Member(imported.Text, "customer"));
    Console.WriteLine("contact_result: " + Step(Sales, id, "contact_result", "\"result\":\"reached\",\"comment\":\"Grüße\"").Word);
    Console.WriteLine("close: " + Step(Sales, id, "close", "\"reason\":\"sale\",\"state\":\"won\"").Word);
  }

  int RunJobs() {
    return host_.Jobs.Values.ToList().Count(job => Written((sink, error) => Dms.At<DmsInterface.JobRun>(job.run)(job.context,
      Call(Itself, "job", ""), sink, error)).Status != DmsInterface.DMS_OK);
  }

  // Everybody hears of it; the first status that is not ok.
  int Tell(string name, string login) {
    var first = DmsInterface.DMS_OK;
    foreach (var one in host_.Handlers.Values.Where(one => one.@event.Text() == name).ToList()) {
      var status = Dms.At<DmsInterface.EventHandlerHandle>(one.handle)(one.context, Call(Admin, "event", ""),
        Dms.Lend("{\"user\":\"" + login + "\"}"), Dms.NewError());
      if (first == DmsInterface.DMS_OK) first = status;
    }
    return first;
  }
  // A plugin may refuse that somebody goes, and is told once he has gone or come.
  int SetActive(string login, bool active) {
    var status = active ? DmsInterface.DMS_OK : Tell("user.deactivating", login);
    if (status != DmsInterface.DMS_OK) return status;
    host_.SetActive(login, active);
    Tell(active ? "user.activated" : "user.deactivated", login);
    return status;
  }

  // One step, and how it ended.
  int Take(string[] words) {
    Func<Person> who = () => Host.People.First(one => one.Login == words[1]);
    switch (words[0]) {
      case "load": return Look(who(), words[2], words[3]).Status;
      case "act": return Act(who(), words[2], words[3], words[4], words[5]).Status;
      case "take_in": return TakeIn(words[1], Encoding.UTF8.GetBytes(words[2]), "").Status;
      case "jobs": return RunJobs() == 0 ? DmsInterface.DMS_OK : DmsInterface.DMS_FAILED;
      default: return SetActive(words[1], words[0] == "activate");
    }
  }
  void Visit(string steps) {
    foreach (var words in File.ReadAllLines(steps).Select(line => line.Split('\t'))) {
      Console.WriteLine(words[0] + ": " + Dms.Word(Take(words)));
    }
  }

  void Run(byte[] payload) {
    Console.WriteLine("menus: " + string.Join(" ", host_.Menus.Values.Distinct().OrderBy(path => path, StringComparer.Ordinal)));
    TakeInLeads("taken in:", payload);
    TakeInLeads("taken in again:", payload);
    Console.WriteLine("seen before anybody may: " + Rows(Load(Manager, "leads.overview", "{\"tab\":\"all\"}")));
    Console.WriteLine("grant: " + Act(Admin, "leads.settings", "grant",
      "{\"user\":\"leitung\",\"category\":\"siebel_nissan\",\"scope\":\"all\"}", "").Word);
    var overview = Load(Manager, "leads.overview", "{\"tab\":\"all\"}");
    Console.WriteLine("overview: " + Rows(overview));
    Work(Regex.Match(overview.Substring(overview.IndexOf("\"rows\":[")), "\"id\":\"([0-9]+)\"").Groups[1].Value);
    Console.WriteLine("jobs that failed: " + RunJobs());
    Console.WriteLine("customers: " + host_.Customers.Count + " contacts: " + host_.Contacts.Count);
    Console.WriteLine("feedback: " + (Rows(Load(Admin, "leads.feedback_log", "{}")) > 0));
  }

  static IntPtr EntryOf(string manifest, string about) {
    var library = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(manifest)), Member(about, "file"));
    var digest = BitConverter.ToString(SHA256.Create().ComputeHash(File.ReadAllBytes(library))).Replace("-", "").ToLowerInvariant();
    if (digest != Member(about, "sha256")) throw new InvalidOperationException("The library is not the manifest's.");
    var loaded = dlopen(library, 2); // everything now, nothing for others
    var get = dlsym(loaded, DmsInterface.DMS_PLUGIN_ENTRY_SYMBOL);
    var entry = Dms.At<DmsInterface.PluginGetEntryFunction>(get)();
    // How long it is and for whom it is made, before the rest is read.
    if ((uint)Marshal.ReadInt32(entry) < DmsInterface.DMS_PLUGIN_ENTRY_SIZE_1_0 || Marshal.ReadInt32(entry, 4) != DmsInterface.DMS_ABI_MAJOR) {
      throw new InvalidOperationException("It is made for another interface.");
    }
    return entry;
  }

  static void Main(string[] arguments) {
    var about = File.ReadAllText(arguments[0]);
    var host = new Host(arguments[2]);
    var entry = Dms.Read<DmsInterface.PluginEntry>(EntryOf(arguments[0], about));
    var error = Dms.NewError();
    Action<int> check = status => new Answer {Status = status, Sentence = Dms.Sentence(error)}.OrFail();
    check(Dms.At<DmsInterface.PluginEntryInit>(entry.init)(error));
    var describe = Dms.At<DmsInterface.PluginEntryDescribe>(entry.describe);
    if (Member(Written((sink, at) => describe(sink, at)).OrFail(), "id") != Member(about, "id")) {
      throw new InvalidOperationException("The library is another plugin than its manifest says.");
    }
    var made = Dms.At<DmsInterface.PluginEntryCreate>(entry.create)(error);
    if (made == IntPtr.Zero || (uint)Marshal.ReadInt32(made) < DmsInterface.DMS_PLUGIN_SIZE_1_0) {
      throw new InvalidOperationException("There is no instance. " + Dms.Sentence(error));
    }
    var plugin = Dms.Read<DmsInterface.Plugin>(made);
    check(Dms.At<DmsInterface.PluginInit>(plugin.init)(made, host.Raw, error));
    var day = new Day(host);
    check(Dms.At<DmsInterface.PluginActivate>(plugin.activate)(made, day.Call(Itself, "command_line", ""), IntPtr.Zero, error));
    Console.WriteLine("plugin: " + Member(about, "id"));
    if (arguments[1].EndsWith(".steps")) day.Visit(arguments[1]); else day.Run(File.ReadAllBytes(arguments[1]));
    Dms.At<DmsInterface.PluginDeactivate>(plugin.deactivate)(made);
    Dms.At<DmsInterface.PluginDestroy>(plugin.destroy)(made);
    Dms.At<DmsInterface.PluginEntryDeinit>(entry.deinit)();
    Console.WriteLine("stopped");
  }
}
