#include "intake/mapper.hpp"

#include <algorithm>

#include "intake/dates.hpp"
#include "intake/definition_parts.hpp"
#include "intake/derived_id.hpp"
#include "intake/field_reader.hpp"
#include "intake/normalise.hpp"
#include "lead/digest.hpp"
#include "lead/fold.hpp"
#include "lead/placeholders.hpp"

namespace lead_system::intake {
namespace {

constexpr std::size_t most_extras = 200, most_vehicles = 20, most_consents = 50;

std::string word_of(const word_map &own, std::string_view text) {
  const auto found = own.empty() || text.empty() ? own.end() : own.find(fold_name(text));
  return found == own.end() ? std::string{} : found->second;
}

bool is_among(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), fold_email(text)) != words.end();
}
bool is_yes(std::string_view text) {
  return is_among(text, {"y", "yes", "true", "1", "j", "ja", "on", "x", "t"});
}
bool is_no(std::string_view text) {
  return is_among(text, {"n", "no", "false", "0", "nein", "off", "f"});
}

/// One record on its way to a lead.
class mapping {
 public:
  mapping(const definition &source, const record &from)
      : source_(source), how_(*source.how), from_(from), fields_(lead_.content) {
    lead_.content.source = source.id;
  }

  read_lead run(time_us received_default, const message &payload_remark) {
    if (!payload_remark.empty()) fields_.remark("encoding", payload_remark);
    if (auto why = from_.problem(); !why.empty()) return unfit(std::move(why));
    for (const auto &one : how_.lead[lead_field::ignore]) from_.use(one);
    head(received_default);
    map_prospect(how_, from_, fields_, lead_.content);
    from_.visit(how_.vehicle.at, [&](const record &one) {
      const bool more = vehicle_of(one);
      one.was_read(&how_.vehicle, lead_.content);
      return more;
    });
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
  std::string lead_line(lead_field field) {
    return fields_.line(from_, how_.lead[field], lead_field_names[static_cast<std::size_t>(field)].data());
  }
  void kept(const std::string &field, const std::string &value) {
    fields_.remark(field, {"\"{1}\" is kept as it came.", {value}});
  }

  /// What cannot be a lead is kept as it stands, for whoever looks at it.
  read_lead unfit(message why) {
    leftovers();
    std::string text = lead_.content.source;
    for (const auto &[name, value] : lead_.content.extras) text += '\n' + name + '\n' + value;
    lead_.content.external_id = "derived:" + sha256_hex(text);
    lead_.problem = lead_.problem_but_type = std::move(why);
    return std::move(lead_);
  }

  void head(time_us received_default) {
    auto &content = lead_.content;
    content.external_id = own_id();
    content.dealer_code = lead_line(lead_field::dealer_code);
    content.campaign = lead_line(lead_field::campaign);
    content.referrer = lead_line(lead_field::referrer);
    content.preferred_time = lead_line(lead_field::preferred_time);
    content.received_at = received_default;
    const auto sent = lead_line(lead_field::received);
    sent_ = sent_time_of(sent, time(sent, "received").at);
    if (sent_.at != 0) content.received_at = sent_.at;
    const auto wish = time(lead_line(lead_field::appointment), "appointment");
    content.appointment_at = wish.at;
    content.appointment_day = wish.at != 0 && !wish.has_time;
    if (auto channel = lead_line(lead_field::preferred_channel); !channel.empty()) {
      content.preferred_channel = channel_of(how_, channel);
      if (content.preferred_channel.empty()) {
        fields_.remark("preferred_channel", {"\"{1}\" is no known channel.", {channel}});
      }
    }
    bool cut = false;
    content.message =
        clean_lines(without_entities(without_markup(from_.first(how_.lead[lead_field::message]))), message_text, &cut);
    if (cut) fields_.remark("message", {"The value was cut at {1} characters.", {std::to_string(message_text)}});
    const auto test = lead_line(lead_field::test);
    lead_.is_test = is_yes(test);
    if (!test.empty() && !lead_.is_test && !is_no(test)) kept("test", test);
    lead_.secret = lead_line(lead_field::secret);
  }

  /// A form's constant, "0" or a number that a table has damaged says nothing of which lead it is.
  std::string own_id() {
    auto id = lead_line(lead_field::external_id);
    if (id.empty() || !is_placeholder_id(id)) return id;
    fields_.remark("external_id", {"\"{1}\" is not the lead's own number; it got one here.", {id}});
    return {};
  }

  found_time time(const std::string &text, const char *name) {
    if (text.empty()) return {};
    auto found = find_time(text, how_.dates, how_.zone, lead_.content.received_at);
    if (!found) {
      fields_.remark(name, {"\"{1}\" is no date that the source's definition knows.", {text}});
      return {};
    }
    if (!found->alone) fields_.remark(name, {"{1} was taken from \"{2}\".", {found->day, text}});
    return *found;
  }

  bool vehicle_of(const record &from) {
    const auto text = [&](vehicle_field field) {
      return fields_.line(from, how_.vehicle[field], vehicle_field_names[static_cast<std::size_t>(field)].data());
    };
    const auto condition = text(vehicle_field::condition), role = text(vehicle_field::role);
    vehicle item{text(vehicle_field::make),         text(vehicle_field::model),          text(vehicle_field::trim),
                 text(vehicle_field::year),         word_of(how_.conditions, condition), {},
                 text(vehicle_field::order_number), text(vehicle_field::stock_number),   text(vehicle_field::colour),
                 text(vehicle_field::mileage)};
    if (!item.mileage.empty()) add_unit(item.mileage, text(vehicle_field::mileage_unit));
    if (auto vin = text(vehicle_field::vin); !vin.empty()) {
      auto normal = normal_vin(vin);
      if (!normal) {
        fields_.remark("vin", {"\"{1}\" is no vehicle identification number; it is kept as it came.", {vin}});
      }
      item.vin = normal ? *normal : vin;
    }
    keep_unknown_word(condition);
    if (role != condition) keep_unknown_word(role);
    auto plain = item;
    plain.condition.clear();
    if (plain == vehicle{}) return true;
    auto &content = lead_.content;
    if (word_of(how_.roles, role) != "trade_in") {
      content.wanted.push_back(std::move(item));
    } else if (!content.trade_in) {
      content.trade_in = std::move(item);
    } else {
      std::string all;
      for (const auto *part : {&item.make, &item.model, &item.trim, &item.year, &item.condition, &item.vin,
                               &item.order_number, &item.stock_number, &item.colour, &item.mileage}) {
        if (!part->empty()) all += (all.empty() ? "" : ", ") + *part;
      }
      fields_.remark("trade_in", {"Another one: {1}.", {all}});
    }
    return content.wanted.size() < most_vehicles;
  }

  /// Kilometres need no word here.
  static void add_unit(std::string &mileage, const std::string &unit) {
    const auto folded = fold_name(unit);
    if (folded.empty() || folded == "km" || folded == "kmt" || folded.starts_with("kilomet")) return;
    const bool miles = folded == "mi" || folded == "mile" || folded == "miles" || folded == "smi";
    mileage += " " + (miles ? std::string("mi") : unit);
  }

  /// "lease" and "demo" say something that the canonical vehicle has no place for.
  void keep_unknown_word(const std::string &word) {
    const auto folded = fold_name(word);
    if (folded.empty() || how_.roles.contains(folded) || how_.conditions.contains(folded)) return;
    kept("vehicle", word);
  }

  void consents() {
    for (const auto &kind : how_.consents) {
      from_.visit(kind.at, [&](const record &one) {
        consent_of(kind, one);
        one.was_read(&kind, lead_.content);
        return lead_.content.consents.size() < most_consents;
      });
    }
  }

  void consent_of(const section<consent_field> &kind, const record &one) {
    consent item;
    const auto channel = fields_.line(one, kind[consent_field::channel], "consent");
    const auto given = fields_.line(one, kind[consent_field::given], "consent");
    if (!given.empty()) item.given = consent_word(given);
    // A sentence, or a word that nobody knows, is shown as it came.
    if (!is_yes(given) && !is_no(given)) item.word = given;
    item.at = time(fields_.line(one, kind[consent_field::at], "consent"), "consent").at;
    item.text = fields_.line(one, kind[consent_field::text], "consent", long_text);
    // Where the definition names the channel, that alone says nothing.
    const auto &channels = kind[consent_field::channel];
    const bool by_definition = !channels.empty() && channels.front().constant;
    if (by_definition && item == consent{}) return;
    item.channel = channel_of(how_, channel);
    if (item.channel.empty()) item.channel = channel;
    if (!(item == consent{})) lead_.content.consents.push_back(std::move(item));
  }

  void finance() {
    if (!how_.finance.present) return;
    from_.visit(how_.finance.at, [&](const record &one) {
      finance_contract item;
      item.number = fields_.line(one, how_.finance[finance_field::number], "finance");
      if (auto end = fields_.line(one, how_.finance[finance_field::end], "finance"); !end.empty()) {
        item.ends_on = time(end, "finance_end").day;
      }
      item.monthly_rate_cents = money(fields_.line(one, how_.finance[finance_field::monthly_rate], "finance"));
      item.residual_cents = money(fields_.line(one, how_.finance[finance_field::residual], "finance"));
      if (!(item == finance_contract{})) lead_.content.finance = std::move(item);
      one.was_read(&how_.finance, lead_.content);
      return false;
    });
  }

  std::optional<std::int64_t> money(const std::string &text) {
    if (text.empty()) return std::nullopt;
    const auto found = find_money(text, how_.decimal);
    if (!found) {
      fields_.remark("finance", {"\"{1}\" is no amount of money.", {text}});
      return std::nullopt;
    }
    if (found->doubtful) fields_.remark("finance", {"\"{1}\" was read as thousands. Check the amount.", {text}});
    return found->cents;
  }

  /// "a + b", else "a + *" (of which b says more than the type), else "*"; empty where nothing fits.
  std::string type() {
    type_text_ = lead_line(lead_field::type);
    if (source_.entered_here) return type_text_;
    const auto priority = lead_line(lead_field::priority);
    const auto kind = fold_name(type_text_);
    if (!priority.empty()) type_text_ += " + " + priority;
    const std::string exact = priority.empty() ? kind : kind + " + " + fold_name(priority);
    for (const auto &key : {exact, kind + " + *"}) {
      const auto found = how_.types.find(key);
      if (found == how_.types.end()) continue;
      if (key != exact && !is_usual_priority(priority)) kept("priority", priority);
      return found->second;
    }
    const auto any = how_.types.find("*");
    if (any == how_.types.end()) return {};
    if (!kind.empty()) {
      fields_.remark("type", {"\"{1}\" is no type that the source's definition knows.", {type_text_}});
    } else if (!priority.empty()) {
      kept("priority", priority);
    }
    return any->second;
  }

  static bool is_usual_priority(const std::string &priority) {
    const auto folded = fold_name(priority);
    return folded.empty() || folded == "normal" || folded == "standard";
  }

  /// How far an old system was with the lead. Its words are kept as well, whatever becomes of them.
  void carried() {
    lead_.salesperson = lead_line(lead_field::salesperson);
    if (!lead_.salesperson.empty() && source_.old_list)
      lead_.content.extras["old_list/salesperson"] = lead_.salesperson;
    const auto word = lead_line(lead_field::state);
    if (word.empty()) return;
    lead_.content.extras["old_list/state"] = word;
    lead_.state = state_from(word_of(how_.states, word));
    if (!lead_.state) {
      fields_.remark("state", {"\"{1}\" is no state that the source's definition knows.", {word}});
    }
  }

  void leftovers() {
    further_values raw;
    from_.leftovers(raw);
    auto &extras = lead_.content.extras;
    std::size_t count = 0;
    std::map<std::string, int> names;
    for (const auto &[name, text] : raw) {
      if (count == most_extras) {
        fields_.remark("extras", {"Only the first {1} of {2} further values are kept here.",
                                  {std::to_string(most_extras), std::to_string(raw.size())}});
        break;
      }
      bool cut = false;
      auto value = clean_lines(text, long_text, &cut);
      if (value.empty()) continue;
      ++count;
      // Names may be there twice, in the payload or once they are cut.
      const auto plain = clean_line(name, short_text);
      auto key = plain;
      while (!extras.try_emplace(key, value).second) {
        key = plain + " " + std::to_string(++names.try_emplace(plain, 1).first->second);
      }
      if (cut) fields_.remark("extras", {"\"{1}\" was cut at {2} characters.", {key, std::to_string(long_text)}});
    }
  }

  bool reachable() const {
    const auto &person = lead_.content.prospect;
    const bool by_phone = !person.phones.empty();
    const bool by_post = !person.street.empty() && (!person.postal_code.empty() || !person.city.empty());
    return by_phone || by_post || !person.email.empty() || !person.customer_number.empty();
  }

  /// The names of what is in the lead and was not understood: "@LeadType, @Id"; only those of the lead itself.
  std::string not_understood(bool &attributes) const {
    constexpr std::size_t most = 12;
    std::string result;
    std::size_t count = 0, of_attributes = 0;
    for (const auto &[name, value] : lead_.content.extras) {
      if (name.starts_with("remark/") || name.starts_with('/')) continue;
      if (name.find('@') != std::string::npos) ++of_attributes;
      if (++count <= most) result += (result.empty() ? "" : ", ") + name;
    }
    attributes = of_attributes > 1 && of_attributes * 2 > count;
    return result + (count > most ? ", …" : "");
  }

  /// What was said of how to reach the person and is of no use: "\"00000000\"".
  std::string unusable() const {
    std::string result;
    for (const auto *field : {"remark/email", "remark/phone"}) {
      const auto found = lead_.content.extras.find(field);
      if (found == lead_.content.extras.end()) continue;
      for (const auto &one : messages_in(found->second)) {
        if (!one.arguments.empty()) result += (result.empty() ? "\"" : ", \"") + one.arguments.front() + "\"";
      }
    }
    return result;
  }

  message unreachable() const {
    bool attributes = false;
    const auto names = not_understood(attributes);
    if (auto said = unusable(); !said.empty()) {
      return {"There is no way to reach the person: {1} is neither an e-mail address nor a phone number.", {said}};
    }
    if (attributes) {
      return {
          "There is no way to reach the person: the values are attributes ({1}), and elements are looked for. Have "
          "the sender correct it.",
          {names}};
    }
    if (!names.empty()) {
      return {
          "There is no way to reach the person: no e-mail, phone, postal address or customer number was found. Not "
          "known are: {1}.",
          {names}};
    }
    return {"There is no way to reach the person: no e-mail, phone, postal address or customer number.", {}};
  }

  message without_type() const {
    bool attributes = false;
    const auto names = not_understood(attributes);
    if (attributes) {
      return {"The lead's values are attributes ({1}), and elements are looked for ({2}). Have the sender correct it.",
              {names, texts_of(how_.lead[lead_field::type])}};
    }
    return {"The lead names no type. Have the sender add it.", {}};
  }

  void judge() {
    if (!reachable()) lead_.problem_but_type = unreachable();
    if (lead_.content.type.empty() && type_text_.empty()) {
      lead_.problem = without_type();
    } else if (lead_.content.type.empty()) {
      lead_.problem = {"The lead type \"{1}\" is not known. Correct it, or add it to the source's definition.",
                       {type_text_}};
    } else {
      lead_.problem = lead_.problem_but_type;
    }
  }

  const definition &source_;
  const definition::reading &how_;
  const record &from_;
  read_lead lead_;
  field_reader fields_;
  sent_time sent_;
  std::string type_text_;
};

}  // namespace

read_lead map_record(const definition &source, const record &from, time_us received_default,
                     const message &payload_remark) {
  return mapping(source, from).run(received_default, payload_remark);
}

}  // namespace lead_system::intake
