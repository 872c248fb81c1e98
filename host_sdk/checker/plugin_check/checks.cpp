#include "checker/plugin_check/checks.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>

#include "checker/plugin_check/exports.hpp"
#include "checker/plugin_check/plain_host.hpp"
#include "dms/cpp/json.hpp"

namespace dms::checking {
namespace {

void require(bool holds, const std::string &trouble) {
  if (!holds) throw failure(dms_failed, trouble);
}

std::string said(const dms_error &error, dms_status status) {
  return std::string(error.message) + " (status " + std::to_string(status) + ")";
}

const dms_plugin_entry &entry_of(const manifest &plugin) {
  auto *library = ::dlopen(plugin.library.c_str(), RTLD_NOW | RTLD_LOCAL);
  require(library != nullptr, "the library cannot be loaded: " + std::string(library == nullptr ? ::dlerror() : ""));
  const auto get = reinterpret_cast<dms_plugin_get_entry_function>(::dlsym(library, DMS_PLUGIN_ENTRY_SYMBOL));
  require(get != nullptr, "there is no function " DMS_PLUGIN_ENTRY_SYMBOL);
  const auto *entry = get();
  require(entry != nullptr && entry->struct_size >= DMS_PLUGIN_ENTRY_SIZE_1_0, "there is no entry, or one too small");
  require(entry->abi_major == DMS_ABI_MAJOR, "it is made for another interface");
  return *entry;
}

/// An instance between create and destroy.
class instance {
 public:
  explicit instance(const manifest &plugin) : entry_(entry_of(plugin)) {
    auto error = no_error();
    require(entry_.init(&error) == dms_ok, "init of the library: " + said(error, error.code));
    raw_ = entry_.create(&error);
    require(raw_ != nullptr && raw_->struct_size >= DMS_PLUGIN_SIZE_1_0, "there is no instance, or one too small");
  }
  instance(const instance &) = delete;
  instance &operator=(const instance &) = delete;
  ~instance() {
    raw_->destroy(raw_);
    entry_.deinit();
  }
  dms_status init(plain_host &host) { return raw_->init(raw_, &host.raw(), &error); }
  dms_status activate(const plain_call &call) { return raw_->activate(raw_, call.raw(), nullptr, &error); }
  void deactivate() { raw_->deactivate(raw_); }
  /// Both, or what was said.
  void start(plain_host &host) {
    const plain_call call;
    const auto begun = init(host);
    require(begun == dms_ok, "init: " + said(error, begun));
    const auto status = activate(call);
    require(status == dms_ok, "activate: " + said(error, status));
  }
  dms_plugin *raw() const noexcept { return raw_; }
  dms_error error = no_error();

