// A plugin that stands between a host and another plugin and writes down what they say to each other.
//
// The other's library is named by the environment, DMS_RECORDED; then this one passes for it, and the manifest is the
// other's with this library in it. Or by the setting "dms_recorder.library": then this one is "dms_recorder" and loads
// the other when the host init's it. The lines go to DMS_RECORDING, or "dms_recorder.file", or dms_recording.jsonl in
// the data directory.
#include <dlfcn.h>

#include <atomic>
#include <cstdlib>
#include <map>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/host.hpp"
#include "recorder/tables.hpp"

namespace dms::recording {
namespace {

/// The entry of that library; it stays mapped until the process ends.
const dms_plugin_entry &entry_of(const std::string &file) {
  auto *library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr)
    throw failure(dms_not_found, "The recorded plugin cannot be loaded: " + std::string(::dlerror()) + ".");
  const auto get = reinterpret_cast<dms_plugin_get_entry_function>(::dlsym(library, DMS_PLUGIN_ENTRY_SYMBOL));
  const auto *found = get == nullptr ? nullptr : get();
  if (found == nullptr || found->struct_size < DMS_PLUGIN_ENTRY_SIZE_1_0 || found->abi_major != DMS_ABI_MAJOR) {
    throw failure(dms_unsupported, "The recorded library is no plugin for this interface.");
  }
  return *found;
}

const char *variable(const char *name) {
  const char *value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : nullptr;
}

/// The file that the environment names, where none is open yet.
void open_named() {
  if (const auto *file = variable("DMS_RECORDING"); file != nullptr && !journal::only().is_open())
    journal::only().open(file);
}

/// The other plugin, where the environment names it; else null.
const dms_plugin_entry *named_by_environment() {
  const auto *file = variable("DMS_RECORDED");
  return file == nullptr ? nullptr : &entry_of(file);
}

class recorder {
 public:
  recorder() {
    raw_ = dms_plugin{sizeof(dms_plugin), 0, this, &init, &activate, &deactivate, &destroy, &get_extension};
    open_named();
    if (const auto *other = named_by_environment()) make(*other, nullptr);
  }
  recorder(const recorder &) = delete;
  recorder &operator=(const recorder &) = delete;
  dms_plugin *raw() noexcept { return &raw_; }

 private:
  static recorder &of(void *context) { return *static_cast<recorder *>(context); }

  void make(const dms_plugin_entry &other, const dms_host *from) {
    auto error = no_error();
    if (from != nullptr) check(other.init(&error), error);
    const entry line(direction::to_plugin, "entry", "", "create");
    inside_ = other.create(&error);
    if (inside_ == nullptr)
      throw failure(dms_failed, error.message[0] != '\0' ? error.message : "The recorded plugin makes no instance.");
    made_by_us_ = from != nullptr ? &other : nullptr;
  }

  /// With a host there are settings: what the environment left open.
  void settle(const dms_host *from) {
    const host given(from);
    const settings values(given.service<dms_settings>(DMS_SETTINGS_ID));
    if (!journal::only().is_open()) {
      const auto *storage = given.service<dms_storage>(DMS_STORAGE_ID);
      auto file = values.get("dms_recorder.file").value_or("");
      if (file.empty() && storage != nullptr) {
        file = written([&](const dms_sink *sink, dms_error *error) {
                 return storage->data_directory(storage->context, sink, error);
               }) +
               "/dms_recording.jsonl";
      }
      if (file.empty()) {
        throw failure(dms_invalid,
                      "There is no file for the recording: name one in DMS_RECORDING or in dms_recorder.file.");
      }
      journal::only().open(file);
    }
    if (inside_ != nullptr) return;
    const auto library = values.get("dms_recorder.library");
    if (!library)
      throw failure(dms_invalid, "Nothing is recorded: set dms_recorder.library to the path of a plugin's library.");
    make(entry_of(*library), from);
  }

