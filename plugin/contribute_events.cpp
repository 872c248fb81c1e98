// contribute_events.cpp - what the plugin hears of from the host: the table of events, and the guard of references.
#include "contribute.hpp"
#include "contributed.hpp"

namespace lead_system {
namespace {

void refuse_with(rooms &of, const dms::call &who, const std::vector<message> &objection) {
  std::string text;
  for (const auto &one : objection) text += (text.empty() ? "" : " ") + of.texts.in(who.locale())(one);
  if (!text.empty()) throw dms::failure(dms_refused, text);
}

void contact_completed(rooms &of, const dms::call &who, const screens::parameters &data) {
  const auto id = processing::lead_of(data.one("reference"));
  if (!id) return;
  of.desk.contact_completed(who, *id, data.one("contact"), data.one("result"), data.one("note"));
  of.wake_feedback();
}
void customer_merged(rooms &of, const dms::call &who, const screens::parameters &data) {
  if (of.sales.customer_merged(who, data.one("customer")) > 0) of.wake_feedback();
}
void deal_changed(rooms &of, const dms::call &who, const screens::parameters &) {
  if (of.sales.take_news(who) > 0) of.wake_feedback();
}
void mail_news(rooms &of, const dms::call &who, const screens::parameters &) {
  of.answering.take_news(who);
}
void user_deactivating(rooms &of, const dms::call &who, const screens::parameters &data) {
  refuse_with(of, who, of.settings.objection_to_deactivating(data.one("user"), who.now_us()));
}
void location_closing(rooms &of, const dms::call &who, const screens::parameters &data) {
  refuse_with(of, who, of.settings.objection_to_closing(data.one("location"), who.now_us()));
}
void coverage_changed(rooms &of, const dms::call &who, const screens::parameters &) {
  of.settings.raise_or_clear(who.now_us());
}

bool always(const rooms &) {
  return true;
}
bool hears_of_sales(const rooms &of) {
  return of.sales.hears();
}
bool hears_of_mail(const rooms &of) {
  return of.answering.hears();
}

struct event_row {
  const char *event;
  void (*handle)(rooms &of, const dms::call &who, const screens::parameters &data);
  bool (*wanted)(const rooms &of) = always;  ///< in this host
};
constexpr event_row events[] = {
    {"contact.completed", contact_completed},       {"customer.merged", customer_merged},
    {"deal.changed", deal_changed, hears_of_sales}, {"mail.changed", mail_news, hears_of_mail},
    {"mail.received", mail_news, hears_of_mail},    {"user.deactivating", user_deactivating},
    {"location.closing", location_closing},         {"user.deactivated", coverage_changed},
    {"user.activated", coverage_changed},           {"location.closed", coverage_changed},
    {"location.opened", coverage_changed}};

}  // namespace

void contribute_event_handlers(rooms &from, dms::contributions &to) {
  for (const auto &row : events) {
    if (!row.wanted(from)) continue;
    auto handle = [&from, &row](const dms::call &who, const screens::parameters &data) { row.handle(from, who, data); };
    if (!to.add(std::make_unique<simple_handler>(row.event, std::move(handle), from.texts))) {
      from.log.warning(std::string("the host has no event ") + row.event);
    }
  }
}

void contribute_guard(rooms &from, dms::contributions &to) {
  to.add(std::make_unique<lead_guard>(
      [&from](const dms::call &who, const std::vector<std::int64_t> &ids) {
        return from.leads.seen(ids, from.desk.seen_by(std::string(who.user()), who.now_us()));
      },
      from.texts));
}

}  // namespace lead_system