 private:
  const dms_plugin_entry &entry_;
  dms_plugin *raw_ = nullptr;
};

std::size_t threads() {
  const std::filesystem::directory_iterator tasks("/proc/self/task");
  return static_cast<std::size_t>(std::distance(begin(tasks), end(tasks)));
}

std::string load(const dms_screen &screen, std::string_view parameters, dms_status &status) {
  const plain_call call("admin");
  string_sink document(DMS_MAX_DOCUMENT);
  auto error = no_error();
  status = screen.load(screen.context, call.raw(), str(parameters), document.get(), &error);
  require(status >= dms_ok && status <= dms_failed, std::string(view(screen.id)) + " answers with no status");
  return document.take();
}

// --- the checks ---

void one_export(const subject &of) {
  const auto found = exported_symbols(of.plugin.library);
  require(found.size() == 1 && found.front() == DMS_PLUGIN_ENTRY_SYMBOL,
          "it exports " + std::to_string(found.size()) + " symbols" +
              (found.empty() ? "" : ", among them " + found.back()));
}

void describes_itself(const subject &of) {
  const auto &entry = entry_of(of.plugin);
  string_sink text(DMS_MAX_RECORD);
  auto error = no_error();
  require(entry.init(&error) == dms_ok, "init of the library: " + said(error, error.code));
  require(entry.describe(text.get(), &error) == dms_ok, "describe: " + said(error, error.code));
  const auto read = json_or_null(text.text());
  require(read.is_object() && read.value("id", "") == of.plugin.id && read.value("version", "") == of.plugin.version,
          "library and manifest differ: " + text.text().substr(0, 200));
  entry.deinit();
}

void unknown_extension(const subject &of) {
  const instance made(of.plugin);
  require(made.raw()->get_extension(made.raw(), str("at.example.unknown/9")) == nullptr,
          "an extension that nobody knows is not null");
}

void create_asks_nothing(const subject &of) {
  const instance made(of.plugin);
  // No host was given yet: whoever asks one here has crashed.
}

void wrong_order(const subject &of) {
  plain_host host(of.folder);
  const plain_call call;
  instance made(of.plugin);
  require(made.activate(call) == dms_invalid, "activate before init is not dms_invalid");
  made.deactivate();
  require(made.init(host) == dms_ok, "init: " + said(made.error, made.error.code));
  require(made.init(host) == dms_invalid, "a second init is not dms_invalid");
  made.deactivate();
  require(made.activate(call) == dms_ok, "activate: " + said(made.error, made.error.code));
  require(made.activate(call) == dms_invalid, "a second activate is not dms_invalid");
  made.deactivate();
  made.deactivate();
}

void many_instances(const subject &of) {
  for (int round = 0; round < 50; ++round) const instance made(of.plugin);
}

void on_and_off(const subject &of) {
  plain_host host(of.folder);
  const plain_call call;
  instance made(of.plugin);
  made.start(host);
  made.deactivate();
  const auto before = threads();
  for (int round = 0; round < 5; ++round) {
    require(made.activate(call) == dms_ok, "activate again: " + said(made.error, made.error.code));
    made.deactivate();
    require(host.registrations() == 0, std::to_string(host.registrations()) + " registrations are left behind");
    require(threads() <= before, "a thread is left behind");
  }
}

void newer_host(const subject &of) {
  plain_host host(of.folder);
  host.become_newer();
  instance made(of.plugin);
  made.start(host);
  made.deactivate();
}

void cancelled_start(const subject &of) {
  plain_host host(of.folder);
  const plain_call stopped({}, true), call;
  instance made(of.plugin);
  require(made.init(host) == dms_ok, "init: " + said(made.error, made.error.code));
  const auto status = made.activate(stopped);
  require(status == dms_ok || status == dms_cancelled, "a start that is cancelled: " + said(made.error, status));
  if (status == dms_ok) made.deactivate();
  require(made.activate(call) == dms_ok, "the next start: " + said(made.error, made.error.code));
  made.deactivate();
}

void screens_are_documents(const subject &of) {
  plain_host host(of.folder);
  instance made(of.plugin);
  made.start(host);
  for (const auto &[handle, screen] : host.screens) {
    dms_status status = dms_ok;
    const auto text = load(*screen, "{}", status);
    if (status != dms_ok) continue;
    const auto document = json_or_null(text);
    require(document.is_object() && document.value("schema", "") == "dms.screen/1",
            std::string(view(screen->id)) + " writes no dms.screen/1");
  }
  made.deactivate();
}

/// What nobody should send, and somebody will.
std::vector<std::string> hostile_texts() {
  return {"",
          "null",
          "[]",
          "{",
          "{\"id\":{}}",
          R"({"id":["1","2"],"tab":{"a":1},"page":null,"q":5})",
          R"({"id":"-1","tab":"' OR 1=1 --","cursor":"../../etc/passwd","limit":"99999999999999999999"})",
          "{\"q\":\"\xFF\xFE\"}",
          std::string("{\"q\":\"\0\"}", 9),
          std::string(100'000, '['),
          "{\"q\":\"" + std::string(1'000'000, 'x') + "\"}"};
}

void hostile_input(const subject &of) {
  plain_host host(of.folder);
  instance made(of.plugin);
  made.start(host);
  for (const auto &[handle, screen] : host.screens) {
    for (const auto &text : hostile_texts()) {
      dms_status status = dms_ok;
      load(*screen, text, status);
      for (const auto *action : {"", "no_such_action"}) {
        const plain_call call("admin");
        string_sink result(DMS_MAX_DOCUMENT);
        auto error = no_error();
        status = screen->act(screen->context, call.raw(), str(action), str(text), result.get(), &error);
        require(status != dms_ok, std::string(view(screen->id)) + " does an action that does not exist");
        require(json_or_null(result.text()).value("schema", "") == "dms.result/1",
                std::string(view(screen->id)) + " writes no dms.result/1 for an action that does not exist");
      }
    }
  }
  made.deactivate();
}

void refused_sink(const subject &of) {
  plain_host host(of.folder);
  instance made(of.plugin);
  made.start(host);
  struct {
    int writes = 0;
  } seen;
  const dms_sink full{&seen, [](void *context, dms_str) -> dms_status {
                        ++static_cast<decltype(seen) *>(context)->writes;
                        return dms_too_large;
                      }};
  for (const auto &[handle, screen] : host.screens) {
    dms_status plain = dms_ok;
    load(*screen, "{}", plain);
    if (plain != dms_ok) continue;
    seen.writes = 0;
    const plain_call call("admin");
    auto error = no_error();
    const auto status = screen->load(screen->context, call.raw(), str("{}"), &full, &error);
    require(status == dms_too_large && seen.writes == 1,
            std::string(view(screen->id)) + " goes on writing to a sink that refused, or hides it");
  }
  made.deactivate();
}

void hostile_payloads(const subject &of) {
  plain_host host(of.folder);
  instance made(of.plugin);
  made.start(host);
  for (const auto &[handle, hook] : host.hooks) {
    const std::string source(view(hook->source));
    for (const auto &text : hostile_texts()) {
      const auto sure = hook->probe(hook->context, str(std::string_view(text).substr(0, 4096)));
      require(sure >= 0 && sure <= 100, source + " is sure by " + std::to_string(sure));
      const plain_call call;
      const string_stream payload(text);
      string_sink report(DMS_MAX_REPORT);
      auto error = no_error();
      const auto status = hook->run(hook->context, call.raw(), payload.get(), {}, nullptr, report.get(), &error);
      require(status != dms_ok || json_or_null(report.text()).value("schema", "") == "dms.import_report/1",
              source + " writes no dms.import_report/1");
    }
    const dms_stream broken{nullptr, [](void *, char *, std::uint64_t) -> std::int64_t { return -1; }};
    const plain_call call;
    string_sink report(DMS_MAX_REPORT);
    auto error = no_error();
    require(hook->run(hook->context, call.raw(), &broken, {}, nullptr, report.get(), &error) != dms_ok,
            source + " takes a payload that broke off");
  }
  made.deactivate();
}

void cancelled_jobs(const subject &of) {
  plain_host host(of.folder);
  instance made(of.plugin);
  made.start(host);
  for (const bool cancelled : {false, true}) {
    for (const auto &[handle, job] : host.jobs) {
      const plain_call call({}, cancelled);
      string_sink line(DMS_MAX_RECORD);
      auto error = no_error();
      const auto begun = std::chrono::steady_clock::now();
      const auto status = job->run(job->context, call.raw(), line.get(), &error);
      const auto took = std::chrono::steady_clock::now() - begun;
      require(status == dms_ok || status == dms_cancelled, std::string(view(job->id)) + ": " + said(error, status));
      require(!cancelled || took < std::chrono::seconds(10), std::string(view(job->id)) + " does not listen");
    }
  }
  made.deactivate();
}

std::function<void(const subject &)> without(const std::string &service, bool required) {
  return [service, required](const subject &of) {
    plain_host host(of.folder, {service});
    const plain_call call;
    instance made(of.plugin);
    auto status = made.init(host);
    if (status == dms_ok) status = made.activate(call);
    if (!required) {
      require(status == dms_ok, "it is called optional, but: " + said(made.error, status));
      made.deactivate();
      return;
    }
    require(status != dms_ok, "it is called required, and is not");
    require(made.error.message[0] != '\0', "it fails without a sentence");
    require(host.registrations() == 0, "what it began is not undone");
  };
}

}  // namespace

std::vector<check> checks_of(const manifest &plugin) {
  std::vector<check> all{{"export", "the library exports the one function and nothing else", one_export},
                         {"description", "the library says the same of itself as its manifest", describes_itself},
                         {"create", "an instance is made without a host", create_asks_nothing},
                         {"extension", "an unknown extension is null", unknown_extension},
                         {"order", "calls in another order are dms_invalid and do nothing", wrong_order},
                         {"instances", "instances come and go", many_instances},
                         {"switch", "it can be disabled and enabled, and leaves nothing behind", on_and_off},
                         {"newer_host", "a host of a later minor is as good", newer_host},
                         {"cancelled_start", "a start that is cancelled ends, and the next one works", cancelled_start},
                         {"screens", "what a screen writes is a dms.screen/1", screens_are_documents},
                         {"hostile_input", "whatever parameters, actions and input hold is answered", hostile_input},
                         {"refused_sink", "a sink that takes no more is not written to again", refused_sink},
                         {"hostile_payloads", "whatever a payload holds is answered", hostile_payloads},
                         {"jobs", "jobs run, and end within ten seconds when they are cancelled", cancelled_jobs}};
  for (const auto &service : plugin.optional) {
    all.push_back({"without " + service, "an optional service may be missing", without(service, false)});
  }
  for (const auto &service : plugin.required) {
    all.push_back({"without " + service, "a required service that is missing is named", without(service, true)});
  }
  return all;
}

}  // namespace dms::checking
