// Services over a few maps, and what the plugin registered. A vendor puts the own master data in their place.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

class Person {
  public string Login = "", Name = "", Role = "";
  public bool Active = true;

  public string Text() {
    return "{\"id\":\"" + Login + "\",\"name\":\"" + Name + "\",\"active\":" + (Active ? "true" : "false") + ",\"roles\":[\"" +
      Role + "\"],\"locations\":[\"wien\"]}";
  }
}

// A document without its closing brace and without whose it is, and what the host adds to it.
class Kept {
  readonly string document_;
  public readonly string Reference, Email;
  public readonly int Number;
  public string User;
  public int Ended;

  public Kept(string document, int number) {
    document_ = new Regex(",\"user\":\"[^\"]*\"|\"user\":\"[^\"]*\",").Replace(document.Substring(0, document.Length - 1), "", 1);
    Reference = Host.Member(document, "reference");
    Email = Host.Member(document, "email");
    User = Host.Member(document, "user");
    Number = number;
  }
  public string Text() {
    var whose = User == "" ? "" : ",\"user\":\"" + User + "\"";
    return document_ + ",\"id\":\"" + Number + "\"" + whose + ",\"done_us\":" + Ended + ",\"result\":\"\"}";
  }
}

class Host {
  const string Locations = "[{\"id\":\"wien\",\"name\":\"Wien\",\"city\":\"Wien\",\"open\":true,\"time_zone\":\"Europe/Vienna\"," +
    "\"region\":\"AT-9\",\"opening_hours\":[{\"days\":\"1-5\",\"from\":\"08:00\",\"to\":\"18:00\"}]}]";
  // What this host asks and tells about.
  static readonly string[] EventNames = {"user.deactivating", "user.deactivated", "user.activated"};
  public static readonly Person[] People = {new Person {Login = "admin", Name = "Ada Wimmer", Role = "admin"},
    new Person {Login = "leitung", Name = "Maria Leitner", Role = "manager"},
    new Person {Login = "verkauf1", Name = "Lukas Steiner", Role = "sales"}};

  public readonly Dictionary<string, Kept> Customers = new Dictionary<string, Kept>(), Contacts = new Dictionary<string, Kept>();
  public readonly Dictionary<ulong, DmsInterface.Screen> Screens = new Dictionary<ulong, DmsInterface.Screen>();
  public readonly Dictionary<ulong, DmsInterface.ImportHook> Hooks = new Dictionary<ulong, DmsInterface.ImportHook>();
  public readonly Dictionary<ulong, DmsInterface.Job> Jobs = new Dictionary<ulong, DmsInterface.Job>();
  public readonly Dictionary<ulong, DmsInterface.EventHandler> Handlers = new Dictionary<ulong, DmsInterface.EventHandler>();
  public readonly Dictionary<ulong, string> Menus = new Dictionary<ulong, string>(); // their paths
  public readonly Dictionary<ulong, string[]> Rights = new Dictionary<ulong, string[]>();
  public readonly IntPtr Raw;
  readonly Dictionary<string, IntPtr> services_ = new Dictionary<string, IntPtr>();
  ulong handle_;
  long generation_ = 1;

  public Host(string folder) {
    OfferOwn(folder);
    OfferRecords();
    OfferRegistries();
    Raw = Dms.Laid(new DmsInterface.Host {
      struct_size = (uint)System.Runtime.InteropServices.Marshal.SizeOf(typeof(DmsInterface.Host)),
      abi_major = DmsInterface.DMS_ABI_MAJOR, abi_minor = DmsInterface.DMS_ABI_MINOR, name = Dms.Lend("C# host"),
      version = Dms.Lend("1.0"), get_service = Dms.Keep((DmsInterface.HostGetService)((host, id) => {
        IntPtr found;
        return services_.TryGetValue(id.Text(), out found) ? found : IntPtr.Zero;
      }))});
  }

  // The first text or number behind "name": in a document; empty where there is none. A real host has a JSON library.
  public static string Member(string document, string name) {
    var found = Regex.Match(document, "\"" + name + "\":\\s*\"?([^\",}\\]]*)");
    return found.Success ? found.Groups[1].Value : "";
  }

