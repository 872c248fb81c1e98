// The content as one JSON object. Empty members are left out, so that a stored lead is small.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "dms/cpp/json.hpp"
#include "lead/person_texts.hpp"

namespace lead_system {
namespace {

using json = nlohmann::json;

/// Appends members in the order in which they are named: who writes names them sorted, so that the same content is the
/// same text. Empty members are left out.
class json_writer {
 public:
  void begin() { text_ += '{'; }
  void end() { close('}'); }
  void name(std::string_view name) {
    text(name);
    text_ += ':';
  }
  void named(std::string_view its_name, const std::string &value) {
    name(its_name);
    text(value);
    text_ += ',';
  }
  void member(std::string_view its_name, const std::string &value) {
    if (!value.empty()) named(its_name, value);
  }
  void member(std::string_view its_name, time_us value) {
    if (value != 0) number(its_name, value);
  }
  void number(std::string_view its_name, std::int64_t value) {
    name(its_name);
    text_ += std::to_string(value);
    text_ += ',';
  }
  void flag(std::string_view its_name, bool value) {
    name(its_name);
    text_ += value ? "true," : "false,";
  }
  template <typename Item, typename Write>
  void list(std::string_view its_name, const std::vector<Item> &items, Write &&write) {
    if (items.empty()) return;
    name(its_name);
    text_ += '[';
    for (const auto &item : items) write(item);
    close(']');
  }
  std::string take() {
    text_.pop_back();  // the comma
    return std::move(text_);
  }

 private:
  void close(char letter) {
    if (text_.back() == ',') text_.pop_back();
    text_ += letter;
    text_ += ',';
  }
  void text(std::string_view value) {
    if (!is_plain(value)) {
      text_ += json(value).dump(-1, ' ', false, json::error_handler_t::replace);
      return;
    }
    text_ += '"';
    text_ += value;
    text_ += '"';
  }
  /// Nothing to escape and surely UTF-8: ASCII and the letters of two bytes, that is nearly every text.
  static bool is_plain(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size(); ++at) {
      const auto byte = static_cast<unsigned char>(text[at]);
      if (byte < 0x80) {
        if (byte < 0x20 || byte == '"' || byte == '\\') return false;
        continue;
      }
      const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
      if (byte < 0xC2 || byte > 0xDF || (next & 0xC0U) != 0x80U) return false;
      ++at;
    }
    return true;
  }

  std::string text_;
};

void get(const json &from, const char *name, std::string &value) {
  if (auto found = from.find(name); found != from.end() && found->is_string()) value = found->get<std::string>();
}

void get(const json &from, const char *name, time_us &value) {
  if (auto found = from.find(name); found != from.end() && found->is_number_integer()) value = found->get<time_us>();
}

/// In the order of the names, as person_texts: one table for both directions.
constexpr text_member<vehicle> vehicle_texts[] = {
    {"colour", &vehicle::colour},
    {"condition", &vehicle::condition},
    {"make", &vehicle::make},
    {"mileage", &vehicle::mileage},
    {"model", &vehicle::model},
    {"order_number", &vehicle::order_number},
    {"stock_number", &vehicle::stock_number},
    {"trim", &vehicle::trim},
    {"vin", &vehicle::vin},
    {"year", &vehicle::year},
};
constexpr text_member<lead_content> content_texts[] = {
    {"campaign", &lead_content::campaign},
    {"dealer_code", &lead_content::dealer_code},
    {"external_id", &lead_content::external_id},
    {"message", &lead_content::message},
    {"preferred_channel", &lead_content::preferred_channel},
    {"preferred_time", &lead_content::preferred_time},
    {"referrer", &lead_content::referrer},
    {"source", &lead_content::source},
    {"type", &lead_content::type},
};

template <typename Owner, std::size_t size>
void get_texts(const json &from, const text_member<Owner> (&table)[size], Owner &owner) {
  for (const auto &entry : table) get(from, entry.name, owner.*entry.member);
}

void write(json_writer &to, const vehicle &item) {
  to.begin();
  for (const auto &entry : vehicle_texts) to.member(entry.name, item.*entry.member);
  to.end();
}

vehicle read_vehicle(const json &from) {
  vehicle result;
  get_texts(from, vehicle_texts, result);
  return result;
}

void write(json_writer &to, const person &item) {
  to.begin();
  auto text = std::begin(person_texts);
  for (; std::string_view(text->name) < "phones"; ++text) to.member(text->name, item.*text->member);
  to.list("phones", item.phones, [&](const phone &one) {
    to.begin();
    to.member("kind", one.kind);
    to.named("number", one.number);
    to.end();
  });
  for (; text != std::end(person_texts); ++text) to.member(text->name, item.*text->member);
  to.end();
}

person read_person(const json &from) {
  person result;
  get_texts(from, person_texts, result);
  if (auto found = from.find("phones"); found != from.end() && found->is_array()) {
    for (const auto &one : *found) {
      phone entry;
      get(one, "number", entry.number);
      get(one, "kind", entry.kind);
      result.phones.push_back(std::move(entry));
    }
  }
  return result;
}

void write(json_writer &to, const consent &item) {
  to.begin();
  to.member("at", item.at);
  to.member("channel", item.channel);
  if (item.given) to.flag("given", *item.given);
  to.member("text", item.text);
  to.member("word", item.word);
  to.end();
}

consent read_consent(const json &from) {
  consent result;
  get(from, "channel", result.channel);
  if (auto given = from.find("given"); given != from.end() && given->is_boolean()) result.given = given->get<bool>();
  get(from, "at", result.at);
  get(from, "text", result.text);
  get(from, "word", result.word);
  return result;
}

void write(json_writer &to, const finance_contract &item) {
  to.begin();
  to.member("ends_on", item.ends_on);
  if (item.monthly_rate_cents) to.number("monthly_rate_cents", *item.monthly_rate_cents);
  to.member("number", item.number);
  if (item.residual_cents) to.number("residual_cents", *item.residual_cents);
  to.end();
}

finance_contract read_finance(const json &from) {
  finance_contract result;
  get(from, "number", result.number);
  get(from, "ends_on", result.ends_on);
  auto money = [&](const char *name, std::optional<std::int64_t> &value) {
    if (auto found = from.find(name); found != from.end() && found->is_number_integer()) {
      value = found->get<std::int64_t>();
    }
  };
  money("monthly_rate_cents", result.monthly_rate_cents);
  money("residual_cents", result.residual_cents);
  return result;
}

template <typename Item, typename Read>
void get_list(const json &from, const char *name, std::vector<Item> &into, Read read) {
  auto found = from.find(name);
  if (found == from.end() || !found->is_array()) return;
  for (const auto &one : *found) {
    if (one.is_object()) into.push_back(read(one));
  }
}

}  // namespace

