// The admin's switch: plugins, how they are, and what they do by themselves.
#include "reference_host/web/own_screen.hpp"
#include "reference_host/web/plugin_settings.hpp"

namespace dms::reference::web {
namespace {

json state_of(const asked &by, const plugin_status &each) {
  switch (each.state) {
    case plugin_state::enabled:
      return {{"text", by.say("enabled")}, {"icon", "check"}, {"tone", "good"}};
    case plugin_state::failed:
      return {{"text", by.say("does not start")}, {"icon", "alert"}, {"tone", "bad"}, {"detail", by.say(each.reason)}};
    case plugin_state::waiting:
      return {{"text", by.say("is tried again by itself")},
              {"icon", "clock"},
              {"tone", "warn"},
              {"detail", by.say(each.reason)}};
    case plugin_state::stuck:
      return {{"text", by.say("is stuck")}, {"icon", "alert"}, {"tone", "bad"}, {"detail", by.say(each.reason)}};
    case plugin_state::disabled:
      break;
  }
  return {{"text", by.say("disabled")}, {"icon", "dash"}, {"quiet", true}};
}

json upgrade_action(const asked &by, const plugin_status &each, const std::string &version) {
  return {{"action", "upgrade"},
          {"label", by.say("Upgrade to {1}", version)},
          {"style", "primary"},
          {"confirm", true},
          {"input", {{"plugin", each.id}}},
          {"submit", by.say("Upgrade")},
          {"title", by.say("Upgrade {1} to version {2}", each.name, version)},
          {"text", by.say("It stops for a moment. Its data is copied first; if the new version does not start, the old "
                          "one goes on with the data as it was.")}};
}

json switch_action(const asked &by, const plugin_status &each) {
  json input{{"plugin", each.id}};
  if (each.state == plugin_state::enabled || each.state == plugin_state::waiting) {
    return {{"action", "disable"},
            {"label", by.say("Disable")},
            {"style", "danger"},
            {"confirm", true},
            {"input", input},
            {"title", by.say("Disable {1}", each.name)},
            {"text", by.say("Its menu entries and screens disappear until it is enabled again. No data is lost.")}};
  }
  return {{"action", "enable"}, {"label", by.say("Enable")}, {"input", input}};
}

json health_block(const asked &by, const plugin_status &each) {
  auto call = by.call();
  auto lines = document_in(by.dms.plugins().health(each.id, call->raw()));
  json items = json::array();
  for (const auto &line : lines.is_array() ? lines : json::array()) {
    auto tone = text(line, "tone");
    auto icon = tone == "good" ? "check" : tone == "warn" ? "clock" : "alert";
    items.push_back(
        {{"label", text(line, "label")}, {"value", {{"text", text(line, "text")}, {"icon", icon}, {"tone", tone}}}});
  }
  for (const auto &service : each.missing) {
    items.push_back(
        {{"label", service}, {"value", {{"text", by.say("This host does not offer it.")}, {"quiet", true}}}});
  }
  return {{"type", "facts"}, {"id", "health-" + each.id}, {"title", by.say("How {1} is", each.name)}, {"items", items}};
}

json jobs_block(const asked &by) {
  json rows = json::array();
  for (const auto &job : by.dms.jobs().list()) {
    json state{{"text", job.line.empty() && job.last_us != 0 ? by.say("done") : job.line}};
    json trouble{{"text", job.last_failure_us == 0 ? by.say("none") : by.time(job.last_failure_us)}, {"quiet", true}};
    if (job.last_failure_us != 0) trouble["detail"] = job.last_failure;
    if (job.running) state = {{"text", by.say("running")}, {"icon", "clock"}};
    if (job.failed) state = {{"text", by.say("failed")}, {"icon", "alert"}, {"tone", "bad"}, {"detail", job.line}};
    rows.push_back({{"id", job.owner + "." + job.id},
                    {"cells",
                     {{"job", {{"text", job.label.empty() ? job.id : by.dms.text(job.owner, by.locale, job.label)}}},
                      {"last", by.time(job.last_us)},
                      {"next", by.time(job.next_us)},
                      {"result", state},
                      {"failure", trouble}}}});
  }
  json columns = json::array();
  for (const auto &[id, label] : {std::pair{"job", "Job"},
                                  {"last", "Last run"},
                                  {"next", "Next run"},
                                  {"result", "Result"},
                                  {"failure", "Last failure"}}) {
    columns.push_back({{"id", id}, {"label", by.say(label)}});
  }
  return {{"type", "table"},
          {"id", "jobs"},
          {"title", by.say("Jobs")},
          {"layout", "plain"},
          {"columns", columns},
          {"rows", rows},
          {"empty", {{"title", by.say("No jobs.")}}}};
}

class screen_of_plugins : public own_screen {
 public:
  using own_screen::own_screen;

