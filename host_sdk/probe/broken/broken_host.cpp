// broken_host PROBE.so FOLDER [RULE]: a day of a host that loads the probe and breaks that rule alone, or none. The
// report lies in FOLDER afterwards. --list: every rule that it can break, and which others break along with it.
#include "faults.hpp"

namespace {

// --- the day ---

class day {
 public:
  day(fake_host &host, std::string_view breaks) : host_(host), breaks_(breaks) {}
  void lead(const char *library);

 private:
  bool is(std::string_view rule) const { return breaks_ == rule; }
  void begin(const char *library);
  void look_at_screens();
  void change_things();
  void run_jobs();
  void take_in();
  void judge_references();
  void hear_events();
  void hand_over();
  void ask_for_words();
  void end();
  dms_status load_as(const asker &who, const std::function<void(dms_call &)> &change = {},
                     std::string_view parameters = "{}", const dms_sink *into = nullptr);
  /// Held while a call runs, where that is what is broken.
  std::unique_lock<std::recursive_mutex> hold(std::string_view rule) const {
    return is(rule) ? std::unique_lock(lock_of_host()) : std::unique_lock<std::recursive_mutex>();
  }

  fake_host &host_;
  std::string_view breaks_;
  dms_job late_{};
};

void day::begin(const char *library) {
  auto *opened = ::dlopen(library, RTLD_NOW | RTLD_LOCAL);
  if (opened == nullptr) throw std::runtime_error(::dlerror());
  the_entry = reinterpret_cast<dms_plugin_get_entry_function>(::dlsym(opened, DMS_PLUGIN_ENTRY_SYMBOL))();
  auto error = dms::no_error();
  if (!is("order.library_init")) the_entry->init(&error);
  if (is("process.fork")) {
    if (const auto child = ::fork(); child > 0) {
      int status = 0;
      ::waitpid(child, &status, 0);
      ::_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
    }
  }
  dms::string_sink about;
  if (!is("order.describe")) the_entry->describe(about.get(), &error);
  the_plugin = the_entry->create(&error);
  fake_host::calling itself(host_, {.channel = "command_line"});
  const auto *health = static_cast<const dms_health *>(the_plugin->get_extension(the_plugin, str(DMS_HEALTH_ID)));
  if (is("state.extension")) health->check(health->context, itself.raw(), about.get(), &error);
  if (is("order.init_first")) the_plugin->activate(the_plugin, itself.raw(), nullptr, &error);
  the_plugin->init(the_plugin, &host_.raw, &error);
  if (is("order.init_once")) the_plugin->init(the_plugin, &host_.raw, &error);
  health->check(health->context, itself.raw(), about.get(), &error);
  if (the_plugin->activate(the_plugin, itself.raw(), nullptr, &error) != dms_ok)
    throw std::runtime_error(error.message);
  if (is("order.activate_once")) the_plugin->activate(the_plugin, itself.raw(), nullptr, &error);
}

dms_status day::load_as(const asker &who, const std::function<void(dms_call &)> &change, std::string_view parameters,
                        const dms_sink *into) {
  for (const auto &[handle, screen] : host_.shown) {
    if (view(screen->id) != "dms_probe.report") continue;
    if (!is("may.screen") && !host_.may(who.user, view(screen->right))) return dms_not_found;
    fake_host::calling call(host_, who);
    if (change) change(*call.raw());
    call_of_now = call.raw();
    dms::string_sink document(DMS_MAX_DOCUMENT);
    auto error = dms::no_error();
    const auto held = hold("locks.load");
    const auto status = screen->load(is("screen.context") ? nullptr : screen->context, call.raw(), str(parameters),
                                     is("call.there")  ? nullptr
                                     : into != nullptr ? into
                                                       : document.get(),
                                     &error);
    call_of_now = nullptr;
    return status;
  }
  return dms_not_found;
}

void day::look_at_screens() {
  asker who{.user = "admin", .locale = "de-AT", .name = "Ada Wimmer", .correlation = "1"};
  if (is("call.user")) who.user = "Ada Wimmer";
  if (is("call.user_name")) who.name = "";
  if (is("call.locale")) who.locale = "de_AT.UTF-8";
  if (is("call.correlation")) who.correlation = "";
  if (is("call.channel")) who.channel = "browser";
  if (is("call.request_size")) who.request = std::string(DMS_MAX_KEY + 1, 'r');
  if (is("call.user")) host_.granted[999] = {"dms_probe.see", "", "admin"};
  static int answers;
  const auto change = [&](dms_call &call) {
    if (is("call.size")) call.struct_size = 64;
    if (is("call.functions")) call.cancelled = nullptr;
    if (is("call.user")) call.may = [](void *, dms_str) -> std::int32_t { return 1; };
    if (is("cancelled.value")) call.cancelled = [](void *) -> std::int32_t { return -1; };
    if (is("cancelled.stays")) call.cancelled = [](void *) -> std::int32_t { return answers++ == 0 ? 1 : 0; };
  };
  if (is("call.user")) {
    for (const auto &[handle, screen] : host_.shown) {
      fake_host::calling call(host_, who);
      change(*call.raw());
      dms::string_sink document;
      if (view(screen->id) == "dms_probe.report")
        screen->load(screen->context, call.raw(), str("{}"), document.get(), nullptr);
    }
    return;
  }
  load_as(who, change, is("screen.parameters") ? R"({"page":3})" : R"({"tab":"all","x":["1","2"]})");
  const dms_sink strict{
      nullptr, [](void *, dms_str piece) -> dms_status {
        return piece.len == 0 || (static_cast<unsigned char>(piece.ptr[0]) & 0xC0U) != 0x80U ? dms_ok : dms_invalid;
      }};
  const dms_sink never_empty{nullptr,
                             [](void *, dms_str piece) -> dms_status { return piece.len == 0 ? dms_invalid : dms_ok; }};
  if (is("sink.split")) load_as(who, {}, "{}", &strict);
  if (is("sink.empty")) load_as(who, {}, "{}", &never_empty);
  if (is("threads.stack")) {
    pthread_attr_t small;
    ::pthread_attr_init(&small);
    ::pthread_attr_setstacksize(&small, std::size_t{192} * 1024);
    static day *self;
    self = this;
    pthread_t thread;
    ::pthread_create(
        &thread, &small,
        [](void *) -> void * {
          self->load_as({.user = "admin", .name = "Ada Wimmer"});
          return nullptr;
        },
        nullptr);
    ::pthread_join(thread, nullptr);
  }
  const dms::string_sink narrow(std::size_t{1} << 20);
  load_as(who, {}, R"({"size":"large"})", is("sink.large") ? narrow.get() : nullptr);
  load_as({.user = "verkauf1", .name = "Lukas Steiner"});
}

void day::change_things() {
  const auto act = [&](const char *action, const char *request, const char *input) {
    const auto held = hold("locks.act");
    return host_.act({.user = "admin", .locale = "en", .request = request}, "dms_probe.report", action, input).status;
  };
  act("look", "one", is("screen.input") ? "[]" : "{}");
  if (!host_.contacts.reassign) return;
  act("create", is("call.request_once") ? "one" : "two", "{}");
  if (!is("call.request_once")) act("create", "two", "{}");  // as an impatient person does
}

void day::run_jobs() {
  if (is("may.host") || is("call.job")) {
    for (const auto &[handle, job] : host_.work) {
      fake_host::calling call(host_, {.channel = is("call.job") ? "web" : "job"});
      if (is("may.host")) call.raw()->may = [](void *, dms_str) -> std::int32_t { return 0; };
      dms::string_sink line;
      job->run(job->context, call.raw(), line.get(), nullptr);
    }
    return;
  }
  const auto held = hold("locks.job");
  host_.run_job("dms_probe.look");
  if (is("jobs.pause")) host_.run_job("dms_probe.look");
  if (!breaks_.empty()) return;
  std::this_thread::sleep_for(std::chrono::seconds(host_.work.begin()->second->interval_s));
  host_.run_job("dms_probe.look");
}

void day::take_in() {
  std::string payload = "dms_probe and what follows";
  for (const auto &[handle, hook] : host_.hooks) {
    if (view(hook->source) != "dms_probe") continue;
    hook->probe(hook->context, str(payload));
    if (is("import.whole")) payload = payload.substr(4);
    const auto held = hold("locks.import");
    fake_host::calling call(host_, {.channel = "folder"});
    const dms::string_stream whole(payload);
    dms_stream stream = *whole.get();
    if (is("import.read")) {
      stream.read = [](void *, char *buffer, std::uint64_t capacity) -> std::int64_t {
        buffer[0] = '.';
        return static_cast<std::int64_t>(capacity) + 1;
      };
    }
    static int ends;
    if (is("import.end")) {
      stream.read = [](void *, char *buffer, std::uint64_t) -> std::int64_t {
        buffer[0] = 'd';
        return ends++ % 2;
      };
    }
    dms::string_sink report;
    hook->run(hook->context, call.raw(), &stream, str("p.txt"), nullptr, report.get(), nullptr);
    break;
  }
}

void day::judge_references() {
  for (const auto &[handle, guard] : host_.guards) {
    const auto held = hold("locks.judge");
    fake_host::calling call(host_, {.user = "admin", .name = "Ada Wimmer"});
    dms::string_sink sights;
    guard->judge(guard->context, call.raw(), str(is("references.prefix") ? R"(["lead:1"])" : R"(["dms_probe:1"])"),
                 sights.get(), nullptr);
  }
}

void day::hear_events() {
  const auto tell = [&](const char *event, const json &data) {
    const auto held = hold("locks.event");
    const bool done = std::string_view(event).find("ing") == std::string_view::npos;
    if (done && !is("events.generation")) ++host_.generation;
    host_.tell({.user = "admin", .channel = "event"}, event, data);
  };
  if (!is("events.asked")) tell("user.deactivating", {{"user", "verkauf1"}});
  tell("user.deactivated", is("events.data") ? json{{"id", "verkauf1"}} : json{{"user", "verkauf1"}});
  tell("user.activated", {{"user", "verkauf1"}});
  tell("contact.completed", {{"contact", "0"}, {"reference", "x:1"}, {"result", "reached"}, {"note", ""}});
  tell("customer.merged", {{"customer", "before"}, {"into", "after"}});
  tell("deal.changed", {{"deal", "2026-1"}});
  for (const auto &one : host_.mail_news) {  // those that the probe sent, and others
    const bool reply = one.value("kind", "") == "reply";
    tell(reply ? "mail.received" : "mail.changed",
         {{"mail", reply ? one["mail"] : one["id"]}, {"reference", one.value("reference", "")}});
  }
}

void day::hand_over() {
  const auto *work = static_cast<const dms_handover *>(the_plugin->get_extension(the_plugin, str(DMS_HANDOVER_ID)));
  fake_host::calling call(host_, {.user = "admin", .name = "Ada Wimmer"});
  dms::string_sink open, said;
  work->open(work->context, call.raw(), str(is("handover.kind") ? "person" : "user"), open.get(), nullptr);
  work->hand_over(work->context, call.raw(), str("user"), str("verkauf1"),
                  str(is("handover.to") ? "verkauf1" : "admin"), said.get(), nullptr);
}

void day::ask_for_words() {
  const auto *texts = static_cast<const dms_texts *>(the_plugin->get_extension(the_plugin, str(DMS_TEXTS_ID)));
  const auto word = [&](dms_str key) {
    dms::string_sink text;
    texts->translate(texts->context, str(is("texts.locale") ? "German" : "de-AT"), key, text.get());
  };
  if (host_.bell.contains("label")) {
    word({reinterpret_cast<const char *>(host_.bell["label"].get<std::uintptr_t>()),
          host_.bell["length"].get<std::uint64_t>()});
  }
  if (!is("texts.menu_copied")) {
    for (const auto &[handle, entry] : host_.menus) word(str(entry.label));
  }
  if (!is("texts.right_copied")) {
    for (const auto &[handle, right] : host_.granted) word(str(right.label));
  }
}

void day::end() {
  if (is("host.stays")) host_.raw.name = str("Renamed");
  if (is("services.stay")) {
    host_.audit.write = [](void *, const dms_call *, dms_str, dms_str, dms_str, dms_error *) -> dms_status {
      return dms_ok;
    };
  }
  for (const auto &[handle, job] : host_.work) late_ = *job;
  std::thread still;
  std::atomic<bool> running{false}, left{false};
  if (is("state.ended")) {
    static std::atomic<bool> *is_running, *may_leave;
    is_running = &running, may_leave = &left;
    host_.log.write = [](void *, std::int32_t, dms_str) {
      *is_running = true;
      while (!*may_leave) ::usleep(1000);
    };
    still = std::thread([&] {
      fake_host::calling call(host_, {.channel = "job"});
      dms::string_sink line;
      late_.run(late_.context, call.raw(), line.get(), nullptr);
    });
    while (!running) ::usleep(1000);
  }
  if (!is("order.deactivate")) the_plugin->deactivate(the_plugin);
  left = true;
  if (still.joinable()) still.join();
  if (is("state.gone")) {
    fake_host::calling call(host_, {.channel = "job"});
    dms::string_sink line;
    late_.run(late_.context, call.raw(), line.get(), nullptr);
  }
  if (is("order.deinit")) the_entry->deinit();
  the_plugin->destroy(the_plugin);
  if (!is("order.deinit")) the_entry->deinit();
}

void day::lead(const char *library) {
  begin(library);
  look_at_screens();
  change_things();
  run_jobs();
  take_in();
  judge_references();
  hand_over();
  hear_events();
  ask_for_words();
  end();
}

/// What a host has that has been worked with.
void fill(fake_host &host) {
  host.known_customers["before"] = host.known_customers["after"] = {{"id", "after"}, {"revision", 1}};
  host.deals = json::parse(R"([{"id":"2026-1","customer":"1","sold_on":"2026-11-02","cancelled":false,"change":3},
                               {"id":"2026-2","customer":"2","sold_on":"2026-11-03","cancelled":true,"change":5}])");
  host.absent = json::parse(R"([{"user":"verkauf1","from":"2026-11-02","to":"2026-11-06","deputy":"admin"},
                                {"user":"admin","from":"2026-12-24","to":"2026-12-24"}])");
  host.mail_news = json::parse(R"([{"kind":"mail","id":"m1","reference":"x:1","state":"sent","change":1},
      {"kind":"reply","id":"r1","mail":"m1","reference":"x:1","from":"a@example.org","text":"Yes","change":2}])");
}

