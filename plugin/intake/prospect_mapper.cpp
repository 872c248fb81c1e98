// The person of a lead: names, addresses and numbers as people write them.
#include <algorithm>

#include "intake/definition_parts.hpp"
#include "intake/field_reader.hpp"
#include "intake/normalise.hpp"
#include "lead/fold.hpp"

namespace lead_system::intake {
namespace {

constexpr std::size_t most_phones = 10;

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
/// Kinds that say no more than that it is a phone.
constexpr std::string_view plain_phone_words[] = {"", "voice", "phone", "telephone", "telefon", "tel", "other"};

class prospect_mapping {
 public:
  prospect_mapping(const definition::reading &how, field_reader &fields, lead_content &into)
      : how_(how), fields_(fields), content_(into), person_(into.prospect) {}

  void person(const record &from) {
    for (const auto &one : how_.prospect[person_field::ignore]) from.use(one);
    person_.company = text(from, person_field::company);
    person_.street = text(from, person_field::street);
    person_.postal_code = text(from, person_field::postal_code);
    person_.city = text(from, person_field::city);
    person_.customer_number = text(from, person_field::customer_number);
    name(from);
    normal(text(from, person_field::language), person_.language, "language", "\"{1}\" is no known language.",
           &normal_language);
    normal(text(from, person_field::country), person_.country, "country", "\"{1}\" is no known country.",
           &normal_country);
    email(text(from, person_field::email));
    preferences(from);
  }

  void phones(const section<phone_field> &kind, const record &from) {
    from.visit(kind.at, [&](const record &one) {
      const auto word = fields_.line(one, kind[phone_field::kind], "phone");
      auto number = fields_.line(one, kind[phone_field::number], "phone");
      if (number.empty() && !kind[phone_field::local].empty()) number = number_of_parts(kind, one);
      if (!number.empty()) phone_of(number, word);
      one.was_read(&kind, content_);
      return person_.phones.size() < most_phones;
    });
  }

 private:
  std::string text(const record &from, person_field field) {
    return fields_.line(from, how_.prospect[field], person_field_names[static_cast<std::size_t>(field)].data());
  }

  template <typename Normalise>
  void normal(const std::string &value, std::string &into, const char *name, const char *why, Normalise &&normalise) {
    if (value.empty()) return;
    if (auto found = normalise(value)) {
      into = std::move(*found);
    } else {
      fields_.remark(name, {why, {value}});
    }
  }

  void name(const record &from) {
    person_.title = text(from, person_field::title);
    person_.first_name = text(from, person_field::first_name);
    person_.last_name = text(from, person_field::last_name);
    normal(text(from, person_field::salutation), person_.salutation, "salutation", "\"{1}\" is no known salutation.",
           [&](const std::string &value) -> std::optional<std::string> {
             const auto own = how_.salutations.find(fold_name(value));
             return own != how_.salutations.end() ? std::optional(own->second) : normal_salutation(value);
           });
    if (auto middle = text(from, person_field::middle_name); !middle.empty()) {
      person_.first_name += (person_.first_name.empty() ? "" : " ") + middle;
    }
    before_and_behind(text(from, person_field::prefix), true);
    before_and_behind(text(from, person_field::suffix), false);
    if (!person_.first_name.empty() && !person_.last_name.empty()) return;
    // What is not read is kept under its name.
    const auto full = text(from, person_field::full_name);
    if (full.empty()) return;
    const bool alone = person_.first_name.empty() && person_.last_name.empty();
    if (alone ? !split_name(full, person_) : !complete_with(full)) {
      fields_.remark("full_name", {"The name came as \"{1}\".", {full}});
    }
  }

  /// The other half of a name of which one has come: "Zita" and "Huber", or "Zita" and "Zita Huber". False: something
  /// of the text has found no place.
  bool complete_with(const std::string &full) {
    lead_system::person read;
    if (!split_name(full, read)) return false;
    auto &missing = person_.first_name.empty() ? person_.first_name : person_.last_name;
    const auto known = fold_name(person_.first_name.empty() ? person_.last_name : person_.first_name);
    const auto first = fold_name(read.first_name), last = fold_name(read.last_name);
    if (first.empty()) {
      if (last != known) missing = read.last_name;
    } else if (first == known) {
      missing = read.last_name;
    } else if (last == known) {
      missing = read.first_name;
    } else {
      return false;
    }
    if (person_.title.empty()) person_.title = read.title;
    if (person_.salutation.empty()) person_.salutation = read.salutation;
    if (person_.company.empty()) person_.company = read.company;
    return person_.title == read.title || read.title.empty();
  }

