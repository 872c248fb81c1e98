// What happened: who did what, when, to what.
#include <algorithm>
#include <array>

#include "reference_host/web/audit_words.hpp"
#include "reference_host/web/times.hpp"

namespace dms::reference::web {
namespace {

constexpr int entries_a_page = 50, most_entries = 500;

class screen_of_audit : public own_screen {
 public:
  using own_screen::own_screen;

 protected:
  json show(const asked &by) override {
    auto document = make_screen("host.audit", by.say("Audit log"));
    audit::query wanted;
    document["blocks"].push_back(filters(by, wanted));
    auto limit = number_of(by.of("limit"));
    int size = limit == 0 ? entries_a_page : static_cast<int>(std::min<std::int64_t>(limit, most_entries));
    wanted.before = number_of(by.of("cursor"));
    wanted.limit = size + 1;
    document["blocks"].push_back(table(by, wanted, static_cast<std::size_t>(size)));
    document["export"] = {"csv", "xlsx"};
    return document;
  }

 private:
  static json table(const asked &by, const audit::query &wanted, std::size_t size) {
    auto entries = by.dms.data().audit.list(wanted);
    bool more = entries.size() > size;
    if (more) entries.pop_back();
    json rows = json::array();
    for (const auto &each : entries) {
      auto person = each.user.empty() ? std::nullopt : by.dms.data().users.find(each.user);
      rows.push_back({{"id", std::to_string(each.id)},
                      {"cells",
                       {{"at", {{"text", by.time(each.at_us)}, {"value", each.at_us}}},
                        {"user",
                         {{"text", each.user.empty() ? by.say("The system")
                                   : person          ? person->name
                                                     : each.user},
                          {"value", each.user}}},
                        {"channel", {{"text", channel_in_words(by, each.channel)}, {"value", each.channel}}},
                        {"action", {{"text", action_in_words(by, each.action)}, {"value", each.action}}},
                        {"subject", {{"text", subject_in_words(by, each.subject)}, {"value", each.subject}}},
                        {"detail", {{"text", detail_in_words(by, each)}, {"value", each.detail}}}}}});
    }
    json columns = json::array();
    for (const auto &[id, label] : {std::pair{"at", "Time"},
                                    {"user", "User"},
                                    {"channel", "By way of"},
                                    {"action", "Action"},
                                    {"subject", "Subject"},
                                    {"detail", "Detail"}}) {
      columns.push_back({{"id", id}, {"label", by.say(label)}});
    }
    columns[0]["role"] = "time";
    json table{{"type", "table"},
               {"id", "audit"},
               {"layout", "plain"},
               {"columns", columns},
               {"rows", rows},
               {"next", nullptr},
               {"count_text", by.say("{1} entries", std::to_string(entries.size()))},
               {"empty", {{"title", by.say("No entries.")}}}};
    auto turn = [&](const std::string &label, const std::string &cursor) {
      json params = by.input;
      params.erase("limit");
      params.erase("cursor");
      if (!cursor.empty()) params["cursor"] = cursor;
      return make_link(label, "host.audit", params);
    };
    if (wanted.before > 0) {
      table["previous_link"] = turn(by.say("Newest"), {});
      table["previous_label"] = by.say("Newest");
    }
    if (more) {
      table["next"] = std::to_string(entries.back().id);
      table["next_link"] = turn(by.say("Older"), std::to_string(entries.back().id));
    }
    return table;
  }

  /// The fields, and what they ask for. A day that is none is told at its field and does not filter.
  static json filters(const asked &by, audit::query &wanted) {
    wanted.user = by.of("user");
    wanted.action = by.of("action");
    wanted.text = by.of("q");
    auto search = make_field("q", "search", by.say("Search"));
    search["placeholder"] = by.say("Subject or detail");
    search["value"] = wanted.text;
    auto person = make_field("user", "select", by.say("User"));
    person["wide"] = true;
    person["value"] = wanted.user;
    person["options"] = json::array({make_option("", by.say("All"))});
    for (const auto &each : by.dms.data().users.all()) person["options"].push_back(make_option(each.id, each.name));
    auto action = make_field("action", "select", by.say("Action"));
    action["wide"] = true;
    action["value"] = wanted.action;
    action["options"] = json::array({make_option("", by.say("All"))});
    for (const auto &each : by.dms.data().audit.actions())
      action["options"].push_back(make_option(each, action_in_words(by, each)));
    auto from = day(by, "from", by.say("From"), 0, wanted.from_us);
    auto to = day(by, "to", by.say("To"), 1, wanted.to_us);
    return {{"type", "filters"},
            {"label", by.say("Filter the audit log")},
            {"submit", by.say("Apply")},
            {"fields", {search, person, action, from, to}}};
  }
  static json day(const asked &by, const char *name, const std::string &label, int days, std::int64_t &into) {
    auto field = make_field(name, "date", label);
    field["value"] = by.of(name);
    if (by.of(name).empty()) return field;
    const auto at = start_of_day(by.of(name), days);
    if (!at) field["error"] = by.say("This is no date.");
    into = at.value_or(0);
    return field;
  }
};

}  // namespace

std::unique_ptr<dms::screen> audit_screen(host &of, shared_words say) {
  return std::make_unique<screen_of_audit>(of, std::move(say), "host.audit", "host.audit");
}

}  // namespace dms::reference::web