int run(const char *library, const std::string &folder, std::string_view rule) {
  fake_host host(folder);
  the_host = &host;
  fill(host);
  put_in_wrapped(host, rule);
  if (rule == "storage.directory") {
    host.storage.data_directory = [](void *, const dms_sink *path, dms_error *) {
      return fake_host::put(path, "somewhere");
    };
  }
  const auto *found =
      std::find_if(std::begin(faults), std::end(faults), [&](const fault &one) { return one.rule == rule; });
  if (!rule.empty() && found == std::end(faults)) {
    std::cerr << "There is no way to break " << rule << ".\n";
    return 2;
  }
  if (!rule.empty() && found->put_in != nullptr) found->put_in(host);
  day(host, rule).lead(library);
  return 0;
}

}  // namespace

int main(int count, char **words) {
  if (count == 2 && std::string_view(words[1]) == "--list") {
    for (const auto &one : faults) std::cout << one.rule << ' ' << one.also << '\n';
    return 0;
  }
  if (count != 3 && count != 4) {
    std::cerr << "usage: broken_host PROBE.so FOLDER [RULE]\n";
    return 2;
  }
  try {
    return run(words[1], words[2], count == 4 ? words[3] : "");
  } catch (const std::exception &reason) {
    std::cerr << reason.what() << '\n';
    return 1;
  }
}
