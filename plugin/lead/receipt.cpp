#include "lead/receipt.hpp"

#include <algorithm>

#include "dms/cpp/mail_text.hpp"
#include "lead/placeholders.hpp"

namespace lead_system {

mail_consent consent_to_mail(const lead_content &content) {
  if (!content.allows("email")) return mail_consent::refused;
  const bool said = std::any_of(content.consents.begin(), content.consents.end(),
                                [](const consent &one) { return one.channel == "email" && one.given.has_value(); });
  return said ? mail_consent::allowed : mail_consent::unknown;
}

message no_mail_address() {
  return {"The e-mail address of the lead cannot be one. Correct the data, or choose another way.", {}};
}

namespace {

bool names_a_page(const std::string &text) {
  return text.find("://") != std::string::npos || text.find("www.") != std::string::npos;
}

/// What the text of a receipt takes over from whoever has asked.
bool brings_a_link(const lead_content &content) {
  const auto &who = content.prospect;
  if (names_a_page(who.full_name()) || names_a_page(who.title)) return true;
  if (content.wanted.empty()) return false;
  const auto &car = content.wanted.front();
  return names_a_page(car.make) || names_a_page(car.model) || names_a_page(car.trim);
}

/// The message came as a program's answer to another one: to answer that would make two machines talk.
bool came_by_itself(const lead_content &content) {
  return content.extras.find("mail/Auto-Submitted") != content.extras.end();
}

bool is_late(const lead &item, time_us now) {
  const auto sent = item.content.received_at;
  return now - item.created_at > longest_way_of_receipt || (sent != 0 && now - sent > longest_way_of_receipt);
}

struct refusal_row {
  std::string_view why;
  bool (*applies)(const lead &, const receipt_facts &);
};
/// The first that applies is the reason.
constexpr refusal_row refusal_rows[] = {
    {"off", [](const lead &, const receipt_facts &of) { return of.since == 0; }},
    {"before", [](const lead &item, const receipt_facts &of) { return item.created_at < of.since; }},
    {"by_hand", [](const lead &, const receipt_facts &of) { return of.by_hand; }},
    {"old_list", [](const lead &, const receipt_facts &of) { return of.old_list; }},
    {"late", [](const lead &item, const receipt_facts &of) { return is_late(item, of.now); }},
    {"ended", [](const lead &item, const receipt_facts &) { return !is_open(item.state); }},
    {"answered", [](const lead &item, const receipt_facts &) { return item.first_contact_at != 0; }},
    {"automatic", [](const lead &item, const receipt_facts &) { return came_by_itself(item.content); }},
    {"no_address",
     [](const lead &item, const receipt_facts &) {
       const auto &address = item.content.prospect.email;
       return !dms::is_mail_address(address) || is_placeholder_email(address);
     }},
    {"no_consent",
     [](const lead &item, const receipt_facts &) { return consent_to_mail(item.content) != mail_consent::allowed; }},
    {"link", [](const lead &item, const receipt_facts &) { return brings_a_link(item.content); }},
    {"asked_before", [](const lead &item, const receipt_facts &of) {
       return of.asked_before != 0 && item.created_at - of.asked_before < receipt_once_within;
     }}};

}  // namespace

std::optional<std::string_view> no_receipt_because(const lead &item, const receipt_facts &of) {
  for (const auto &row : refusal_rows) {
    if (row.applies(item, of)) return row.why;
  }
  return std::nullopt;
}

}  // namespace lead_system
