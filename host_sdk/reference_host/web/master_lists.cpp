#include "reference_host/web/master_lists.hpp"

namespace dms::reference::web {
namespace {

constexpr const char *nobody_takes_over = "-";

}  // namespace

std::string list_of(const std::vector<std::string> &all) {
  std::string words_;
  for (const auto &each : all) words_ += (words_.empty() ? "" : ", ") + each;
  return words_.empty() ? "–" : words_;
}

json state_cell(const asked &by, bool good, const char *yes, const char *no) {
  if (good) return {{"text", by.say(yes)}, {"icon", "check"}, {"tone", "good"}};
  return {{"text", by.say(no)}, {"icon", "dash"}, {"quiet", true}};
}

json plain_table(const asked &by, const char *id, const std::vector<std::pair<const char *, const char *>> &columns,
                 const json &rows) {
  json made{{"type", "table"}, {"id", id}, {"layout", "plain"}, {"rows", rows}, {"columns", json::array()}};
  for (const auto &[name, label] : columns) made["columns"].push_back({{"id", name}, {"label", by.say(label)}});
  return made;
}

void ask_who_takes_over(const asked &by, json &action, const std::vector<open_item> &open, const user *leaving,
                        const char *nobody) {
  if (open.empty()) return;
  action["text"] = by.say("Still open: {1}.", in_words(open)) + " " + text(action, "text");
  auto whom = make_field("hand_over", "select", by.say("Who takes over?"));
  whom["required"] = true;
  whom["options"] = json::array({make_option("", by.say("Please choose"))});
  for (const auto &each : by.dms.data().users.all()) {
    const bool sells = each.active && (each.has_role("sales") || each.has_role("manager"));
    if (sells && (leaving == nullptr || each.id != leaving->id))
      whom["options"].push_back(make_option(each.id, each.name));
  }
  if (nobody != nullptr) whom["options"].push_back(make_option(nobody_takes_over, by.say(nobody)));
  action["fields"] = json::array({whom});
}

std::string taker_of(const asked &by) {
  const auto wanted = by.of("hand_over");
  if (has(by.input, "hand_over") && wanted.empty()) {
    throw field_failure("hand_over", by.say("Please choose who takes over."));
  }
  return wanted == nobody_takes_over ? std::string{} : wanted;
}

std::string sentences(const std::string &one, const std::string &other) {
  return other.empty() ? one : one + " " + other;
}

std::vector<open_item> open_of(const open_work &all, const std::string &id) {
  const auto found = all.find(id);
  return found == all.end() ? std::vector<open_item>{} : found->second;
}

json required_field(const std::string &name, const std::string &kind, const std::string &label) {
  auto field = make_field(name, kind, label);
  field["required"] = true;
  return field;
}

json optional_field(const std::string &name, const std::string &kind, const std::string &label) {
  auto field = make_field(name, kind, label);
  field["optional"] = true;
  return field;
}

}  // namespace dms::reference::web
