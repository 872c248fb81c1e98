// settings_channels.cpp - the tab with the feedback channels: on which way each manufacturer hears of its leads.
#include <algorithm>

#include "screens/settings_blocks.hpp"

namespace lead_system::screens {
namespace {

/// The settings that each way of sending takes; one list for the form and for what is read from it.
struct channel_setting {
  std::string_view name, label, kind, hint;
};
constexpr channel_setting channel_settings[] = {
    {"url", "Address (HTTPS or SFTP)", "url", "For HTTPS and SFTP."},
    {"user", "User name", "text", "The password is kept in the host's settings."},
    {"directory", "Folder", "text", "For the drop folder; empty: the plugin's own outbox."},
};

json channel_action(const request &by, const std::string &source, const store::feedback_channel &now) {
  auto result = action("feedback_channel", by.say("Change"), "second");
  result["title"] = by.say("Feedback channel of {1}", by.source_title(source));
  result["submit"] = by.say("Save");
  result["input"] = {{"source", source}};
  json fields = json::array();
  auto how = field("transport", "radios", by.say("Way"), now.transport);
  how["options"] = json::array({option("https", "HTTPS"), option("sftp", "SFTP"),
                                option("directory", by.say("Drop folder")), option("none", by.say("No feedback"))});
  fields.push_back(std::move(how));
  for (const auto &[name, label, kind, hint] : channel_settings) {
    const auto found = now.settings.find(std::string(name));
    auto one = field(name, kind, by.say(label), found == now.settings.end() ? std::string{} : found->second);
    one["optional"] = true;
    one["hint"] = by.say(hint);
    fields.push_back(std::move(one));
  }
  result["fields"] = std::move(fields);
  return result;
}

std::string transport_word(const request &by, const std::string &transport) {
  if (transport == "https") return "HTTPS";
  if (transport == "sftp") return "SFTP";
  if (transport == "directory") return by.say("Drop folder");
  return by.say("No feedback");
}

}  // namespace

json channels_table(const request &by) {
  auto block = table("channels", by.say("Feedback channels"),
                     json::array({column("source", by.say("Source")), column("to", by.say("Receiver")),
                                  column("transport", by.say("Way")), column("where", by.say("Address"))}));
  block["layout"] = "plain";
  const auto channels = by.with.store.feedback_channels();
  for (const auto &[id, source] : by.with.sources) {
    if (!source.feedback.enabled) continue;
    const auto found =
        std::find_if(channels.begin(), channels.end(), [&, key = id](const auto &it) { return it.source == key; });
    store::feedback_channel now{id, "directory", {}};
    if (found != channels.end()) now = *found;
    auto where = now.settings[now.transport == "directory" ? "directory" : "url"];
    if (where.empty() && now.transport == "directory") where = by.with.outbox_directory + "/" + id;
    block["rows"].push_back({{"id", id},
                             {"cells",
                              {{"source", by.say(source.title)},
                               {"to", source.feedback.manufacturer},
                               {"transport", cell_value(transport_word(by, now.transport), now.transport)},
                               {"where", where.empty() ? no_cell() : cell(where)}}},
                             {"actions", json::array({channel_action(by, id, now)})}});
  }
  if (block["rows"].empty()) block["empty"] = {{"title", by.say("No source wants feedback.")}};
  return block;
}

dms::answer set_feedback_channel(const request &by, const parameters &input) {
  std::map<std::string, message> wrong;
  store::feedback_channel wanted;
  wanted.source = input.one("source");
  wanted.transport = input.one("transport");
  const auto source = by.with.sources.find(wanted.source);
  if (source == by.with.sources.end() || !source->second.feedback.enabled) {
    wrong["source"] = {"This source does not exist or wants no feedback.", {}};
  }
  const auto &way = wanted.transport;
  if (way != "https" && way != "sftp" && way != "directory" && way != "none") {
    wrong["transport"] = {"Choose https, sftp, directory or none.", {}};
  }
  for (const auto &[name, list] : input.values()) {
    // Everything else that was sent is a setting of the channel; secrets belong into the host's settings.
    if (name == "source" || name == "transport" || name == "id" || name == "version" || name == "csrf") continue;
    const auto value = input.one(name);
    if (value.size() > 500) wrong[name] = {"At most {1} characters.", {"500"}};
    if (!value.empty()) wanted.settings[name] = value;
  }
  if (wrong.empty() && wanted.settings.size() > 20) wrong["transport"] = {"Too many settings at once.", {}};
  const auto scheme = way == "https" ? "http" : "sftp://";
  if ((way == "https" || way == "sftp") && !wanted.settings["url"].starts_with(scheme)) {
    wrong["url"] = {"Give the full address, for example {1}.",
                    {way == "https" ? "https://feedback.example/lead-status" : "sftp://feedback.example/inbox"}};
  }
  if (!wrong.empty()) return invalid(by, std::move(wrong));
  return answer_of(by, by.with.settings.feedback_channel(by.actor(), wanted));
}

}  // namespace lead_system::screens