  void OfferOwn(string folder) {
    services_[DmsInterface.DMS_STORAGE_ID] = Dms.Laid(new DmsInterface.Storage {
      data_directory = Dms.Keep((DmsInterface.StorageDataDirectory)((c, sink, e) => Put(sink, folder))),
      database = Dms.Keep((DmsInterface.StorageDatabase)((c, sink, e) => DmsInterface.DMS_OK))}); // a file of its own
    services_[DmsInterface.DMS_SETTINGS_ID] = Dms.Laid(new DmsInterface.Settings {
      get = Dms.Keep((DmsInterface.SettingsGet)((c, key, sink, e) => key.Text() == "locale" ? Put(sink, "en")
        : Dms.Say(e, DmsInterface.DMS_NOT_FOUND, "This setting is not set.")))});
    services_[DmsInterface.DMS_DIRECTORY_ID] = Dms.Laid(new DmsInterface.Directory {
      generation = Dms.Keep((DmsInterface.DirectoryGeneration)(c => generation_)),
      users = Dms.Keep((DmsInterface.DirectoryUsers)((c, sink, e) => Put(sink, Listed(People.Select(one => one.Text()))))),
      locations = Dms.Keep((DmsInterface.DirectoryLocations)((c, sink, e) => Put(sink, Locations)))});
  }

  void OfferRecords() {
    services_[DmsInterface.DMS_CUSTOMERS_ID] = Dms.Laid(new DmsInterface.Customers {
      find = Dms.Keep((DmsInterface.CustomersFind)((c, query, sink, e) => Put(sink, Listed(Found(query.Text()))))),
      get = Dms.Keep((DmsInterface.CustomersGet)((c, id, sink, e) => Get(id.Text(), sink, e))),
      create = Dms.Keep((DmsInterface.CustomersCreate)((c, call, key, document, sink, e) =>
        Create(Customers, 10000, key, document, sink)))});
    services_[DmsInterface.DMS_CONTACTS_ID] = Dms.Laid(new DmsInterface.Contacts {
      create = Dms.Keep((DmsInterface.ContactsCreate)((c, call, key, document, sink, e) =>
        Create(Contacts, 1, key, document, sink))),
      list = Dms.Keep((DmsInterface.ContactsList)((c, reference, sink, e) =>
        Put(sink, Listed(With(reference).Select(one => one.Text()))))),
      reassign = Dms.Keep((DmsInterface.ContactsReassign)((c, call, reference, user, e) => {
        foreach (var one in With(reference).Where(one => one.Ended == 0)) one.User = user.Text();
        return DmsInterface.DMS_OK;
      })),
      end = Dms.Keep((DmsInterface.ContactsEnd)((c, call, reference, e) => {
        foreach (var one in With(reference)) one.Ended = 1;
        return DmsInterface.DMS_OK;
      }))});
  }

