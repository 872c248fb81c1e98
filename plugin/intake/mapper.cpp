#include "intake/mapper.hpp"

#include <algorithm>

#include "intake/dates.hpp"
#include "intake/definition_parts.hpp"
#include "intake/derived_id.hpp"
#include "intake/normalise.hpp"
#include "intake/plain_text.hpp"
#include "lead/fold.hpp"
#include "lead/placeholders.hpp"

namespace lead_system::intake {
namespace {

// The columns' lengths in characters.
constexpr std::size_t short_text = 200, long_text = 2'000, message_text = 10'000;
constexpr std::size_t most_extras = 200, most_vehicles = 20, most_consents = 50, most_phones = 10;

struct known_word {
  std::string_view folded, value;
};
constexpr known_word channel_words[] = {
    {"email", "email"},     {"e mail", "email"},    {"mail", "email"}, {"phone", "phone"},
    {"telephone", "phone"}, {"telefon", "phone"},   {"call", "phone"}, {"anruf", "phone"},
    {"mobile", "phone"},    {"cellphone", "phone"}, {"sms", "sms"},    {"text", "sms"},
    {"post", "post"},       {"letter", "post"},     {"brief", "post"}, {"postal", "post"},
};
constexpr known_word phone_kind_words[] = {
    {"cellphone", "mobile"}, {"cell", "mobile"}, {"mobile", "mobile"}, {"mobil", "mobile"}, {"handy", "mobile"},
    {"home", "home"},        {"privat", "home"}, {"evening", "home"},  {"work", "work"},    {"office", "work"},
    {"business", "work"},    {"day", "work"},    {"buro", "work"},
};

template <std::size_t size>
std::string word_of(const word_map &own, const known_word (&common)[size], std::string_view text) {
  const auto folded = fold_name(text);
  if (const auto found = own.find(folded); found != own.end()) return found->second;
  for (const auto &known : common) {
    if (known.folded == folded) return std::string(known.value);
  }
  return {};
}

std::string word_of(const word_map &own, std::string_view text) {
  const auto found = own.empty() || text.empty() ? own.end() : own.find(fold_name(text));
  return found == own.end() ? std::string{} : found->second;
}

bool is_yes(std::string_view text) {
  const auto folded = fold_email(text);
  for (auto known : {"y", "yes", "true", "1", "j", "ja", "on", "x", "t"}) {
    if (folded == known) return true;
  }
  return false;
}

bool is_no(std::string_view text) {
  const auto folded = fold_email(text);
  for (auto known : {"n", "no", "false", "0", "nein", "off", "f"}) {
    if (folded == known) return true;
  }
  return false;
}

/// One record on its way to a lead.
class mapping {
 public:
  mapping(const definition &source, const record &from) : how_(*source.how), from_(from) {
    lead_.content.source = source.id;
  }

  read_lead run(time_us received_default, const std::string &payload_remark) {
    for (const auto &one : how_.lead[lead_field::ignore]) from_.use(one);
    if (!payload_remark.empty()) remark("encoding", payload_remark);
    head(received_default);
    from_.visit(how_.prospect.at, [&](const record &one) { return prospect(one), false; });
    for (const auto &kind : how_.phones) phones(kind);
    from_.visit(how_.vehicle.at, [&](const record &one) { return vehicle_of(one); });
    consents();
    finance();
    lead_.content.type = type();
    carried();
    leftovers();
    if (lead_.content.external_id.empty()) {
      lead_.content.external_id = derived_id(lead_.content, sent_, how_.format == payload_format::csv);
    }
    judge();
    return std::move(lead_);
  }

 private:
  void remark(const std::string &field, const std::string &sentence) {
    auto &text = lead_.content.extras["remark/" + field];
    text += (text.empty() ? "" : " ") + clean_line(sentence, long_text);
  }
  void rejected(const std::string &field, const std::string &value, const char *why) {
    remark(field, "\"" + value + "\" " + why);
  }