  /// "Frau Dr." before a name, "BSc" and "jun." behind it.
  void before_and_behind(const std::string &words, bool before) {
    for (std::string_view rest = words; !rest.empty();) {
      const auto end = std::min(rest.find_first_of(" ,"), rest.size());
      const auto word = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (word.empty()) continue;
      const auto salutation = before ? normal_salutation(word) : std::nullopt;
      if (salutation && person_.salutation.empty()) {
        person_.salutation = *salutation;
      } else if (is_title(word) || (before && !salutation)) {
        person_.title += (person_.title.empty() ? "" : " ") + std::string(word);
      } else {
        fields_.remark("full_name", {"\"{1}\" belongs to the name as well.", {std::string(word)}});
      }
    }
  }

  void email(const std::string &value) {
    if (value.empty()) return;
    if (auto plain = normal_email(value); plain && plain->size() == value.size()) {
      person_.email = std::move(*plain);
      return;
    }
    const auto found = find_email(value);
    person_.email = found.address;
    if (found.address.empty()) {
      fields_.remark("email", {"\"{1}\" is no e-mail address.", {value}});
    } else if (!found.alone) {
      fields_.remark("email", {"{1} was taken from \"{2}\".", {found.address, value}});
    }
  }

  void preferences(const record &from) {
    if (content_.preferred_time.empty()) content_.preferred_time = text(from, person_field::preferred_time);
    const auto channel = text(from, person_field::preferred_channel);
    if (channel.empty() || !content_.preferred_channel.empty()) return;
    content_.preferred_channel = channel_of(how_, channel);
    if (content_.preferred_channel.empty()) {
      fields_.remark("preferred_channel", {"\"{1}\" is no known channel.", {channel}});
    }
  }

  std::string number_of_parts(const section<phone_field> &kind, const record &one) {
    const auto country = fields_.line(one, kind[phone_field::country], "phone");
    const auto area = fields_.line(one, kind[phone_field::area], "phone");
    const auto local = fields_.line(one, kind[phone_field::local], "phone");
    std::string raw;
    for (const auto *part : {&country, &area, &local}) {
      if (!part->empty()) raw += (raw.empty() ? "" : " ") + *part;
    }
    auto number = local.empty() ? raw : joined_phone(country, area, local, person_.country);
    const bool words = number != raw && raw.find_first_not_of("0123456789+()/.- ") != std::string::npos;
    if (words || phone_digits(number) != phone_digits(raw)) {
      fields_.remark("phone", {"{1} was taken from \"{2}\".", {number, raw}});
    }
    return number;
  }

  void phone_of(const std::string &number, const std::string &word) {
    const auto folded = fold_name(word);
    if (folded == "fax" || folded == "telefax") {
      fields_.remark("phone", {"\"{1}\" is a fax.", {number}});
      return;
    }
    auto kind = meaning_of(how_.phone_kinds, phone_kind_words, folded);
    const bool known =
        std::find(std::begin(plain_phone_words), std::end(plain_phone_words), folded) != std::end(plain_phone_words);
    if (kind.empty() && !known) fields_.remark("phone", {"{1}: \"{2}\".", {number, word}});
    if (auto mobile = quick_mobile(number, person_.country)) {
      add({std::move(*mobile), kind.empty() ? "mobile" : std::move(kind)});
      return;
    }
    const auto found = find_phones(number, person_.country);
    for (const auto &one : found.numbers) {
      add({one, kind.empty() && quick_mobile(one, "AT") ? "mobile" : kind});
    }
    if (found.numbers.empty()) {
      not_valid(number, std::move(kind));
    } else if (!found.alone) {
      fields_.remark("phone", {"{1} was taken from \"{2}\".", {found.numbers.front(), number}});
    }
  }

  void not_valid(const std::string &number, std::string kind) {
    if (!may_be_phone(number)) {
      fields_.remark("phone", {"\"{1}\" is no phone number.", {number}});
      return;
    }
    fields_.remark("phone", {"\"{1}\" is no valid phone number; it is kept as it came.", {number}});
    add({number, std::move(kind)});
  }

  void add(phone item) {
    auto &all = person_.phones;
    const bool twice = std::any_of(all.begin(), all.end(), [&](const phone &one) { return one.number == item.number; });
    if (!twice) all.push_back(std::move(item));
  }

  const definition::reading &how_;
  field_reader &fields_;
  lead_content &content_;
  lead_system::person &person_;
};

}  // namespace

std::string channel_of(const definition::reading &how, std::string_view text) {
  return meaning_of(how.channels, channel_words, fold_name(text));
}

void map_prospect(const definition::reading &how, const record &from, field_reader &fields, lead_content &into) {
  prospect_mapping mapping(how, fields, into);
  from.visit(how.prospect.at, [&](const record &one) {
    mapping.person(one);
    for (const auto &kind : how.phones) {
      if (kind.of_prospect) mapping.phones(kind, one);
    }
    return false;
  });
  for (const auto &kind : how.phones) {
    if (!kind.of_prospect) mapping.phones(kind, from);
  }
}

}  // namespace lead_system::intake