bool is_wrapping(std::string_view extra) {
  // "/SiebelMessage@MessageId": what stands around the leads, by its path from the root.
  return extra.starts_with("mail/") || extra.starts_with('/');
}

std::string to_json(const lead_content &content, content_part part) {
  const bool shown = part != content_part::details, rest = part != content_part::listed;
  json_writer to;
  auto text = std::begin(content_texts);
  const auto texts_before = [&](std::string_view name) {
    for (; text != std::end(content_texts) && std::string_view(text->name) < name; ++text) {
      const bool is_message = text->member == &lead_content::message;
      if (is_message ? rest : shown) to.member(text->name, content.*text->member);
    }
  };
  to.begin();
  if (shown) to.member("appointment_at", content.appointment_at);
  if (shown && content.appointment_day) to.flag("appointment_day", true);
  texts_before("consents");
  // A list must not offer what was refused; how that was worded is for the lead's own screen.
  if (rest) to.list("consents", content.consents, [&](const consent &item) { write(to, item); });
  if (!rest) {
    to.list("consents", content.refused_channels(), [&](const std::string &channel) {
      write(to, consent{channel, false, 0, {}});
    });
  }
  texts_before("extras");
  if (rest && !content.extras.empty()) {
    to.name("extras");
    to.begin();
    for (const auto &[name, value] : content.extras) {
      if (part != content_part::compared || !is_wrapping(name)) to.named(name, value);
    }
    to.end();
  }
  texts_before("finance");
  if (shown && content.finance) to.name("finance"), write(to, *content.finance);
  texts_before("prospect");
  if (shown && !(content.prospect == person{})) to.name("prospect"), write(to, content.prospect);
  texts_before("received_at");
  if (shown && part != content_part::compared) to.member("received_at", content.received_at);
  texts_before("trade_in");
  if (shown && content.trade_in) to.name("trade_in"), write(to, *content.trade_in);
  texts_before("wanted");
  if (shown) to.list("wanted", content.wanted, [&](const vehicle &item) { write(to, item); });
  to.end();
  return to.take();
}

lead_content content_from_json(std::string_view text) {
  lead_content result;
  const auto from = dms::json_or_null(text);
  if (!from.is_object()) return result;
  get_texts(from, content_texts, result);
  get(from, "received_at", result.received_at);
  get(from, "appointment_at", result.appointment_at);
  result.appointment_day = from.contains("appointment_day");
  if (auto found = from.find("prospect"); found != from.end() && found->is_object()) {
    result.prospect = read_person(*found);
  }
  get_list(from, "wanted", result.wanted, read_vehicle);
  if (auto found = from.find("trade_in"); found != from.end() && found->is_object()) {
    result.trade_in = read_vehicle(*found);
  }
  if (auto found = from.find("finance"); found != from.end() && found->is_object()) {
    result.finance = read_finance(*found);
  }
  get_list(from, "consents", result.consents, read_consent);
  if (auto found = from.find("extras"); found != from.end() && found->is_object()) {
    for (const auto &[name, value] : found->items()) {
      if (value.is_string()) result.extras[name] = value.get<std::string>();
    }
  }
  return result;
}

bool lead_content::allows(std::string_view channel) const {
  const consent *last = nullptr;
  for (const auto &one : consents) {
    if (one.channel != channel || !one.given) continue;
    const bool later = last == nullptr || one.at > last->at || (one.at == last->at && !*one.given);
    if (later) last = &one;
  }
  return last == nullptr || *last->given;
}

std::vector<std::string> lead_content::refused_channels() const {
  std::vector<std::string> result;
  for (const auto &one : consents) {
    const bool known = std::find(result.begin(), result.end(), one.channel) != result.end();
    if (!known && !allows(one.channel)) result.push_back(one.channel);
  }
  return result;
}

std::string person::full_name() const {
  std::string result;
  for (const auto *part : {&title, &first_name, &last_name}) {
    if (part->empty()) continue;
    if (!result.empty()) result += ' ';
    result += *part;
  }
  return result.empty() ? company : result;
}

}  // namespace lead_system