  std::string line(const record &from, const alternatives &where, const char *name, std::size_t longest = short_text) {
    if (where.empty()) return {};
    bool cut = false;
    auto text = clean_line(from.first(where), longest, &cut);
    if (cut) remark(name, "The value was cut at " + std::to_string(longest) + " characters.");
    return text;
  }
  std::string lead_line(lead_field field) {
    return line(from_, how_.lead[field], lead_field_names[static_cast<std::size_t>(field)].data());
  }

  void head(time_us received_default) {
    auto &content = lead_.content;
    content.external_id = own_id();
    content.dealer_code = lead_line(lead_field::dealer_code);
    content.campaign = lead_line(lead_field::campaign);
    content.referrer = lead_line(lead_field::referrer);
    content.preferred_time = lead_line(lead_field::preferred_time);
    const auto sent = lead_line(lead_field::received);
    sent_ = sent_time_of(sent, time(sent, "received"));
    content.received_at = sent_.at != 0 ? sent_.at : received_default;
    content.appointment_at = time(lead_line(lead_field::appointment), "appointment");
    if (auto channel = lead_line(lead_field::preferred_channel); !channel.empty()) {
      content.preferred_channel = word_of(how_.channels, channel_words, channel);
      if (content.preferred_channel.empty()) rejected("preferred_channel", channel, "is no known channel.");
    }
    bool cut = false;
    content.message = clean_lines(without_markup(from_.first(how_.lead[lead_field::message])), message_text, &cut);
    if (cut) remark("message", "The value was cut at 10000 characters.");
    lead_.is_test = is_yes(lead_line(lead_field::test));
    lead_.secret = lead_line(lead_field::secret);
  }

  /// A form's constant, "0" or a number that a table has damaged says nothing of which lead it is.
  std::string own_id() {
    auto id = lead_line(lead_field::external_id);
    if (id.empty() || !is_placeholder_id(id)) return id;
    rejected("external_id", id, "is not the lead's own number; it got one here.");
    return {};
  }

  time_us time(const std::string &text, const char *name) {
    if (text.empty()) return 0;
    const auto found = parse_time(text, how_.dates, how_.zone);
    if (!found) rejected(name, text, "is no date that the source's definition knows.");
    return found.value_or(0);
  }

  void prospect(const record &from) {
    auto &person = lead_.content.prospect;
    const auto text = [&](person_field field) {
      return line(from, how_.prospect[field], person_field_names[static_cast<std::size_t>(field)].data());
    };
    person.title = text(person_field::title);
    person.first_name = text(person_field::first_name);
    person.last_name = text(person_field::last_name);
    person.company = text(person_field::company);
    person.street = text(person_field::street);
    person.postal_code = text(person_field::postal_code);
    person.city = text(person_field::city);
    person.customer_number = text(person_field::customer_number);
    normal(text(person_field::salutation), person.salutation, "salutation", "is no known salutation.",
           [&](const std::string &value) -> std::optional<std::string> {
             if (auto own = word_of(how_.salutations, value); !own.empty()) return own;
             return normal_salutation(value);
           });
    normal(text(person_field::language), person.language, "language", "is no known language.", &normal_language);
    normal(text(person_field::country), person.country, "country", "is no known country.", &normal_country);
    normal(text(person_field::email), person.email, "email", "is no e-mail address.", &normal_email);
    auto full = text(person_field::full_name);
    if (person.first_name.empty() && person.last_name.empty() && !full.empty()) split_name(full, person);
  }

  template <typename Normalise>
  void normal(const std::string &value, std::string &into, const char *name, const char *why, Normalise &&normalise) {
    if (value.empty()) return;
    if (auto found = normalise(value)) {
      into = std::move(*found);
    } else {
      rejected(name, value, why);
    }
  }

  void phones(const section<phone_field> &kind) {
    from_.visit(kind.at, [&](const record &one) {
      const auto number = line(one, kind[phone_field::number], "phone", 60);
      const auto word = line(one, kind[phone_field::kind], "phone");
      if (!number.empty()) phone_of(number, word);
      return lead_.content.prospect.phones.size() < most_phones;
    });
  }

