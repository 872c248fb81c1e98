// One day of a lead in a host that is not ours; every host of these examples does the same and says the same.
//
//   day.exe MANIFEST.json PAYLOAD FOLDER      FOLDER is the plugin's own and is empty
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

class Person {
  public string Login = "", Name = "", Role = "";
}

// A status, what was written, and the sentence of the error.
class Answer {
  public int Status;
  public string Text, Sentence;

  public string Word { get { return Dms.Status[Status >= 0 && Status < Dms.Status.Length ? Status : Dms.Failed]; } }
  public string OrFail() {
    if (Status != Dms.Ok) throw new InvalidOperationException(Word + ": " + Sentence);
    return Text;
  }
}

class Day {
  [DllImport("libdl.so.2")] static extern IntPtr dlopen(string file, int flags);
  [DllImport("libdl.so.2")] static extern IntPtr dlsym(IntPtr library, string name);

  static readonly Person Admin = new Person {Login = "admin", Name = "Ada Wimmer", Role = "admin"},
    Manager = new Person {Login = "leitung", Name = "Maria Leitner", Role = "manager"},
    Sales = new Person {Login = "verkauf1", Name = "Lukas Steiner", Role = "sales"}, Itself = new Person();
  readonly Host host_;
  readonly List<object> kept_ = new List<object>();

  Day(Host host) { host_ = host; }

  // The first text or number behind "name": in a document; empty where there is none. A real host has a JSON library.
  public static string Member(string document, string name) {
    var found = Regex.Match(document, "\"" + name + "\":\\s*\"?([^\",}\\]]*)");
    return found.Success ? found.Groups[1].Value : "";
  }

  Dms.Call Call(Person who, string channel, string request) {
    var may = (Dms.May)((context, right) => host_.May(who.Role, right.Text()) ? 1 : 0);
    var never = (Dms.Cancelled)(context => 0);
    return new Dms.Call {struct_size = (uint)Marshal.SizeOf(typeof(Dms.Call)), user = Dms.Lend(who.Login),
      user_name = Dms.Lend(who.Name), locale = Dms.Lend("en"), correlation = Dms.Lend("1"), channel = Dms.Lend(channel),
      request = Dms.Lend(request), now_us = (DateTime.UtcNow.Ticks - 621355968000000000) / 10, may = host_.Keep(may),
      cancelled = host_.Keep(never)};
  }

  // Collects what is written to a sink; a piece may end inside a character.
  Answer Written(Func<IntPtr, IntPtr, int> body) {
    var pieces = new MemoryStream();
    var write = (Dms.Write)((context, bytes) => {
      var piece = bytes.Bytes();
      pieces.Write(piece, 0, piece.Length);
      return Dms.Ok;
    });
    var sink = Marshal.AllocHGlobal(16);
    Marshal.WriteIntPtr(sink, IntPtr.Zero);
    Marshal.WriteIntPtr(sink, 8, host_.Keep(write));
    var error = Dms.NewError();
    var status = body(sink, error);
    return new Answer {Status = status, Text = Encoding.UTF8.GetString(pieces.ToArray()), Sentence = Dms.Sentence(error)};
  }

  IntPtr Screen(Person who, string id) {
    return host_.Screens.Values.First(one => {
      var right = Dms.TextAt(one, 32);
      return Dms.TextAt(one, 16) == id && (right == "" || host_.May(who.Role, right));
    });
  }
  string Load(Person who, string id, string parameters) {
    var one = Screen(who, id);
    var call = Call(who, "web", "");
    return Written((sink, error) =>
      Dms.At<Dms.Load>(one, 48)(Marshal.ReadIntPtr(one, 8), ref call, Dms.Lend(parameters), sink, error)).OrFail();
  }
  Answer Act(Person who, string id, string action, string input, string request) {
    var one = Screen(who, id);
    var call = Call(who, "web", request);
    return Written((sink, error) => Dms.At<Dms.Act>(one, 56)(Marshal.ReadIntPtr(one, 8), ref call, Dms.Lend(action),
      Dms.Lend(input), sink, error));
  }
  void TakeIn(string occasion, byte[] payload) {
    var hook = host_.Hooks.Values.First(one => Dms.TextAt(one, 16) == "siebel_nissan");
    var at = 0;
    var read = (Dms.Read)((context, buffer, capacity) => {
      var count = (int)Math.Min(capacity, (ulong)(payload.Length - at));
      Marshal.Copy(payload, at, buffer, count);
      at += count;
      return count;
    });
    var stream = Marshal.AllocHGlobal(16);
    Marshal.WriteIntPtr(stream, IntPtr.Zero);
    Marshal.WriteIntPtr(stream, 8, host_.Keep(read));
    var call = Call(Itself, "folder", "");
    var report = Written((sink, error) => Dms.At<Dms.Import>(hook, 56)(Marshal.ReadIntPtr(hook, 8), ref call, stream,
      Dms.Lend("leads.xml"), IntPtr.Zero, sink, error)).OrFail();
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
    return host_.Jobs.Values.ToList().Count(job => {
      var call = Call(Itself, "job", "");
      return Written((sink, error) => Dms.At<Dms.RunJob>(job, 48)(Marshal.ReadIntPtr(job, 8), ref call, sink, error)).Status != Dms.Ok;
    });
  }

  void Run(byte[] payload) {
    Console.WriteLine("menus: " + string.Join(" ", host_.Menus.Values.Distinct().OrderBy(path => path, StringComparer.Ordinal)));
    TakeIn("taken in:", payload);
    TakeIn("taken in again:", payload);
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
    var get = dlsym(loaded, "dms_plugin_get_entry");
    var entry = ((Dms.GetEntry)Marshal.GetDelegateForFunctionPointer(get, typeof(Dms.GetEntry)))();
    if ((uint)Marshal.ReadInt32(entry) < Dms.EntrySize || Marshal.ReadInt32(entry, 4) != 1) {
      throw new InvalidOperationException("It is made for another interface.");
    }
    return entry;
  }

  static void Main(string[] arguments) {
    var about = File.ReadAllText(arguments[0]);
    var host = new Host(arguments[2]);
    var entry = EntryOf(arguments[0], about);
    var error = Dms.NewError();
    Action<int> check = status => new Answer {Status = status, Sentence = Dms.Sentence(error)}.OrFail();
    check(Dms.At<Dms.Init>(entry, 16)(error));
    var plugin = Dms.At<Dms.Create>(entry, 40)(error);
    if (plugin == IntPtr.Zero || (uint)Marshal.ReadInt32(plugin) < Dms.PluginSize) throw new InvalidOperationException(Dms.Sentence(error));
    check(Dms.At<Dms.InitPlugin>(plugin, 16)(plugin, host.Raw, error));
    var day = new Day(host);
    var call = day.Call(Itself, "command_line", "");
    check(Dms.At<Dms.Activate>(plugin, 24)(plugin, ref call, IntPtr.Zero, error));
    Console.WriteLine("plugin: " + Member(about, "id"));
    day.Run(File.ReadAllBytes(arguments[1]));
    Dms.At<Dms.Leave>(plugin, 32)(plugin);
    Dms.At<Dms.Leave>(plugin, 40)(plugin);
    Dms.At<Dms.End>(entry, 24)();
    Console.WriteLine("stopped");
  }
}
