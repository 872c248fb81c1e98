#include "reference_host/core/plugins/handover.hpp"

#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>

#include "reference_host/core/host.hpp"
#include "reference_host/core/json_lists.hpp"

namespace dms::reference {
namespace {

void add_items(open_work &to, const nlohmann::json &of_plugin) {
  if (!of_plugin.is_object()) return;
  for (const auto &[id, items] : of_plugin.items()) {
    for (const auto &item : items.is_array() ? items : nlohmann::json::array()) {
      if (!item.is_object()) continue;
      const auto count = item.find("count");
      const auto how_many = count != item.end() && count->is_number_integer() ? count->get<std::int64_t>() : 0;
      if (how_many > 0) to[id].push_back({text_of(item, "label"), how_many});
    }
  }
}

}  // namespace

open_work work_that_is_open(host &of, const owned_call &call, std::string_view kind) {
  open_work result;
  for (const auto &plugin : of.plugins().list()) {
    try {
      add_items(result, nlohmann::json::parse(of.plugins().open_work(plugin.id, call.raw(), kind), nullptr, false));
    } catch (const failure &reason) {
      // Users are administered also while a plugin is in trouble; it is asked again before anybody goes.
      of.log().warn("{}: what is open was not counted: {}", plugin.id, reason.what());
    }
  }
  if (kind != "user") return result;
  for (const auto &[user, count] : of.data().contacts.open_by_user()) {
    auto label = of.text("host", call.locale(), count == 1 ? "{1} open contact" : "{1} open contacts");
    if (const auto at = label.find("{1}"); at != std::string::npos) label.replace(at, 3, std::to_string(count));
    result[user].push_back({std::move(label), count});
  }
  return result;
}

std::string hand_work_over(host &of, const owned_call &call, std::string_view kind, const std::string &from,
                           const std::string &to) {
  const auto taker = of.data().users.find(to);
  if (!taker || !taker->active || (kind == "user" && to == from)) {
    throw failure(dms_invalid, "Choose an active user who takes over.");
  }
  std::string said;
  const auto add = [&](const std::string &sentence) {
    said += (said.empty() || sentence.empty() ? "" : " ") + sentence;
  };
  for (const auto &plugin : of.plugins().list()) {
    const auto answer =
        nlohmann::json::parse(of.plugins().hand_over(plugin.id, call.raw(), kind, from, to), nullptr, false);
    if (answer.is_object()) add(text_of(answer, "message"));
  }
  // What belongs to nothing of a plugin's goes as well: it is the person's own list.
  if (kind == "user") of.data().contacts.hand_over(from, to);
  of.record(
      {0, call.now_us(), call.user(), call.channel(), "work.hand_over", std::string(kind) + " " + from, "to " + to});
  return said;
}

std::string in_words(const std::vector<open_item> &items) {
  std::string result;
  for (const auto &item : items) result += (result.empty() ? "" : ", ") + item.label;
  return result;
}

}  // namespace dms::reference