  void phone_of(const std::string &number, const std::string &word) {
    auto &known = lead_.content.prospect.phones;
    if (fold_name(word) == "fax") {
      rejected("phone", number, "is a fax.");
      return;
    }
    phone item{number, word_of(how_.phone_kinds, phone_kind_words, word)};
    if (auto normal = normal_phone(number, lead_.content.prospect.country)) {
      item.number = std::move(*normal);
      if (item.kind.empty() && quick_mobile(item.number, "AT")) item.kind = "mobile";
    } else {
      rejected("phone", number, "is no valid phone number; it is kept as it came.");
    }
    const bool twice =
        std::any_of(known.begin(), known.end(), [&](const phone &one) { return one.number == item.number; });
    if (!twice) known.push_back(std::move(item));
  }

  bool vehicle_of(const record &from) {
    const auto text = [&](vehicle_field field) {
      return line(from, how_.vehicle[field], vehicle_field_names[static_cast<std::size_t>(field)].data());
    };
    const auto condition = text(vehicle_field::condition), role = text(vehicle_field::role);
    vehicle item{text(vehicle_field::make),         text(vehicle_field::model),          text(vehicle_field::trim),
                 text(vehicle_field::year),         word_of(how_.conditions, condition), {},
                 text(vehicle_field::order_number), text(vehicle_field::stock_number),   text(vehicle_field::colour),
                 text(vehicle_field::mileage)};
    if (auto vin = text(vehicle_field::vin); !vin.empty()) {
      auto normal = normal_vin(vin);
      if (!normal) rejected("vin", vin, "is no vehicle identification number; it is kept as it came.");
      item.vin = normal ? *normal : vin;
    }
    const bool trade_in = word_of(how_.roles, role) == "trade_in";
    auto plain = item;
    plain.condition.clear();
    if (plain == vehicle{}) return true;
    keep_unknown_word(condition);
    if (role != condition) keep_unknown_word(role);
    auto &content = lead_.content;
    if (!trade_in) {
      content.wanted.push_back(std::move(item));
    } else if (!content.trade_in) {
      content.trade_in = std::move(item);
    } else {
      remark("trade_in", "Another one: " + item.make + " " + item.model + " " + item.vin + ".");
    }
    return content.wanted.size() < most_vehicles;
  }

  /// "lease" and "demo" say something that the canonical vehicle has no place for.
  void keep_unknown_word(const std::string &word) {
    const auto folded = fold_name(word);
    if (folded.empty() || how_.roles.contains(folded) || how_.conditions.contains(folded)) return;
    rejected("vehicle", word, "is kept as it came.");
  }

  void consents() {
    if (!how_.consent.present) return;
    from_.visit(how_.consent.at, [&](const record &one) {
      consent item;
      const auto channel = line(one, how_.consent[consent_field::channel], "consent");
      item.channel = word_of(how_.channels, channel_words, channel);
      if (item.channel.empty()) item.channel = channel;
      const auto given = line(one, how_.consent[consent_field::given], "consent");
      if (is_yes(given)) item.given = true;
      if (is_no(given)) item.given = false;
      item.at = time(line(one, how_.consent[consent_field::at], "consent"), "consent");
      item.text = line(one, how_.consent[consent_field::text], "consent", long_text);
      if (!(item == consent{})) lead_.content.consents.push_back(std::move(item));
      return lead_.content.consents.size() < most_consents;
    });
  }

