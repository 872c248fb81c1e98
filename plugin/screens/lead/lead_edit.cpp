// lead_edit.cpp - the prospect's data as people correct them: the dialog, and what it sends.
#include <algorithm>

#include "intake/normalise.hpp"
#include "screens/kit/actions.hpp"
#include "screens/kit/results.hpp"
#include "screens/lead/lead_blocks.hpp"

namespace lead_system::screens {
namespace {

constexpr std::size_t least_phones = 2, most_phones = 5;
constexpr std::size_t longest_text = 200;

struct text_row {
  std::string_view name, label;
  std::string person::*member;
};
constexpr text_row names[] = {{"title", "Academic title", &person::title},
                              {"first_name", "First name", &person::first_name},
                              {"last_name", "Last name", &person::last_name},
                              {"company", "Company", &person::company}};
constexpr text_row address[] = {{"street", "Street", &person::street},
                                {"postal_code", "Postal code", &person::postal_code},
                                {"city", "Town", &person::city}};

/// Keys of a feed that a person reads as words.
struct word_row {
  std::string_view key, word;
};
constexpr word_row salutations[] = {{"ms", "Ms"}, {"mr", "Mr"}, {"company", "Company"}};

struct label_row {
  std::string_view field, label;
};
constexpr label_row labels[] = {{"salutation", "Form of address"},
                                {"name", "Name"},
                                {"title", "Academic title"},
                                {"first_name", "First name"},
                                {"last_name", "Last name"},
                                {"company", "Company"},
                                {"email", "E-mail"},
                                {"phones", "Phone"},
                                {"address", "Address"},
                                {"street", "Street"},
                                {"postal_code", "Postal code"},
                                {"city", "Town"},
                                {"country", "Country"},
                                {"language", "Language"},
                                {"message", "Message from the prospect"},
                                {"refused", "Not allowed"}};

json text_field(const request &by, const text_row &row, const person &who) {
  auto result = field(row.name, "text", by.say(row.label), who.*row.member);
  result["max_length"] = longest_text;
  return result;
}

std::string phone_name(std::size_t index) {
  return "phone_" + std::to_string(index + 1);
}

/// What was typed, in normal form; what is wrong, by field.
struct typed_person {
  person who;
  std::map<std::string, message> problems;

  typed_person(const parameters &input, const person &before) : who(before) {
    for (const auto *rows : {&names[0], &names[1], &names[2], &names[3], &address[0], &address[1], &address[2]}) {
      take(input, *rows);
    }
    if (input.sent("salutation")) who.salutation = input.one("salutation");
    if (!who.salutation.empty() && std::none_of(std::begin(salutations), std::end(salutations),
                                                [&](const auto &row) { return row.key == who.salutation; })) {
      problems["salutation"] = {"Choose one of the list.", {}};
    }
    take_email(input);
    take_country(input);
    take_phones(input, before);
  }

 private:
  void take(const parameters &input, const text_row &row) {
    if (!input.sent(row.name)) return;
    auto text = input.one(row.name);
    const bool has_signs = std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 0x7F; });
    if (text.size() > longest_text || has_signs) {
      problems[std::string(row.name)] = {"This is too long or holds signs that cannot be kept.", {}};
      return;
    }
    who.*row.member = std::move(text);
  }
  void take_email(const parameters &input) {
    if (!input.sent("email")) return;
    const auto text = input.one("email");
    if (text.empty()) {
      who.email.clear();
    } else if (auto normal = intake::normal_email(text)) {
      who.email = *normal;
    } else {
      problems["email"] = {"This is no e-mail address.", {}};
    }
  }
  void take_country(const parameters &input) {
    if (!input.sent("country")) return;
    const auto text = input.one("country");
    if (text.empty()) {
      who.country.clear();
    } else if (auto normal = intake::normal_country(text)) {
      who.country = *normal;
    } else {
      problems["country"] = {"This country is not known. Write it out or give its two letters, for example AT.", {}};
    }
  }
  void take_phones(const parameters &input, const person &before) {
    std::vector<phone> kept;
    for (std::size_t index = 0; index < std::max(most_phones, before.phones.size()); ++index) {
      const auto name = phone_name(index);
      const auto known = index < before.phones.size() ? before.phones[index] : phone{};
      if (!input.sent(name)) {
        if (!known.number.empty()) kept.push_back(known);
        continue;
      }
      const auto text = input.one(name);
      if (text.empty()) continue;
      // A number that came like that and was not touched stays, even where it is none.
      if (text == known.number || text == phone_text(known.number)) {
        kept.push_back(known);
      } else if (auto normal = intake::normal_phone(text, who.country)) {
        kept.push_back({*normal, known.kind});
      } else {
        problems[name] = {"This is no phone number. Write it with its area code, for example 0664 5550142.", {}};
      }
    }
    who.phones = std::move(kept);
  }
};

}  // namespace

