#include "processing/answer_texts.hpp"

#include <algorithm>
#include <array>

#include "dms/cpp/json.hpp"
#include "dms/cpp/mail_text.hpp"
#include "lead/receipt.hpp"
#include "processing/host_effects.hpp"

namespace lead_system::processing {

namespace {

/// How close a template is to a lead; 0: it is for others.
int closeness(const store::answer_template &one, const lead &item) {
  if (one.reach.empty()) return 1;
  if (one.reach == "category:" + item.category) return 2;
  return one.reach == "type:" + item.content.type ? 3 : 0;
}

std::string vehicle_words(const vehicle &one) {
  std::string result;
  for (const auto *part : {&one.make, &one.model, &one.trim}) {
    if (!part->empty()) result += (result.empty() ? "" : " ") + *part;
  }
  return result;
}

/// As the head of an e-mail takes it: one line, no longer than any host takes.
std::string head_text(const std::string &text) {
  static_assert(longest_subject <= 200);
  std::string line(dms::whole_letters(text, longest_subject));
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < ' ' || c == 0x7F; }, ' ');
  return line;
}

}  // namespace

std::vector<store::answer_template> answer_texts::fitting(const lead &item) const {
  auto all = with_.rows.templates();
  std::erase_if(all, [&](const auto &one) { return one.kind != "answer" || !one.active || closeness(one, item) == 0; });
  const auto language = answer_language(item.content.prospect, with_.language);
  std::stable_partition(all.begin(), all.end(), [&](const auto &one) { return one.language == language; });
  return all;
}

std::optional<store::answer_template> answer_texts::receipt_for(const lead &item) const {
  auto all = with_.rows.templates();
  const auto language = answer_language(item.content.prospect, with_.language);
  std::erase_if(all, [&](const auto &one) {
    return one.kind != "receipt" || !one.active || one.language != language || closeness(one, item) == 0;
  });
  const auto best = std::max_element(all.begin(), all.end(), [&](const auto &one, const auto &other) {
    return closeness(one, item) < closeness(other, item);
  });
  if (best == all.end()) return std::nullopt;
  return *best;
}

std::string answer_texts::dealership() const {
  if (!with_.mail) return {};
  const auto sender = dms::json_or_null(with_.mail.sender());
  const auto name = sender.is_object() ? sender.find("name") : sender.end();
  return sender.is_object() && name != sender.end() && name->is_string() ? name->get<std::string>() : std::string{};
}

answer_values answer_texts::values_of(const lead &item, std::string_view language, const std::string &user) const {
  const auto people = with_.organisation.now();
  const auto *type = with_.types.find_type(item.content.type);
  const auto *writes = people->find_user(user.empty() ? item.assignee : user);
  const auto &content = item.content;
  answer_values values;
  values.salutation = salutation_of(content.prospect, language);
  values.name = content.prospect.full_name();
  if (!content.wanted.empty()) values.vehicle = vehicle_words(content.wanted.front());
  values.type = with_.words(language, {type == nullptr ? content.type : type->title, {}});
  values.wished_date = wished_date_of(content, people->calendar_of(item.location).time_zone, language);
  values.location = people->location_name(item.location);
  if (writes != nullptr) {
    values.salesperson = writes->name;
    values.salesperson_mail = writes->email;
    values.salesperson_phone = writes->phone;
  }
  values.dealership = dealership();
  return values;
}

answer_texts::draft answer_texts::fill(const lead &item, const store::answer_template &with,
                                       const std::string &user) const {
  const auto values = values_of(item, with.language, user);
  auto subject = filled_subject(with.subject, values);
  // Its placeholders may all be empty.
  if (subject.empty()) subject = filled_subject(with_.words(with.language, {"Your enquiry: {vehicle}", {}}), values);
  return {with.language, head_text(subject), filled_answer(with.body, values), footer_of(item.location, with.language)};
}

answer_texts::draft answer_texts::blank(const lead &item, const std::string &user) const {
  store::answer_template simple;
  simple.language = answer_language(item.content.prospect, with_.language);
  simple.subject = with_.words(simple.language, {"Your enquiry: {vehicle}", {}});
  simple.body = "{salutation}\n\n\n\n" + with_.words(simple.language, {"Kind regards", {}}) +
                "\n{salesperson}\n{salesperson_phone}\n{salesperson_mail}\n{dealership}, {location}";
  return fill(item, simple, user);
}

std::string answer_texts::footer_of(const std::string &location, std::string_view language) const {
  const auto all = with_.rows.footers();
  const auto find = [&](const std::string &place, bool any_language) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto &one) {
      return one.location == place && (any_language || one.language == language);
    });
    return found == all.end() ? std::string{} : found->body;
  };
  const std::array choices{std::pair{location, false}, std::pair{location, true}, std::pair{std::string{}, false},
                           std::pair{std::string{}, true}};
  for (const auto &[place, any_language] : choices) {
    if (auto text = find(place, any_language); !text.empty()) return text;
  }
  return {};
}

lead_desk::outgoing_mail answer_texts::letter(const lead &item, const draft &what, const std::string &title,
                                              const std::string &user, bool automatic) const {
  const auto people = with_.organisation.now();
  const auto *writes = people->find_user(user.empty() ? item.assignee : user);
  const auto place = people->location_name(item.location);
  const auto &who = item.content.prospect;
  lead_desk::outgoing_mail result;
  result.address = who.email;
  result.subject = what.subject;
  // What mail programs know as the end of the letter and leave out of an answer.
  result.text = what.text + (what.footer.empty() ? "" : "\n\n-- \n" + what.footer);
  result.title = title;
  auto sender = dealership();
  if (!place.empty()) sender += (sender.empty() ? "" : ", ") + place;
  nlohmann::json document{{"to", who.email},           {"name", head_text(who.full_name())},
                          {"subject", what.subject},   {"text", result.text},
                          {"language", what.language}, {"reference", reference_of(item.id)},
                          {"automatic", automatic}};
  // Later than that it confuses.
  if (automatic) document["until_us"] = item.created_at + longest_way_of_receipt;
  if (!sender.empty()) document["sender"] = head_text(sender);
  if (writes != nullptr && dms::is_mail_address(writes->email)) document["reply_to"] = writes->email;
  result.document = dms::to_text(document);
  return result;
}

}  // namespace lead_system::processing
