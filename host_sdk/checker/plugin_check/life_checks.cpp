// The life of an instance, and what it leaves behind.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

#include "checker/plugin_check/instance.hpp"

namespace dms::checking {
namespace {

std::size_t entries_of(const char *folder) {
  const std::filesystem::directory_iterator all(folder);
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

void unknown_extension(const subject &of) {
  const instance made(of.plugin);
  require(made.extension<void>("at.example.unknown/9") == nullptr, "an extension that nobody knows is not null");
}

void create_asks_nothing(const subject &of) {
  const instance made(of.plugin);
  // No host was given yet: whoever asks one here has crashed.
}

void wrong_order(const subject &of) {
  watched_host host(of.folder);
  instance made(of.plugin);
  require(made.activate(host) == dms_invalid, "activate before init is not dms_invalid");
  made.deactivate();
  require_ok(made.init(host), made.error, "init");
  require(made.init(host) == dms_invalid, "a second init is not dms_invalid");
  made.deactivate();
  require_ok(made.activate(host), made.error, "activate");
  require(made.activate(host) == dms_invalid, "a second activate is not dms_invalid");
  made.deactivate();
  made.deactivate();
}

void many_instances(const subject &of) {
  for (int round = 0; round < 50; ++round) const instance made(of.plugin);
}

void two_at_once(const subject &of) {
  watched_host one(of.folder / "one"), other(of.folder / "other");
  instance first(of.plugin), second(of.plugin);
  first.start(one);
  second.start(other);
  require(one.registrations() == other.registrations(), "the second registers something else than the first");
  first.deactivate();
  require(first.activate(one) == dms_ok, "beside the other it does not start again");
  second.deactivate();
  first.deactivate();
}

void on_and_off(const subject &of) {
  watched_host host(of.folder);
  instance made(of.plugin);
  made.start(host);
  made.deactivate();
  for (int round = 0; round < 5; ++round) {
    require_ok(made.activate(host), made.error, "activate again");
    made.deactivate();
    require(host.registrations() == 0, std::to_string(host.registrations()) + " registrations are left behind");
  }
}

/// `folder` has no more entries after the plugin was active than after it was the first time.
std::function<void(const subject &)> leaves_nothing_in(const char *folder, const char *what) {
  return [folder, what](const subject &of) {
    watched_host host(of.folder);
    instance made(of.plugin);
    made.start(host);
    made.deactivate();
    const auto before = entries_of(folder);
    for (int round = 0; round < 3; ++round) {
      require_ok(made.activate(host), made.error, "activate again");
      made.deactivate();
      require(entries_of(folder) <= before, std::string(what) + " is left behind");
    }
  };
}

void quiet_afterwards(const subject &of) {
  watched_host host(of.folder);
  int calls = 0;
  {
    instance made(of.plugin);
    made.start(host);
    made.deactivate();
    calls = host.calls;
    ::usleep(200'000);
  }
  require(host.calls == calls, "it calls the host after deactivate");
}

void opens_nothing(const subject &of) {
  watched_host host(of.folder);
  instance made(of.plugin);
  require_ok(made.init(host), made.error, "init");
  require(std::filesystem::is_empty(of.folder), "its data directory is not empty after init");
  require(host.registrations() == 0, "something is registered after init");
}

void newer_host(const subject &of) {
  watched_host host(of.folder);
  instance made(of.plugin);
  auto error = no_error();
  require_ok(made.raw()->init(made.raw(), host.newer(), &error), error, "init");
  require_ok(made.activate(host), made.error, "activate");
  made.deactivate();
}

void older_host(const subject &of) {
  watched_host host(of.folder);
  host.raw.struct_size = DMS_HOST_SIZE_1_0;
  host.raw.abi_minor = entry_of(of.plugin).min_host_minor;
  instance made(of.plugin);
  made.start(host);
  made.deactivate();
}

void cancelled_start(const subject &of) {
  watched_host host(of.folder);
  instance made(of.plugin);
  require_ok(made.init(host), made.error, "init");
  const auto status = made.activate(host, {.cancelled = true});
  require(status == dms_ok || status == dms_cancelled, "a start that is cancelled: " + said(made.error, status));
  if (status == dms_ok) made.deactivate();
  require(host.registrations() == 0, "what it registered is not taken back");
  require_ok(made.activate(host), made.error, "the next start");
  made.deactivate();
}

}  // namespace

void add_life_checks(check_list &to) {
  to.insert(to.end(), {{"create", "an instance is made without a host", create_asks_nothing},
                       {"extension", "an unknown extension is null", unknown_extension},
                       {"order", "calls in another order are dms_invalid and do nothing", wrong_order},
                       {"instances", "instances come and go", many_instances},
                       {"two_at_once", "two instances with different data live side by side", two_at_once},
                       {"switch", "it can be disabled and enabled, and leaves no registration behind", on_and_off},
                       {"threads", "it leaves no thread behind", leaves_nothing_in("/proc/self/task", "a thread")},
                       {"files", "it leaves no open file behind", leaves_nothing_in("/proc/self/fd", "an open file")},
                       {"quiet", "it calls nobody after deactivate", quiet_afterwards},
                       {"init", "init looks at services and opens nothing", opens_nothing},
                       {"newer_host", "a host of a later minor is as good", newer_host},
                       {"older_host", "a host of the oldest minor that it names is as good", older_host},
                       {"cancelled_start", "a start that is cancelled ends, and the next one works", cancelled_start}});
}

}  // namespace dms::checking