  // Of menus and rights the values are taken; of the others the struct stays the plugin's, and may be read when it comes.
  void OfferRegistries() {
    services_[DmsInterface.DMS_MENU_ID] = Dms.Laid(new DmsInterface.Menu {
      add = Dms.Keep((DmsInterface.MenuAdd)((c, item, e) => Add(Menus, Dms.Read<DmsInterface.MenuEntry>(item).path.Text()))),
      remove = Dms.Keep((DmsInterface.MenuRemove)((c, which) => Menus.Remove(which)))});
    services_[DmsInterface.DMS_RIGHTS_ID] = Dms.Laid(new DmsInterface.Rights {
      add = Dms.Keep((DmsInterface.RightsAdd)((c, item, e) => {
        var right = Dms.Read<DmsInterface.Right>(item);
        return Add(Rights, new[] {right.id.Text(), right.default_roles.Text()});
      })),
      remove = Dms.Keep((DmsInterface.RightsRemove)((c, which) => Rights.Remove(which)))});
    services_[DmsInterface.DMS_SCREENS_ID] = Dms.Laid(new DmsInterface.Screens {
      add = Dms.Keep((DmsInterface.ScreensAdd)((c, item, e) => AddOnce(Screens, item, one => one.id, e))),
      remove = Dms.Keep((DmsInterface.ScreensRemove)((c, which) => Screens.Remove(which)))});
    services_[DmsInterface.DMS_IMPORTS_ID] = Dms.Laid(new DmsInterface.Imports {
      add = Dms.Keep((DmsInterface.ImportsAdd)((c, item, e) =>
        Regex.IsMatch(Dms.Read<DmsInterface.ImportHook>(item).source.Text(), "^[a-z0-9_]{1,64}\\z")
          ? AddOnce(Hooks, item, one => one.source, e)
          : Refused(e, DmsInterface.DMS_INVALID, "A source is named by a-z, 0-9 and _."))),
      remove = Dms.Keep((DmsInterface.ImportsRemove)((c, which) => Hooks.Remove(which)))});
    services_[DmsInterface.DMS_JOBS_ID] = Dms.Laid(new DmsInterface.Jobs {
      add = Dms.Keep((DmsInterface.JobsAdd)((c, item, e) => AddOnce(Jobs, item, one => one.id, e))),
      remove = Dms.Keep((DmsInterface.JobsRemove)((c, which) => Jobs.Remove(which))),
      wake = Dms.Keep((DmsInterface.JobsWake)((c, id) => {}))}); // every job runs when the day says so
    services_[DmsInterface.DMS_EVENTS_ID] = Dms.Laid(new DmsInterface.Events {
      add = Dms.Keep((DmsInterface.EventsAdd)((c, item, e) => {
        var handler = Dms.Read<DmsInterface.EventHandler>(item);
        return EventNames.Contains(handler.@event.Text()) ? Add(Handlers, handler)
          : Refused(e, DmsInterface.DMS_UNSUPPORTED, "This host does not tell about that.");
      })),
      remove = Dms.Keep((DmsInterface.EventsRemove)((c, which) => Handlers.Remove(which)))});
  }

  ulong Add<T>(Dictionary<ulong, T> into, T item) {
    into[++handle_] = item;
    return handle_;
  }
  ulong AddOnce<T>(Dictionary<ulong, T> into, IntPtr item, Func<T, DmsInterface.Str> name, IntPtr error) {
    var read = Dms.Read<T>(item);
    var taken = into.Values.Any(one => name(one).Text() == name(read).Text());
    return taken ? Refused(error, DmsInterface.DMS_REFUSED, "This name is taken.") : Add(into, read);
  }
  static ulong Refused(IntPtr error, int status, string sentence) {
    Dms.Say(error, status, sentence);
    return 0;
  }

  static int Put(IntPtr sink, string text) {
    var into = Dms.Read<DmsInterface.Sink>(sink);
    return Dms.At<DmsInterface.SinkWrite>(into.write)(into.context, Dms.Lend(text));
  }
  static string Listed(IEnumerable<string> documents) { return "[" + string.Join(",", documents) + "]"; }
  int Get(string id, IntPtr sink, IntPtr error) {
    var found = Customers.Values.FirstOrDefault(one => one.Number.ToString() == id);
    return found == null ? Dms.Say(error, DmsInterface.DMS_NOT_FOUND, "There is no such customer.") : Put(sink, found.Text());
  }
  // By e-mail address alone; a real host compares all that customers.h names.
  IEnumerable<string> Found(string query) {
    var emails = Regex.Match(query, "\"emails\":\\[([^\\]]*)\\]").Groups[1].Value.Split(',');
    var limit = Member(query, "limit");
    return Customers.Values.Where(one => emails.Contains("\"" + one.Email + "\"")).Select(one => one.Text())
      .Take(limit == "" ? 20 : int.Parse(limit));
  }
  // What was made under a key is answered again, and never made twice.
  static int Create(Dictionary<string, Kept> kept, int first, DmsInterface.Str key, DmsInterface.Str document, IntPtr sink) {
    var name = key.Text();
    if (!kept.ContainsKey(name)) kept[name] = new Kept(document.Text(), first + kept.Count);
    return Put(sink, kept[name].Text());
  }
  List<Kept> With(DmsInterface.Str reference) {
    var wanted = reference.Text();
    return Contacts.Values.Where(one => one.Reference == wanted).ToList();
  }

  public void SetActive(string login, bool active) {
    People.First(one => one.Login == login).Active = active;
    ++generation_;
  }
  // The host itself, which has no role, has every right.
  public bool May(string role, string right) {
    return role == "" || Rights.Values.Any(one => one[0] == right && one[1].Split(' ').Contains(role));
  }
}
