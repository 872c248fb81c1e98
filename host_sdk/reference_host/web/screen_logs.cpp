// What happened: the audit log, and the notifications behind the bell.
#include "reference_host/web/own_screen.hpp"

namespace dms::reference::web {
namespace {

constexpr int page_size = 50, most_rows = 500, most_notifications = 100;

class screen_of_audit : public own_screen {
 public:
  using own_screen::own_screen;

 protected:
  json show(const asked &by) override {
    auto limit = number_of(by.of("limit"));
    int size = limit == 0 ? page_size : static_cast<int>(std::min<std::int64_t>(limit, most_rows));
    audit::query wanted;
    wanted.user = by.of("user");
    wanted.text = by.of("q");
    wanted.before = number_of(by.of("cursor"));
    wanted.limit = size + 1;
    auto entries = by.dms.data().audit.list(wanted);
    bool more = entries.size() > static_cast<std::size_t>(size);
    if (more) entries.pop_back();
    auto document = make_screen("host.audit", by.say("Audit log"));
    document["blocks"].push_back(filters(by));
    json rows = json::array();
    for (const auto &each : entries) {
      rows.push_back({{"id", std::to_string(each.id)},
                      {"cells",
                       {{"at", {{"text", by.time(each.at_us)}, {"value", each.at_us}}},
                        {"user", each.user.empty() ? by.say("the host") : each.user},
                        {"channel", each.channel},
                        {"action", each.action},
                        {"subject", each.subject},
                        {"detail", each.detail}}}});
    }
    json columns = json::array();
    for (const auto &[id, label] : {std::pair{"at", "Time"},
                                    {"user", "User"},
                                    {"channel", "Way"},
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
    if (more) {
      json params = by.input;
      params.erase("limit");
      params["cursor"] = table["next"] = std::to_string(entries.back().id);
      table["next_link"] = make_link(by.say("Older"), "host.audit", params);
    }
    document["blocks"].push_back(table);
    document["export"] = {"csv", "xlsx"};
    return document;
  }

 private:
  static json filters(const asked &by) {
    auto search = make_field("q", "search", by.say("Search"));
    search["placeholder"] = by.say("Subject or detail");
    search["value"] = by.of("q");
    auto person = make_field("user", "select", by.say("User"));
    person["wide"] = true;
    person["value"] = by.of("user");
    person["options"] = json::array({make_option("", by.say("All"))});
    for (const auto &each : by.dms.data().users.all()) person["options"].push_back(make_option(each.id, each.name));
    return {{"type", "filters"},
            {"label", by.say("Filter the audit log")},
            {"submit", by.say("Apply")},
            {"fields", {search, person}}};
  }
};

/// In the reader's language where it was written in it.
std::string text_for(const notification &item, const std::string &locale) {
  auto in_his = text(json::parse(item.texts, nullptr, false), locale.substr(0, locale.find('-')).c_str());
  return in_his.empty() ? item.text : in_his;
}

class screen_of_notifications : public own_screen {
 public:
  using own_screen::own_screen;

 protected:
  json show(const asked &by) override {
    auto document = make_screen("host.notifications", by.say("Notifications"));
    json items = json::array();
    bool unread = false;
    for (const auto &each : by.dms.data().notifications.of_user(by.who.user(), most_notifications)) {
      unread = unread || each.read_us == 0;
      json item{{"id", std::to_string(each.id)},
                {"at_us", each.at_us},
                {"time", by.time(each.at_us)},
                {"title", text_for(each, by.locale)},
                {"weight", each.read_us != 0     ? "minor"
                           : each.tone == "info" ? "key"
                                                 : "now"}};
      auto link = json::parse(each.link.empty() ? "null" : each.link, nullptr, false);
      if (link.is_object()) {
        link["label"] = by.say("Open");
        item["link"] = link;
      }
      items.push_back(item);
    }
    if (items.empty()) {
      document["blocks"].push_back({{"type", "notice"}, {"tone", "plain"}, {"title", by.say("No notifications.")}});
      return document;
    }
    if (unread)
      document["actions"] =
          json::array({json{{"action", "read"}, {"label", by.say("Mark all as read")}, {"style", "second"}}});
    document["blocks"].push_back({{"type", "timeline"}, {"id", "notifications"}, {"items", items}});
    return document;
  }

  std::string act_on(const asked &by, const std::string &action) override {
    if (action != "read") return own_screen::act_on(by, action);
    by.dms.data().notifications.mark_read(by.who.user(), by.who.now_us());
    return by.say("All notifications are marked as read.");
  }
};

}  // namespace

std::unique_ptr<dms::screen> audit_screen(host &of, shared_words say) {
  return std::make_unique<screen_of_audit>(of, std::move(say), "host.audit", "host.audit");
}
std::unique_ptr<dms::screen> notifications_screen(host &of, shared_words say) {
  return std::make_unique<screen_of_notifications>(of, std::move(say), "host.notifications", "");
}

}  // namespace dms::reference::web
