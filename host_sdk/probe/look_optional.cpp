// What the services answer that a host may do without: deals, absences, e-mails; and what events say of them and of
// customers. Without a change in the host.
#include <algorithm>
#include <cctype>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/json.hpp"
#include "probe/looks.hpp"

namespace dms::probing {
namespace {

using nlohmann::json;

bool has_text(const json &item, const char *name) {
  return item.is_object() && item.contains(name) && item[name].is_string() && !item[name].get<std::string>().empty();
}
std::string text_in(const json &item, const char *name) {
  return has_text(item, name) ? item[name].get<std::string>() : std::string();
}
bool has_change(const json &item) {
  return item.is_object() && item.contains("change") && item["change"].is_number_integer();
}
std::int64_t change_of(const json &item) {
  return item["change"].get<std::int64_t>();
}
bool is_deal(const json &one) {
  return has_text(one, "id") && has_change(one);
}
bool is_news(const json &one) {
  constexpr std::string_view states[] = {"waiting", "sent", "failed"};
  if (!has_text(one, "id") || !has_change(one)) return false;
  if (text_in(one, "kind") == "reply") return has_text(one, "mail");
  return text_in(one, "kind") == "mail" &&
         std::find(std::begin(states), std::end(states), text_in(one, "state")) != std::end(states);
}
/// "2026-12-01"
bool is_day(std::string_view text) {
  if (text.size() != 10) return false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool dash = at == 4 || at == 7;
    if (dash ? text[at] != '-' : std::isdigit(static_cast<unsigned char>(text[at])) == 0) return false;
  }
  return true;
}
bool is_absence(const json &one) {
  return has_text(one, "user") && is_day(text_in(one, "from")) && is_day(text_in(one, "to")) &&
         text_in(one, "from") <= text_in(one, "to") && (!one.contains("deputy") || has_text(one, "deputy"));
}

/// What is asked for by the change that it had last: deals, and news of e-mails.
struct changing {
  std::string_view whole, order, limit;  ///< rules
  bool (*right)(const json &);
};
template <typename Service>
void look_at_changes(probe &of, const Service &service, const changing &what) {
  constexpr std::uint32_t most = 500;
  const auto later_than = [&](std::int64_t after, std::uint32_t limit) {
    const auto came = of.ask([&](const dms_sink *sink, dms_error *error) {
      return service.changed(service.context, after, limit, sink, error);
    });
    return came.status == dms_ok ? json_or_null(came.text) : json();
  };
  const auto in_order = [&](const json &list, std::int64_t after) {
    return list.is_array() && std::all_of(list.begin(), list.end(), [&](const json &one) {
             const bool later = what.right(one) && change_of(one) > after;
             if (later) after = change_of(one);
             return later;
           });
  };
  const auto all = later_than(0, most);
  const bool whole = all.is_array() && std::all_of(all.begin(), all.end(), what.right);
  if (!of.notes->judge(what.whole, whole, "a member is missing, or it is no list")) return;
  const auto first = all.empty() ? std::int64_t{0} : change_of(all.front());
  of.notes->judge(what.order, in_order(all, 0) && in_order(later_than(first, most), first),
                  "one comes before another that changed earlier, or was not asked for");
  const auto one = later_than(0, 1);
  of.notes->judge(what.limit, one.is_array() && one.size() <= 1, "more than one comes where one is asked for");
}

template <typename Service>
void look_for_nobody(probe &of, const Service &service, std::string_view rule) {
  const auto came = of.ask([&](const dms_sink *sink, dms_error *error) {
    return service.get(service.context, str("dms_probe-nothing"), sink, error);
  });
  of.notes->judge(rule, came.status == dms_not_found, "status " + std::to_string(came.status));
}

answer absences_since(probe &of, const dms_absences &service, std::string_view day) {
  return of.ask(
      [&](const dms_sink *sink, dms_error *error) { return service.list(service.context, str(day), sink, error); });
}

void look_at_absences(probe &of, const dms_absences &service) {
  const auto before = service.generation(service.context);
  of.notes->judge("absences.generation", service.generation(service.context) == before, "it is another one each time");
  const auto came = absences_since(of, service, "2000-01-01");
  const auto all = json_or_null(came.text);
  const bool whole = came.status == dms_ok && all.is_array() && std::all_of(all.begin(), all.end(), is_absence);
  const bool sorted = whole && std::is_sorted(all.begin(), all.end(), [](const json &one, const json &other) {
                        return text_in(one, "from") < text_in(other, "from");
                      });
  if (!of.notes->judge("absences.list", sorted, whole ? "they are not sorted" : "a member is missing or no day"))
    return;
  std::string last;
  for (const auto &one : all) last = std::max(last, text_in(one, "to"));
  const auto later = last.empty() ? json::array() : json_or_null(absences_since(of, service, last).text);
  const bool left_out = later.is_array() && std::all_of(later.begin(), later.end(),
                                                        [&](const json &one) { return text_in(one, "to") >= last; });
  of.notes->judge("absences.since", left_out && absences_since(of, service, "someday").status == dms_invalid,
                  left_out ? "what is no day is answered" : "one that ended before the day comes as well");
}

void look_at_sender(probe &of, const dms_mail &service) {
  const auto came =
      of.ask([&](const dms_sink *sink, dms_error *error) { return service.sender(service.context, sink, error); });
  const auto sender = json_or_null(came.text);
  of.notes->judge("mail.sender",
                  came.status == dms_ok && text_in(sender, "address").find('@') != std::string::npos &&
                      sender.contains("replies") && sender["replies"].is_boolean(),
                  "it has no address, or does not say whether answers come back");
}

/// The id of what answers to that id; empty where nothing does.
template <typename Service>
std::string answers_as(probe &of, const Service &service, const std::string &id) {
  const auto came = of.ask(
      [&](const dms_sink *sink, dms_error *error) { return service.get(service.context, str(id), sink, error); });
  return came.status == dms_ok ? text_in(json_or_null(came.text), "id") : std::string();
}
/// Whether what an event names can be asked for, as it is told of after it was committed.
template <typename Service>
bool is_there(probe &of, const Service &service, const std::string &id) {
  return answers_as(of, service, id) == id;
}
/// Whoever was merged meanwhile once more is another one by now, and both ids say so.
void look_at_merged(probe &of, const std::string &customer, const std::string &into) {
  const auto *service = of.service<dms_customers>(DMS_CUSTOMERS_ID);
  if (service == nullptr) return;
  const auto became = answers_as(of, *service, customer);
  of.notes->judge("customers.merged", !became.empty() && became != customer && became == answers_as(of, *service, into),
                  became.empty() ? "nobody answers to the id of before" : "another one answers to the id of before");
}

}  // namespace