std::string field_label(const request &by, std::string_view field) {
  const auto *found =
      std::find_if(std::begin(labels), std::end(labels), [&](const auto &row) { return row.field == field; });
  return found == std::end(labels) ? std::string(field) : by.say(found->label);
}

std::string field_text(const request &by, std::string_view field, const std::string &value) {
  if (field == "language" && !value.empty()) return by.say.language_name(value);
  if (field == "salutation") {
    for (const auto &row : salutations) {
      if (row.key == value) return by.say(row.word);
    }
  }
  if (field != "phones") return value;
  std::string result;
  for (std::size_t at = 0; at < value.size();) {
    const auto end = std::min(value.find(", ", at), value.size());
    result += (result.empty() ? "" : ", ") + phone_text(value.substr(at, end - at));
    at = end + 2;
  }
  return result;
}

json edit_action(const lead_view &view) {
  const auto &by = view.by;
  const auto &who = view.item.content.prospect;
  auto result = action("edit", by.say("Edit the prospect's data"), "rare");
  result["title"] = by.say("Prospect");
  result["text"] = by.say("The message from the manufacturer stays as it came; the timeline keeps what was.");
  result["submit"] = by.say("Save");
  json fields = json::array(), words = json::array({option("", by.say("not known"))});
  for (const auto &row : salutations) words.push_back(option(std::string(row.key), by.say(row.word)));
  fields.push_back(choice("salutation", by.say("Form of address"), who.salutation, std::move(words)));
  for (const auto &row : names) fields.push_back(text_field(by, row, who));
  for (std::size_t index = 0; index < std::max(least_phones, std::min(who.phones.size() + 1, most_phones)); ++index) {
    const bool known = index < who.phones.size();
    auto number = field(phone_name(index), "text", known ? phone_label(by, who.phones[index].kind) : by.say("Phone"),
                        known ? phone_text(who.phones[index].number) : std::string{});
    number["max_length"] = 60;
    fields.push_back(std::move(number));
  }
  auto mail = field("email", "text", by.say("E-mail"), who.email);
  mail["max_length"] = 254;
  fields.push_back(std::move(mail));
  for (const auto &row : address) fields.push_back(text_field(by, row, who));
  auto country = field("country", "text", by.say("Country"), who.country);
  country["max_length"] = 60;
  fields.push_back(std::move(country));
  result["fields"] = std::move(fields);
  return result;
}

dms::answer edit_lead(const request &by, const parameters &input) {
  processing::outcome missing;
  missing.result = processing::verdict::not_found;
  missing.text = {"This lead does not exist.", {}};
  const auto id = input.integer("id"), version = input.integer("version");
  const auto seen = id ? by.with.store.find(*id, by.sees()) : std::nullopt;
  if (!seen) return answer_of(by, missing);
  if (!version) return invalid_input(by, {{"version", {"Send the version of the lead that you saw.", {}}}});
  const typed_person typed(input, seen->content.prospect);
  // Who may not do it or was too late is told so first.
  if (!typed.problems.empty() && by.who.may("leads.process") && seen->version == *version) {
    return invalid_input(by, typed.problems);
  }
  auto came = by.with.desk.edit(by.actor(), by.who, *id, *version, typed.who);
  if (came.result == processing::verdict::done) came.text = {"The prospect's data are saved.", {}};
  return answer_of(by, came);
}

}  // namespace lead_system::screens