 protected:
  json show(const asked &by) override {
    auto document = make_screen("host.plugins", by.say("Plugins"));
    json rows = json::array(), health = json::array();
    for (const auto &each : by.dms.plugins().list()) {
      json actions = json::array(), version{{"text", each.version}};
      if (const auto waiting = by.dms.plugins().waiting_version(each.id); !waiting.empty()) {
        actions.push_back(upgrade_action(by, each, waiting));
        version["detail"] = by.say("{1} is in place", waiting);
      }
      actions.push_back(switch_action(by, each));
      rows.push_back({{"id", each.id},
                      {"actions", actions},
                      {"cells",
                       {{"name", {{"text", each.name}, {"quiet_text", each.id}}},
                        {"version", version},
                        {"state", state_of(by, each)},
                        {"since", by.time(each.changed_us)}}}});
      if (each.state != plugin_state::enabled) continue;
      health.push_back(health_block(by, each));
      if (auto settings = plugin_settings_block(by, each); !settings.is_null()) health.push_back(std::move(settings));
    }
    json columns = json::array();
    for (const auto &[id, label] :
         {std::pair{"name", "Plugin"}, {"version", "Version"}, {"state", "State"}, {"since", "Since"}}) {
      columns.push_back({{"id", id}, {"label", by.say(label)}});
    }
    document["blocks"].push_back(
        {{"type", "table"},
         {"id", "plugins"},
         {"layout", "plain"},
         {"columns", columns},
         {"rows", rows},
         {"empty",
          {{"title", by.say("No plugins installed.")},
           {"text", by.say("A plugin is a folder with a manifest in the plugin folder of this host.")}}}});
    for (auto &block : health) document["blocks"].push_back(block);
    document["blocks"].push_back(jobs_block(by));
    return document;
  }

  static std::string upgrade(const asked &by, const std::string &id) {
    try {
      auto after = by.dms.plugins().upgrade(id, by.who.user());
      return by.say("{1} is upgraded to version {2}.", after.name, after.version);
    } catch (const failure &reason) {
      if (reason.status() != dms_failed) throw;
      throw failure(dms_refused, by.say("The new version does not start; the old one runs as before.") + " " +
                                     by.say(reason.what()));
    }
  }

  std::string act_on(const asked &by, const std::string &action) override {
    auto id = by.of("plugin");
    if (action == "disable") {
      auto after = by.dms.plugins().disable(id, by.who.user());
      if (after.state == plugin_state::stuck) throw failure(dms_refused, by.say(after.reason));
      return by.say("{1} is disabled. All its data is kept.", after.name);
    }
    if (action == "upgrade") return upgrade(by, id);
    if (action != "enable") return own_screen::act_on(by, action);
    auto after = by.dms.plugins().enable(id, by.who.user());
    if (after.state != plugin_state::enabled) throw failure(dms_refused, by.say(after.reason));
    return by.say("{1} is enabled.", after.name);
  }
};

}  // namespace

std::unique_ptr<dms::screen> plugins_screen(host &of, shared_words say) {
  return std::make_unique<screen_of_plugins>(of, std::move(say), "host.plugins", "host.admin");
}

}  // namespace dms::reference::web
