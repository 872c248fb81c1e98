// fake_plugin.hpp - a whole plugin in the program itself, for tests of a host without a library: what it answers is
// said by the test, and what the host called is written down.
//
//   dms::testing::fake_plugin says;
//   says.document = R"({"schema":"dms.screen/1",...})";
//   my_host.start(dms::testing::entry_of(says));
//
// It registers a menu entry, a right, the screen "fake.screen", the source "fake_feed", the job "fake.job", a handler
// of each event and the guard of "fake:", as far as the host has registries. One at a time.
#pragma once

#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "events.hpp"
#include "plugin.hpp"

namespace dms::testing {

struct fake_plugin {
  std::string document = R"({"schema":"dms.screen/1","id":"fake.screen","title":"Fake","blocks":[]})";
  dms_status loads = dms_ok, acts = dms_ok, handles = dms_ok, starts = dms_ok;
  std::string result = R"({"schema":"dms.result/1","status":"ok","message":"Done."})";
  std::string report =
      R"({"schema":"dms.import_report/1","receipt":"1","accepted":0,"repeated":0,"legacy":0,"quarantined":0,"items":[]})";

  /// "load fake.screen {}", "act fake.screen save {}", "run fake.job" and so on, in the order in which they came.
  std::vector<std::string> heard() const {
    const std::lock_guard lock(mutex_);
    return heard_;
  }
  void hear(std::string line) {
    const std::lock_guard lock(mutex_);
    heard_.push_back(std::move(line));
  }
  /// Where the newest instance finds what it says.
  static fake_plugin *&now() {
    static fake_plugin *only = nullptr;
    return only;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> heard_;
};

namespace fakes {

inline void answer_with(dms_status status) {
  if (status != dms_ok) throw failure(status, "The test wants it so.");
}
inline std::string words(std::initializer_list<std::string_view> all) {
  std::string line;
  for (const auto word : all) line.append(line.empty() ? "" : " ").append(word);
  return line;
}

class fake_screen : public screen {
 public:
  explicit fake_screen(fake_plugin &says) : says_(says) {}
  std::string id() const override { return "fake.screen"; }
  std::string right() const override { return "fake.see"; }
  std::string load(const call &, std::string_view parameters) override {
    says_.hear(words({"load", id(), parameters}));
    answer_with(says_.loads);
    return says_.document;
  }
  answer act(const call &, std::string_view action, std::string_view input) override {
    says_.hear(words({"act", id(), action, input}));
    return {says_.acts, says_.result};
  }

 private:
  fake_plugin &says_;
};

class fake_feed : public import_hook {
 public:
  explicit fake_feed(fake_plugin &says) : says_(says) {}
  std::string source() const override { return "fake_feed"; }
  std::string label() const override { return "Fake feed"; }
  int probe(std::string_view) override { return 50; }
  std::string run(const call &, const input &payload, std::string_view name,
                  const std::function<void(std::uint64_t, std::uint64_t)> &) override {
    std::string read(4096, '\0');
    std::size_t bytes = 0;
    while (const auto count = payload.read(read.data(), read.size())) bytes += count;
    says_.hear(words({"run", source(), name, std::to_string(bytes)}));
    return says_.report;
  }

 private:
  fake_plugin &says_;
};

class fake_job : public job {
 public:
  explicit fake_job(fake_plugin &says) : says_(says) {}
  std::string id() const override { return "fake.job"; }
  std::string label() const override { return "Fake job"; }
  std::uint32_t interval_s() const override { return 3600; }
  std::string run(const call &) override {
    says_.hear("run fake.job");
    return "Done.";
  }

 private:
  fake_plugin &says_;
};

class fake_handler : public event_handler {
 public:
  fake_handler(fake_plugin &says, std::string event) : says_(says), event_(std::move(event)) {}
  std::string event() const override { return event_; }
  void handle(const call &, std::string_view data) override {
    says_.hear(words({"handle", event_, data}));
    answer_with(says_.handles);
  }

 private:
  fake_plugin &says_;
  std::string event_;
};

class fake_guard : public reference_guard {
 public:
  explicit fake_guard(fake_plugin &says) : says_(says) {}
  std::string prefix() const override { return "fake:"; }
  std::string judge(const call &, std::string_view references) override {
    says_.hear(words({"judge", references}));
    return "{}";
  }

 private:
  fake_plugin &says_;
};

class made_of_fake : public plugin {
 public:
  void init(const host &from) override { host_ = std::make_unique<host>(from); }
  void activate(const call &, const std::function<void(std::uint64_t)> &) override {
    auto &says = *fake_plugin::now();
    says.hear("activate");
    answer_with(says.starts);
    auto added = std::make_unique<contributions>(*host_);
    const auto has = [&](const char *id) { return host_->service<void>(id) != nullptr; };
    if (has(DMS_RIGHTS_ID)) added->add_right("fake.see", "Fake", "admin");
    if (has(DMS_MENU_ID)) added->add_menu(1, DMS_MENU_ADMINISTRATION, "Fake", "fake.see", "fake.screen");
    if (has(DMS_SCREENS_ID)) added->add(std::make_unique<fake_screen>(says));
    if (has(DMS_IMPORTS_ID)) added->add(std::make_unique<fake_feed>(says));
    if (has(DMS_JOBS_ID)) added->add(std::make_unique<fake_job>(says));
    for (const auto *event : event_names) added->add(std::make_unique<fake_handler>(says, event));
    added->add(std::make_unique<fake_guard>(says));
    contributed_ = std::move(added);
  }
  void deactivate() noexcept override {
    contributed_.reset();
    try {
      fake_plugin::now()->hear("deactivate");
    } catch (const std::exception &) {  // no memory for a line: the test sees that it is missing
    }
  }
  std::string text(std::string_view, std::string_view key) override { return std::string(key); }
  std::string health(const call &) override { return "[]"; }

 private:
  std::unique_ptr<host> host_;
  std::unique_ptr<contributions> contributed_;
};

}  // namespace fakes

/// The entry of a plugin that says what `says` holds; `says` outlives the plugin.
inline const dms_plugin_entry *entry_of(fake_plugin &says) {
  fake_plugin::now() = &says;
  static constexpr dms_plugin_entry entry{
      sizeof(dms_plugin_entry),
      DMS_ABI_MAJOR,
      DMS_ABI_MINOR,
      0,
      [](dms_error *) noexcept -> dms_status { return dms_ok; },
      []() noexcept {},
      [](const dms_sink *sink, dms_error *error) noexcept -> dms_status {
        return barrier(error, [&] { write(*sink, R"({"id":"fake_plugin","version":"1.0.0","name":"Fake"})"); });
      },
      [](dms_error *error) noexcept -> dms_plugin * {
        dms_plugin *made = nullptr;
        barrier(error, [&] { made = plugin_face::make(std::make_unique<fakes::made_of_fake>()); });
        return made;
      }};
  return &entry;
}

}  // namespace dms::testing