  void finance() {
    if (!how_.finance.present) return;
    from_.visit(how_.finance.at, [&](const record &one) {
      finance_contract item;
      item.number = line(one, how_.finance[finance_field::number], "finance");
      normal(line(one, how_.finance[finance_field::end], "finance"), item.ends_on, "finance_end",
             "is no date that the source's definition knows.",
             [&](const std::string &text) { return parse_date(text, how_.dates); });
      item.monthly_rate_cents = money(line(one, how_.finance[finance_field::monthly_rate], "finance"));
      item.residual_cents = money(line(one, how_.finance[finance_field::residual], "finance"));
      if (!(item == finance_contract{})) lead_.content.finance = std::move(item);
      return false;
    });
  }

  std::optional<std::int64_t> money(const std::string &text) {
    if (text.empty()) return std::nullopt;
    auto cents = normal_money(text, how_.decimal);
    if (!cents) rejected("finance", text, "is no amount of money.");
    return cents;
  }

  /// "a + b", else "a + *" (of which b says more than the type), else "*"; empty where nothing fits.
  std::string type() {
    type_text_ = lead_line(lead_field::type);
    const auto priority = lead_line(lead_field::priority);
    const auto kind = fold_name(type_text_);
    if (!priority.empty()) type_text_ += " + " + priority;
    const std::string exact = priority.empty() ? kind : kind + " + " + fold_name(priority);
    for (const auto &key : {exact, kind + " + *"}) {
      if (const auto found = how_.types.find(key); found != how_.types.end()) return found->second;
    }
    const auto any = how_.types.find("*");
    if (any == how_.types.end()) return {};
    if (!kind.empty()) rejected("type", type_text_, "is no type that the source's definition knows.");
    return any->second;
  }

  /// How far an old system was with the lead. Its words are kept as well, whatever becomes of them.
  void carried() {
    lead_.salesperson = lead_line(lead_field::salesperson);
    if (!lead_.salesperson.empty()) lead_.content.extras["old_list/salesperson"] = lead_.salesperson;
    const auto word = lead_line(lead_field::state);
    if (word.empty()) return;
    lead_.content.extras["old_list/state"] = word;
    lead_.state = state_from(word_of(how_.states, word));
    if (!lead_.state) rejected("state", word, "is no state that the source's definition knows.");
  }

  void leftovers() {
    std::map<std::string, std::string> raw;
    from_.leftovers(raw);
    auto &extras = lead_.content.extras;
    std::size_t count = 0;
    for (const auto &[name, text] : raw) {
      if (++count > most_extras) {
        remark("extras", "Only the first 200 of " + std::to_string(raw.size()) + " further values are kept here.");
        break;
      }
      bool cut = false;
      auto value = clean_lines(text, long_text, &cut);
      if (value.empty()) continue;
      extras[clean_line(name, short_text)] = std::move(value);
      if (cut) remark("extras", "\"" + name + "\" was cut at 2000 characters.");
    }
  }

  bool reachable() const {
    const auto &person = lead_.content.prospect;
    const bool by_phone = std::any_of(person.phones.begin(), person.phones.end(),
                                      [](const phone &one) { return phone_digits(one.number).size() >= 6; });
    const bool by_post = !person.street.empty() && (!person.postal_code.empty() || !person.city.empty());
    return by_phone || by_post || !person.email.empty() || !person.customer_number.empty();
  }

  void judge() {
    if (!reachable()) {
      lead_.problem_but_type = {
          "There is no way to reach the person: no e-mail, phone, postal address or customer number.", {}};
    }
    if (lead_.content.type.empty() && type_text_.empty()) {
      lead_.problem = {"The lead names no type. Have the sender add it.", {}};
    } else if (lead_.content.type.empty()) {
      lead_.problem = {"The lead type \"{1}\" is not known. Correct it, or add it to the source's definition.",
                       {type_text_}};
    } else {
      lead_.problem = lead_.problem_but_type;
    }
  }

  const definition::reading &how_;
  const record &from_;
  read_lead lead_;
  sent_time sent_;
  std::string type_text_;
};

}  // namespace

read_lead map_record(const definition &source, const record &from, time_us received_default,
                     const std::string &payload_remark) {
  return mapping(source, from).run(received_default, payload_remark);
}

}  // namespace lead_system::intake
