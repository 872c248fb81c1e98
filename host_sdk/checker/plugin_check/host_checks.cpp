// A host that lacks a service, cannot serve now, or talks nonsense; and what is never written to a log.
#include "checker/plugin_check/instance.hpp"

namespace dms::checking {
namespace {

void use_everything(running &now) {
  for (const auto &[handle, screen] : now.host.shown) load(now.host, *screen);
  for (const auto &[handle, job] : now.host.work) now.host.run_job(view(job->id));
}

void services_away(const subject &of) {
  running now(of);
  now.host.fail_all();
  use_everything(now);
}

void services_nonsense(const subject &of) {
  running now(of);
  now.host.talk_nonsense();
  use_everything(now);
}

void secrets_unwritten(const subject &of) {
  constexpr std::string_view secret = "never-write-this-down-7f3a";
  watched_host host(of.folder);
  host.value_of = [&](std::string_view key) {
    for (const auto &one : of.plugin.settings) {
      if (one.secret && key.substr(key.rfind('.') + 1) == std::string_view(one.key).substr(one.key.rfind('.') + 1))
        return std::string(secret);
    }
    return std::string();
  };
  instance made(of.plugin);
  made.start(host);
  for (const auto &[handle, screen] : host.shown) {
    require(load(host, *screen).document.find(secret) == std::string::npos,
            std::string(view(screen->id)) + " shows a secret");
  }
  for (const auto &[handle, job] : host.work) host.run_job(view(job->id));
  made.deactivate();
  require(!host.has_said(secret), "a secret stands in the log");
}

std::function<void(const subject &)> without(const std::string &service, bool required) {
  return [service, required](const subject &of) {
    watched_host host(of.folder, {service});
    instance made(of.plugin);
    auto status = made.init(host);
    if (status == dms_ok) status = made.activate(host);
    if (!required) {
      require(status == dms_ok, "it is called optional, but: " + said(made.error, status));
      for (const auto &[handle, screen] : host.shown) load(host, *screen);
      made.deactivate();
      return;
    }
    require(status != dms_ok, "it is called required, and is not");
    require(made.error.message[0] != '\0', "it fails without a sentence");
    require(host.registrations() == 0, "what it began is not undone");
  };
}

}  // namespace

void add_host_checks(check_list &to) {
  to.insert(to.end(), {{"services_away", "a host that can do nothing now is no reason to crash", services_away},
                       {"services_nonsense", "a host that talks nonsense is no reason to crash", services_nonsense},
                       {"secrets", "a secret is neither shown nor written to a log", secrets_unwritten}});
}

void add_service_checks(check_list &to, const manifest &plugin) {
  for (const auto &service : plugin.optional) {
    to.push_back({"without " + service, "an optional service may be missing", without(service, false)});
  }
  for (const auto &service : plugin.required) {
    to.push_back({"without " + service, "a required service that is missing is named", without(service, true)});
  }
}

}  // namespace dms::checking
