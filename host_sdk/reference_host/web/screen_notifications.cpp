// The notifications behind the bell.
#include "reference_host/web/own_screen.hpp"

namespace dms::reference::web {
namespace {

constexpr int most_notifications = 100;

/// In the reader's language where it was written in it.
std::string text_for(const notification &item, const std::string &locale) {
  auto in_his = text(document_in(item.texts), locale.substr(0, locale.find('-')).c_str());
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
      auto link = document_in(each.link);
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

std::unique_ptr<dms::screen> notifications_screen(host &of, shared_words say) {
  return std::make_unique<screen_of_notifications>(of, std::move(say), "host.notifications", "");
}

}  // namespace dms::reference::web