  static dms_status init(dms_plugin *raw, const dms_host *from, dms_error *error) noexcept {
    auto &self = of(raw->context);
    return barrier(error, [&]() -> dms_status {
      self.settle(from);
      self.from_ = from;
      std::memcpy(&self.host_, from, std::min<std::size_t>(from->struct_size, sizeof self.host_));
      self.host_.struct_size = std::min(from->struct_size, static_cast<std::uint32_t>(sizeof self.host_));
      self.host_.context = &self;
      self.host_.get_service = &get_service;
      entry line(direction::to_plugin, "plugin", "", "init");
      const auto status = self.inside_->init(self.inside_, &self.host_, error);
      line.ends_with(status);
      return status;
    });
  }
  static dms_status activate(dms_plugin *raw, const dms_call *who, const dms_progress *progress,
                             dms_error *error) noexcept {
    auto *inside = of(raw->context).inside_;
    if (inside == nullptr) return fail(error, dms_invalid, "The host calls the plugin in the wrong order.");
    entry line(direction::to_plugin, "plugin", "", "activate");
    line.note(who);
    const auto status = inside->activate(inside, who, progress, error);
    line.ends_with(status);
    return status;
  }
  static void deactivate(dms_plugin *raw) noexcept {
    auto *inside = of(raw->context).inside_;
    if (inside == nullptr) return;
    const entry line(direction::to_plugin, "plugin", "", "deactivate");
    inside->deactivate(inside);
  }
  static void destroy(dms_plugin *raw) noexcept {
    auto *self = &of(raw->context);
    if (self->inside_ != nullptr) {
      const entry line(direction::to_plugin, "plugin", "", "destroy");
      self->inside_->destroy(self->inside_);
    }
    if (self->made_by_us_ != nullptr) self->made_by_us_->deinit();
    barrier(nullptr, [&] { self->tell_of_losses(); });
    delete self;
  }
  /// A recording with a gap says so in the host's log.
  void tell_of_losses() const {
    const auto lost = journal::only().lost();
    if (lost == 0 || from_ == nullptr) return;
    const auto *log = host(from_).service<dms_log>(DMS_LOG_ID);
    if (log == nullptr) return;
    const auto line = "The recording lacks " + std::to_string(lost) + " lines that could not be written.";
    log->write(log->context, dms_log_warning, str(line));
  }
  static const void *get_extension(dms_plugin *raw, dms_str id) noexcept {
    auto &self = of(raw->context);
    if (self.inside_ == nullptr) return nullptr;
    entry line(direction::to_plugin, "plugin", "", "get_extension");
    line.note("id", id);
    const auto *found = self.inside_->get_extension(self.inside_, id);
    line.answers(found != nullptr ? 1 : 0);
    return self.once(found, id, &extension_between);
  }
  static const void *get_service(const dms_host *from, dms_str id) noexcept {
    auto &self = of(from->context);
    entry line(direction::to_host, "host", "", "get_service");
    line.note("id", id);
    const auto *found = self.from_->get_service(self.from_, id);
    line.answers(found != nullptr ? 1 : 0);
    return self.once(found, id, &service_between);
  }
  /// The same table stands before the same one, however often it is asked for.
  const void *once(const void *inside, dms_str id, const void *(*make)(std::string_view, const void *, keeper &)) {
    const std::lock_guard lock(mutex_);
    auto &made = tables_[{std::string(view(id)), inside}];
    if (made == nullptr) made = make(view(id), inside, keeper_);
    return made;
  }

  dms_plugin raw_{};
  dms_host host_{};
  const dms_host *from_ = nullptr;
  dms_plugin *inside_ = nullptr;
  const dms_plugin_entry *made_by_us_ = nullptr;  ///< init'ed by this instance, and deinit'ed with it
  keeper keeper_;
  std::mutex mutex_;
  std::map<std::pair<std::string, const void *>, const void *> tables_;
};

std::atomic<int> library_inits{0};

dms_status init(dms_error *error) noexcept {
  return barrier(error, [&]() -> dms_status {
    const auto *other = named_by_environment();
    entry line(direction::to_plugin, "entry", "", "init");
    const auto status = other == nullptr ? dms_ok : other->init(error);
    line.ends_with(status);
    if (status == dms_ok) ++library_inits;
    return status;
  });
}
/// After the last one nothing is left in memory: a host may unmap the library, though it should not.
void deinit() noexcept {
  barrier(nullptr, [] {
    const entry line(direction::to_plugin, "entry", "", "deinit");
    if (const auto *other = named_by_environment()) other->deinit();
  });
  if (--library_inits > 0) return;
  barrier(nullptr, [] { open_named(); });  // what was said before an instance was made
  barrier(nullptr, [] { journal::only().close(); });
}
dms_status describe(const dms_sink *sink, dms_error *error) noexcept {
  return barrier(error, [&]() -> dms_status {
    entry line(direction::to_plugin, "entry", "", "describe");
    const auto *into = line.count(sink);
    if (const auto *other = named_by_environment()) return other->describe(into, error);
    write(*into, R"({"id":"dms_recorder","version":"1.0.0","name":"Recorder of the interface"})");
    return dms_ok;
  });
}

}  // namespace
}  // namespace dms::recording

extern "C" DMS_EXPORT const dms_plugin_entry *dms_plugin_get_entry(void) {
  static constexpr dms_plugin_entry entry{sizeof(dms_plugin_entry),
                                          DMS_ABI_MAJOR,
                                          DMS_ABI_MINOR,
                                          0,
                                          &dms::recording::init,
                                          &dms::recording::deinit,
                                          &dms::recording::describe,
                                          [](dms_error *error) noexcept -> dms_plugin * {
                                            dms_plugin *made = nullptr;
                                            dms::barrier(error, [&] { made = (new dms::recording::recorder)->raw(); });
                                            return made;
                                          }};
  return &entry;
}
