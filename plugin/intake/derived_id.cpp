#include "intake/derived_id.hpp"

#include <algorithm>

#include "lead/digest.hpp"
#include "lead/fold.hpp"

namespace lead_system::intake {

sent_time sent_time_of(std::string_view written, time_us at) {
  if (at == 0) return {};
  // "10:15", "20261128T101500", or seconds since 1970; not "28.11.2026".
  const auto digit = [](char letter) { return letter >= '0' && letter <= '9'; };
  const bool epoch = written.size() >= 10 && std::all_of(written.begin(), written.end(), digit);
  const auto letter = written.find('T');
  const bool compact = letter != std::string_view::npos && letter > 0 && letter + 1 < written.size() &&
                       digit(written[letter - 1]) && digit(written[letter + 1]);
  return {at, epoch || compact || written.find(':') != std::string_view::npos};
}

std::string derived_id(const lead_content &content, const sent_time &sent, bool row_of_a_list) {
  const auto &person = content.prospect;
  std::string text = content.source;
  const auto add = [&](const std::string &part) { text += '\n' + part; };
  add(fold_name(person.full_name()));
  add(fold_email(person.email));
  add(person.phones.empty() ? "" : phone_digits(person.phones.front().number));
  add(person.customer_number);
  if (!content.wanted.empty()) {
    const auto &wanted = content.wanted.front();
    add(fold_name(wanted.make) + ' ' + fold_name(wanted.model) + ' ' + wanted.vin + ' ' + wanted.order_number);
  }
  add(std::to_string(sent.at / minute_us));
  if (sent.on_the_minute) return "derived:" + sha256_hex(text);
  if (row_of_a_list) {
    if (content.finance) add(content.finance->number + ' ' + content.finance->ends_on);
  } else {
    add(content.message);
    if (sent.at == 0) add(std::to_string(content.received_at / minute_us));
  }
  return "derived:" + sha256_hex(text);
}

}  // namespace lead_system::intake
