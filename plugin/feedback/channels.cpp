#include "feedback/channels.hpp"

#include <algorithm>

#include "feedback/channel_settings.hpp"
#include "feedback/render.hpp"

namespace lead_system::feedback {
namespace {

/// A person waits for the answer.
constexpr time_limits while_one_waits{std::chrono::seconds(5), std::chrono::seconds(10)};

}  // namespace

channels::channels(store::store &store, intake::known_sources sources, dms::settings host, std::string outbox_directory,
                   std::string drop_root)
    : store_(store),
      sources_(std::move(sources)),
      host_(host),
      outbox_directory_(std::move(outbox_directory)),
      drop_root_(std::move(drop_root)) {}

store::feedback_channel channels::of(const std::string &source) const {
  for (auto &one : store_.feedback_channels()) {
    if (one.source == source) return one;
  }
  return {source, {}, {}};
}

bool channels::has_secret(const std::string &source, std::string_view name) const {
  return !host_.get(secret_key(source, name)).value_or("").empty();
}

std::map<std::string, message> channels::check(const wish &wanted) const {
  auto wrong = problems_of(wanted.channel);
  const auto sources = sources_.now();
  const auto source = sources->find(wanted.channel.source);
  if (source == sources->end() || !source->second.feedback.enabled) {
    wrong["source"] = {"This source does not exist or wants no feedback.", {}};
  }
  for (const auto &[name, value] : wanted.secrets) {
    if (value.empty()) continue;
    auto problem = problem_of_secret(value);
    if (!keeps_secrets()) problem = {"This DMS takes passwords in its own settings only.", {}};
    if (!problem.empty()) wrong[name] = std::move(problem);
  }
  const auto given = [&](const std::string &name) {
    const auto found = wanted.secrets.find(name);
    if (found != wanted.secrets.end() && !found->second.empty()) return true;
    return !wanted.forget.contains(name) && has_secret(wanted.channel.source, name);
  };
  if (wanted.channel.transport == "https" && wanted.channel.settings.contains("user") && given("token")) {
    wrong["user"] = {"Sign in with name and password or with an access token, not with both.", {}};
  }
  const auto folder = wanted.channel.settings.find("directory");
  if (folder != wanted.channel.settings.end() && !wrong.contains("directory") &&
      !lies_below(folder->second, drop_root_)) {
    wrong["directory"] = {"Drop folders lie below {1}. Whoever runs the DMS can name another place for them.",
                          {drop_root_}};
  }
  if (keeps_secrets()) ask_anew(wanted, wrong);
  return wrong;
}

void channels::ask_anew(const wish &wanted, std::map<std::string, message> &wrong) const {
  const auto before = of(wanted.channel.source);
  for (const auto &setting : settings_of(wanted.channel.transport)) {
    if (setting.kind != setting_kind::secret || !has_secret(wanted.channel.source, setting.name)) continue;
    const std::string name(setting.name);
    const auto given = wanted.secrets.find(name);
    const bool anew = given != wanted.secrets.end() && !given->second.empty();
    if (anew || wanted.forget.contains(name) || wrong.contains(name)) continue;
    if (receiver_of(wanted.channel, name) == receiver_of(before, name)) continue;
    wrong[name] = {"It was entered for another receiver. Enter it again for this one, or remove it.", {}};
  }
}

std::map<std::string, message> channels::set(const dms::call &who, wish wanted) const {
  auto &channel = wanted.channel;
  // What belongs to another way is not kept: a form that is stale cannot smuggle it in.
  std::erase_if(channel.settings, [&](const auto &entry) {
    const auto known = settings_of(channel.transport);
    return entry.second.empty() || std::none_of(known.begin(), known.end(), [&](const channel_setting &it) {
             return it.kind != setting_kind::secret && it.name == entry.first;
           });
  });
  if (auto wrong = check(wanted); !wrong.empty()) return wrong;
  // The secrets first: a message that goes in between finds the old address with the new password at worst, and is
  // tried again.
  for (const auto &setting : settings_of(channel.transport)) {
    if (setting.kind != setting_kind::secret) continue;
    const auto key = secret_key(channel.source, setting.name);
    const auto value = wanted.secrets.find(std::string(setting.name));
    if (value != wanted.secrets.end() && !value->second.empty()) {
      host_.set_secret(who, key, value->second);
    } else if (wanted.forget.contains(std::string(setting.name)) && keeps_secrets()) {
      host_.set_secret(who, key, {});
    }
  }
  store_.write(
      [&](store::transaction &inside) { inside.set_feedback_channel(channel, std::string(who.user()), who.now_us()); });
  return {};
}

verdict channels::try_out(const dms::call &who, const std::string &source) const {
  const auto sources = sources_.now();
  const auto definition = sources->find(source);
  if (definition == sources->end() || !definition->second.feedback.enabled) {
    return {verdict::kind::rejected, {"This source does not exist or wants no feedback.", {}}};
  }
  const auto &how = definition->second.feedback;
  const auto channel = of(source);
  if (channel.transport == "none") {
    return {verdict::kind::rejected, {"This channel sends no feedback; there is nothing to try out.", {}}};
  }
  store::feedback_message probe;
  probe.source = source;
  probe.message_id = "probe-" + new_message_id(who.now_us());
  probe.body = fill_template(
      how.probe_text, {{"message_id", probe.message_id}, {"status_date", written_time(how.date_format, who.now_us())}},
      how.format);
  const secret_source secrets = [this](const std::string &key) { return host_.get(key); };
  try {
    return feedback::try_out({channel, how, probe, secrets, folder_of(source), drop_root_,
                              [&who] { return who.cancelled(); }, while_one_waits});
  } catch (const std::exception &fault) {
    return {verdict::kind::retry, {"The message could not be sent: {1}", {fault.what()}}};
  }
}

}  // namespace lead_system::feedback
