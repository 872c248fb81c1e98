// Services over a few maps, and what the plugin registered. A vendor puts the own master data in their place.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

class Kept {
  public string Document, Reference;
  public int Number, Ended;

  // The document without its closing brace, and what the host adds to it.
  public string Text() {
    return Document + ",\"id\":\"" + Number + "\",\"done_us\":" + Ended + ",\"result\":\"\"}";
  }
}

class Host {
  const string Users = "[{\"id\":\"admin\",\"name\":\"Ada Wimmer\",\"active\":true,\"roles\":[\"admin\"],\"locations\":[]}," +
    "{\"id\":\"leitung\",\"name\":\"Maria Leitner\",\"active\":true,\"roles\":[\"manager\"],\"locations\":[\"wien\"]}," +
    "{\"id\":\"verkauf1\",\"name\":\"Lukas Steiner\",\"active\":true,\"roles\":[\"sales\"],\"locations\":[\"wien\"]}]";
  const string Locations = "[{\"id\":\"wien\",\"name\":\"Wien\",\"city\":\"Wien\",\"open\":true,\"time_zone\":\"Europe/Vienna\"," +
    "\"region\":\"AT-9\",\"opening_hours\":[{\"days\":\"1-5\",\"from\":\"08:00\",\"to\":\"18:00\"}]}]";

  public readonly Dictionary<string, Kept> Customers = new Dictionary<string, Kept>(), Contacts = new Dictionary<string, Kept>();
  public readonly Dictionary<ulong, IntPtr> Screens = new Dictionary<ulong, IntPtr>(), Hooks = new Dictionary<ulong, IntPtr>(),
    Jobs = new Dictionary<ulong, IntPtr>(), Handlers = new Dictionary<ulong, IntPtr>();
  public readonly Dictionary<ulong, string> Menus = new Dictionary<ulong, string>();
  public readonly Dictionary<ulong, string[]> Rights = new Dictionary<ulong, string[]>();
  public readonly IntPtr Raw;
  readonly Dictionary<string, IntPtr> services_ = new Dictionary<string, IntPtr>();
  readonly List<Delegate> kept_ = new List<Delegate>();
  ulong handle_;

  public Host(string folder) {
    services_["dms.storage/1"] = Table((Dms.Tell)((c, sink, e) => Put(sink, folder)), (Dms.Tell)((c, sink, e) => Dms.Ok));
    services_["dms.settings/1"] = Table((Dms.Ask)((c, key, sink, e) => key.Text() == "locale" ? Put(sink, "en") : Dms.NotFound));
    services_["dms.directory/1"] = Table((Dms.Number)(c => 1), (Dms.Tell)((c, sink, e) => Put(sink, Users)),
      (Dms.Tell)((c, sink, e) => Put(sink, Locations)));
    services_["dms.customers/1"] = Table((Dms.Ask)((c, query, sink, e) => Put(sink, "[]")),
      (Dms.Ask)((c, id, sink, e) => Get(id.Text(), sink)),
      (Dms.Make)((c, call, key, document, sink, e) => Create(Customers, 10000, key, document, sink)));
    services_["dms.contacts/1"] = Table((Dms.Make)((c, call, key, document, sink, e) => Create(Contacts, 1, key, document, sink)),
      (Dms.Ask)((c, reference, sink, e) => Put(sink, "[" + string.Join(",", With(reference.Text()).Select(one => one.Text())) + "]")),
      (Dms.Reassign)((c, call, reference, user, e) => Dms.Ok), // the lists of this host are one
      (Dms.EndAll)((c, call, reference, e) => {
        foreach (var one in With(reference.Text())) one.Ended = 1;
        return Dms.Ok;
      }));
    services_["dms.menu/1"] = Registry(Menus, item => Dms.TextAt(item, 8));
    services_["dms.rights/1"] = Registry(Rights, item => new[] {Dms.TextAt(item, 8), Dms.TextAt(item, 40)});
    services_["dms.screens/1"] = Registry(Screens, item => item);
    services_["dms.imports/1"] = Registry(Hooks, item => item);
    services_["dms.jobs/1"] = Registry(Jobs, item => item);
    services_["dms.events/1"] = Registry(Handlers, item => item);
    var find = (Dms.GetService)((host, id) => {
      IntPtr found;
      return services_.TryGetValue(id.Text(), out found) ? found : IntPtr.Zero;
    });
    var raw = new Dms.Host {struct_size = (uint)Marshal.SizeOf(typeof(Dms.Host)), abi_major = 1, name = Dms.Lend("C# host"),
      version = Dms.Lend("1.0"), get_service = Keep(find)};
    Raw = Marshal.AllocHGlobal((int)raw.struct_size);
    Marshal.StructureToPtr(raw, Raw, false);
  }

  public IntPtr Keep(Delegate function) {
    kept_.Add(function);
    return Marshal.GetFunctionPointerForDelegate(function);
  }
  // A table of functions: its context, which is null here, then one pointer each.
  IntPtr Table(params Delegate[] functions) {
    var memory = Marshal.AllocHGlobal(8 * (functions.Length + 1));
    Marshal.WriteIntPtr(memory, IntPtr.Zero);
    for (var at = 0; at < functions.Length; ++at) Marshal.WriteIntPtr(memory, 8 * (at + 1), Keep(functions[at]));
    return memory;
  }
  // Of menus and rights the values are taken, of the others the pointer is kept. All have `wake`, jobs use it.
  IntPtr Registry<T>(Dictionary<ulong, T> into, Func<IntPtr, T> take) {
    return Table((Dms.Add)((c, item, e) => {
      into[++handle_] = take(item);
      return handle_;
    }), (Dms.Remove)((c, which) => into.Remove(which)), (Dms.Wake)((c, id) => {}));
  }

  static int Put(IntPtr sink, string text) {
    return Dms.At<Dms.Write>(sink, 8)(Marshal.ReadIntPtr(sink), Dms.Lend(text));
  }
  int Get(string id, IntPtr sink) {
    var found = Customers.Values.FirstOrDefault(one => one.Number.ToString() == id);
    return found == null ? Dms.NotFound : Put(sink, found.Text());
  }
  // What was made under a key is answered again, and never made twice.
  static int Create(Dictionary<string, Kept> kept, int first, Dms.Str key, Dms.Str document, IntPtr sink) {
    var name = key.Text();
    if (!kept.ContainsKey(name)) {
      var text = document.Text();
      kept[name] = new Kept {Document = text.Substring(0, text.Length - 1), Reference = Day.Member(text, "reference"),
        Number = first + kept.Count};
    }
    return Put(sink, kept[name].Text());
  }
  List<Kept> With(string reference) { return Contacts.Values.Where(one => one.Reference == reference).ToList(); }
  // The host itself, which has no role, has every right.
  public bool May(string role, string right) {
    return role == "" || Rights.Values.Any(one => one[0] == right && one[1].Split(' ').Contains(role));
  }
}