void look_at_optional(probe &of) {
  if (const auto *sales = of.service<dms_sales>(DMS_SALES_ID)) {
    look_at_changes(of, *sales, {"deals.whole", "deals.order", "deals.limit", &is_deal});
    look_for_nobody(of, *sales, "deals.missing");
  }
  if (const auto *absences = of.service<dms_absences>(DMS_ABSENCES_ID)) look_at_absences(of, *absences);
  if (const auto *mail = of.service<dms_mail>(DMS_MAIL_ID)) {
    look_at_sender(of, *mail);
    look_at_changes(of, *mail, {"mail.news", "mail.order", "mail.limit", &is_news});
    look_for_nobody(of, *mail, "mail.missing");
  }
}

void look_at_told(probe &of, std::string_view event, const json &data, const std::string &id) {
  if (event == "customer.merged") return look_at_merged(of, id, text_in(data, "into"));
  if (event == "deal.changed") {
    if (const auto *sales = of.service<dms_sales>(DMS_SALES_ID))
      of.notes->judge("deals.told", is_there(of, *sales, id), "it is told of before it is there");
  }
  if (event != "mail.changed" && event != "mail.received") return;
  {
    // E-mails of other plugins are told of as well, and are not ours to ask for.
    const std::lock_guard lock(of.mutex);
    if (of.mails.count(id) == 0) return;
  }
  if (const auto *mail = of.service<dms_mail>(DMS_MAIL_ID))
    of.notes->judge("mail.told", is_there(of, *mail, id), "it is told of before it is there");
}

}  // namespace dms::probing
