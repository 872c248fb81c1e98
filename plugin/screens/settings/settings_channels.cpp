// settings_channels.cpp - the tab with the feedback channels: on which way each manufacturer hears of its leads.
#include <algorithm>

#include "dms/cpp/json.hpp"
#include "feedback/channel_settings.hpp"
#include "screens/settings/settings_blocks.hpp"

namespace lead_system::screens {
namespace {

using feedback::channel_setting;
using feedback::setting_kind;

std::string transport_word(const request &by, std::string_view transport) {
  for (const auto &way : feedback::transports()) {
    if (way.key == transport) return by.say(way.title);
  }
  return by.say("not set up");
}

/// Where the messages go, in a word.
std::string address_of(const request &by, const store::feedback_channel &channel) {
  const auto found = channel.settings.find(channel.transport == "directory" ? "directory" : "url");
  if (found != channel.settings.end()) return found->second;
  return channel.transport == "directory" ? by.with.channels.folder_of(channel.source) : std::string{};
}

json change_action(const request &by, const std::string &source) {
  auto result = action("feedback_channel", by.say("Change"), "second");
  result["id"] = "change_" + source;
  result["link"] = link_to(by.say("Change"), settings_id, {{"tab", "feedback"}, {"channel", source}});
  result["link"]["anchor"] = "channel";
  return result;
}

json test_action(const request &by, const std::string &source) {
  auto result = action("feedback_test", by.say("Try out"), "second");
  result["id"] = "test_" + source;
  result["input"] = {{"source", source}};
  return result;
}

std::string_view field_kind(setting_kind kind) noexcept {
  switch (kind) {
    case setting_kind::address:
      return "url";
    case setting_kind::secret:
      return "password";
    default:
      return "text";
  }
}

json setting_field(const request &by, const store::feedback_channel &now, const channel_setting &setting) {
  const auto found = now.settings.find(std::string(setting.name));
  auto one = field(setting.name, field_kind(setting.kind), by.say(setting.label),
                   found == now.settings.end() ? std::string{} : found->second);
  one[setting.required ? "required" : "optional"] = true;
  if (!setting.hint.empty()) one["hint"] = by.say(setting.hint, by.with.channels.drop_root());
  if (setting.kind == setting_kind::secret && by.with.channels.has_secret(now.source, setting.name)) {
    one["hint"] = by.say("One is set. Leave this empty to keep it.");
  }
  return one;
}

/// Offers to remove the secrets that are set; null where there are none.
json forget_field(const request &by, const store::feedback_channel &now, std::string_view transport) {
  json options = json::array();
  for (const auto &setting : feedback::settings_of(transport)) {
    if (setting.kind == setting_kind::secret && by.with.channels.has_secret(now.source, setting.name)) {
      options.push_back(option(std::string(setting.name), by.say(setting.label)));
    }
  }
  if (options.empty()) return nullptr;
  auto result = field("forget", "checkboxes", by.say("Remove"));
  result["value"] = json::array();
  result["options"] = std::move(options);
  return result;
}

json ways_block(const request &by, const std::string &source, std::string_view chosen) {
  json items = json::array();
  for (const auto &way : feedback::transports()) {
    auto link = link_to(by.say(way.title), settings_id,
                        {{"tab", "feedback"}, {"channel", source}, {"way", std::string(way.key)}});
    link["anchor"] = "channel";
    items.push_back(tab(way.key, by.say(way.title), way.key == chosen, std::move(link)));
  }
  return {{"type", "tabs"}, {"id", "ways"}, {"label", by.say("Way")}, {"items", std::move(items)}};
}

std::string what_way_means(const request &by, std::string_view transport) {
  if (transport == "https") return by.say("Each message is posted; the answer says whether it was taken.");
  if (transport == "sftp") return by.say("Each message becomes a file in a folder of the receiver.");
  if (transport == "directory") return by.say("Each message becomes a file in a folder that somebody else empties.");
  return by.say("No messages are written. Those that are pending are given up.");
}

json channel_form(const request &by, const store::feedback_channel &now, const std::string &transport) {
  auto save = action("feedback_channel", by.say("Save"), "primary");
  save["text"] = what_way_means(by, transport);
  save["input"] = {{"source", now.source}, {"transport", transport}};
  json fields = json::array();
  for (const auto &setting : feedback::settings_of(transport)) {
    if (setting.kind == setting_kind::secret && !by.with.channels.keeps_secrets()) continue;
    fields.push_back(setting_field(by, now, setting));
  }
  if (auto forget = forget_field(by, now, transport); !forget.is_null() && by.with.channels.keeps_secrets()) {
    fields.push_back(std::move(forget));
  }
  save["fields"] = std::move(fields);
  return {{"type", "form"},
          {"id", "channel"},
          {"title", by.say("Feedback channel of {1}: {2}", by.source_title(now.source), transport_word(by, transport))},
          {"action", std::move(save)}};
}

json channel_row(const request &by, const std::string &id, const intake::definition &source) {
  const auto now = by.with.channels.of(id);
  const bool set = !now.transport.empty();
  auto how = cell_value(transport_word(by, now.transport), now.transport);
  if (!set) how.update({{"tone", "bad"}, {"icon", "due_over"}});
  const auto where = address_of(by, now);
  json actions = json::array({change_action(by, id)});
  if (set && now.transport != "none") actions.push_back(test_action(by, id));
  json row{{"id", id},
           {"cells",
            {{"source", cell_value(by.say(source.title), id)},
             {"to", source.feedback.manufacturer},
             {"transport", std::move(how)},
             {"where", where.empty() ? no_cell() : cell(where)}}},
           {"actions", std::move(actions)}};
  if (!set) row["tone"] = "bad";
  return row;
}

processing::outcome said(processing::verdict result, message text) {
  processing::outcome what;
  what.result = result;
  what.text = std::move(text);
  return what;
}

}  // namespace

json channels_table(const request &by) {
  auto block = table("channels", by.say("Feedback channels"),
                     json::array({column("source", by.say("Source")), column("to", by.say("Receiver")),
                                  column("transport", by.say("Way")), column("where", by.say("Address"))}));
  block["layout"] = "plain";
  for (const auto &[id, source] : by.sources) {
    if (source.feedback.enabled) block["rows"].push_back(channel_row(by, id, source));
  }
  if (block["rows"].empty()) block["empty"] = {{"title", by.say("No source wants feedback.")}};
  return block;
}

void add_channel(json &blocks, const request &by, const parameters &sent) {
  const auto id = sent.one("channel");
  const auto source = by.sources.find(id);
  auto transport = sent.one("way");
  if (source == by.sources.end() || !source->second.feedback.enabled ||
      (!transport.empty() && !feedback::is_transport(transport))) {
    throw dms::failure(dms_not_found, by.say("This page does not exist."));
  }
  const auto now = by.with.channels.of(id);
  if (transport.empty()) transport = now.transport.empty() ? "https" : now.transport;
  blocks.push_back(ways_block(by, id, transport));
  if (!by.with.channels.keeps_secrets()) {
    blocks.push_back(notice("no_secrets", "info",
                            by.say("Passwords and tokens of this channel are set in the DMS's own settings.")));
  }
  blocks.push_back(channel_form(by, now, transport));
}

std::string channel_words(const request &by, const std::string &text) {
  const auto space = text.find(' ');
  const auto settings = dms::json_or_null(space == std::string::npos ? "{}" : text.substr(space + 1));
  auto result = transport_word(by, text.substr(0, space));
  if (!settings.is_object()) return result;
  for (const auto &[name, value] : settings.items()) {
    if (value.is_string()) result += ", " + value.get<std::string>();
  }
  return result;
}

/// feedback_channel {source, transport, and the settings and secrets of that way; forget: names of secrets}
dms::answer set_feedback_channel(const request &by, const parameters &input) {
  feedback::channels::wish wanted;
  wanted.channel.source = input.one("source");
  wanted.channel.transport = input.one("transport");
  for (const auto &setting : feedback::settings_of(wanted.channel.transport)) {
    const std::string name(setting.name);
    auto &into = setting.kind == setting_kind::secret ? wanted.secrets : wanted.channel.settings;
    if (auto value = input.one(name); !value.empty()) into[name] = std::move(value);
  }
  for (auto &name : input.all("forget")) wanted.forget.insert(std::move(name));
  if (auto wrong = by.with.channels.set(by.who, std::move(wanted)); !wrong.empty()) {
    return invalid_input(by, std::move(wrong));
  }
  by.with.wake_feedback();
  return answer_of(by, said(processing::verdict::done, {"The channel is saved. What is pending goes now.", {}}));
}

/// feedback_test {source}
dms::answer test_feedback_channel(const request &by, const parameters &input) {
  const auto came = by.with.channels.try_out(by.who, input.one("source"));
  const bool well = came.is == feedback::verdict::kind::acknowledged;
  return answer_of(by, said(well ? processing::verdict::done : processing::verdict::refused, came.text));
}

}  // namespace lead_system::screens
