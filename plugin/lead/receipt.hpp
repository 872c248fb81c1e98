// receipt.hpp - which leads get a receipt by itself: the one rule (plugin/README.md "Answers"). Pure.
#pragma once

#include <optional>
#include <string_view>

#include "lead/lead.hpp"
#include "lead/message.hpp"

namespace lead_system {

/// What the person said of being written to by e-mail. No word is no permission for what nobody asked for.
enum class mail_consent { allowed, unknown, refused };
mail_consent consent_to_mail(const lead_content &content);

/// Why nothing is written to an address that cannot be one.
message no_mail_address();

/// What the rule looks at besides the lead.
struct receipt_facts {
  time_us now = 0;
  time_us since = 0;         ///< from when on receipts are sent for its type and location; 0: they are not
  bool by_hand = false;      ///< somebody of the dealership entered it
  bool old_list = false;     ///< it was taken over from another system
  time_us asked_before = 0;  ///< when the same person's earlier enquiry came; 0: there is none
};
/// A receipt that comes later than that confuses.
constexpr time_us longest_way_of_receipt = hour_us;
/// Whoever asks again within a day knows that we have heard him.
constexpr time_us receipt_once_within = day_us;

/// Why the lead gets none, as a key that is kept: "off", "before", "by_hand", "old_list", "late", "ended", "answered"
/// (somebody was quicker), "automatic", "no_address", "no_consent", "link" (somebody has written the address of a page
/// where his name or the vehicle stands: we would send it to whomever he names), "asked_before"; nothing: it gets one.
std::optional<std::string_view> no_receipt_because(const lead &item, const receipt_facts &of);

}  // namespace lead_system
