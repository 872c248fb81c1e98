#include "checker/plugin_check/instance.hpp"

#include <dlfcn.h>

namespace dms::checking {

void require(bool holds, const std::string &trouble) {
  if (!holds) throw failure(dms_failed, trouble);
}

std::string said(const dms_error &error, dms_status status) {
  return std::string(error.message) + " (status " + std::to_string(status) + ")";
}

void require_ok(dms_status status, const dms_error &error, const std::string &what) {
  require(status == dms_ok, what + ": " + said(error, status));
}

const dms_plugin_entry &entry_of(const manifest &plugin, void **handle) {
  auto *library = ::dlopen(plugin.library.c_str(), RTLD_NOW | RTLD_LOCAL);
  require(library != nullptr, "the library cannot be loaded: " + std::string(library == nullptr ? ::dlerror() : ""));
  if (handle != nullptr) *handle = library;
  const auto get = reinterpret_cast<dms_plugin_get_entry_function>(::dlsym(library, DMS_PLUGIN_ENTRY_SYMBOL));
  require(get != nullptr, "there is no function " DMS_PLUGIN_ENTRY_SYMBOL);
  const auto *entry = get();
  require(entry != nullptr && entry->struct_size >= DMS_PLUGIN_ENTRY_SIZE_1_0, "there is no entry, or one too small");
  require(entry->abi_major == DMS_ABI_MAJOR, "it is made for another interface");
  return *entry;
}

instance::instance(const manifest &plugin) : entry_(entry_of(plugin)) {
  require_ok(entry_.init(&error), error, "init of the library");
  raw_ = entry_.create(&error);
  require(raw_ != nullptr && raw_->struct_size >= DMS_PLUGIN_SIZE_1_0, "there is no instance, or one too small");
}
instance::~instance() {
  raw_->destroy(raw_);
  entry_.deinit();
}

dms_status instance::activate(watched_host &host, const asker &who) {
  testing::fake_host::calling call(host, who);
  host.closed = false;
  const auto status = raw_->activate(raw_, call.raw(), nullptr, &error);
  return status;
}

void instance::start(watched_host &host) {
  require_ok(init(host), error, "init");
  require_ok(activate(host), error, "activate");
}

bool is_status(dms_status status) {
  return status >= dms_ok && status <= dms_failed;
}

testing::fake_host::answer load(const watched_host &host, const dms_screen &screen, const asker &who,
                                std::string_view parameters) {
  testing::fake_host::calling call(host, who);
  auto came = testing::fake_host::written_by([&](const dms_sink *sink, dms_error *error) {
    return screen.load(screen.context, call.raw(), str(parameters), sink, error);
  });
  require(is_status(came.status), std::string(view(screen.id)) + " answers with no status");
  return came;
}

testing::fake_host::answer act(const watched_host &host, const dms_screen &screen, std::string_view action,
                               std::string_view input, const asker &who) {
  testing::fake_host::calling call(host, who);
  return testing::fake_host::written_by([&](const dms_sink *sink, dms_error *error) {
    return screen.act(screen.context, call.raw(), str(action), str(input), sink, error);
  });
}

testing::fake_host::answer take_in(const watched_host &host, const dms_import_hook &hook, const dms_stream &payload,
                                   const asker &who) {
  testing::fake_host::calling call(host, who);
  return testing::fake_host::written_by([&](const dms_sink *sink, dms_error *error) {
    return hook.run(hook.context, call.raw(), &payload, {}, nullptr, sink, error);
  });
}

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

}  // namespace dms::checking
