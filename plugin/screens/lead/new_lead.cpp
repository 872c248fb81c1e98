#include "screens/lead/new_lead.hpp"

#include <algorithm>
#include <random>

#include "dms/cpp/json.hpp"
#include "intake/normalise.hpp"
#include "screens/kit/parameters.hpp"
#include "screens/kit/results.hpp"
#include "screens/lead/lead_words.hpp"
#include "screens/people/absence_words.hpp"

namespace lead_system::screens {
namespace {

constexpr std::string_view by_hand = "by_hand";
constexpr std::size_t longest_line = 200, longest_message = 4'000, most_alike = 5;

/// How somebody came, kept as the lead's campaign: filters and the evaluation count by it.
struct way_row {
  std::string_view key, label;
};
constexpr way_row ways[] = {{"telephone", "Telephone call"},
                            {"visit", "Visit"},
                            {"fair", "Fair or event"},
                            {"recommended", "Recommendation"},
                            {"other", "Other way"}};

struct line_row {
  std::string_view name, label;
};
constexpr line_row lines[] = {{"first_name", "First name"}, {"last_name", "Last name"}, {"company", "Company"},
                              {"phone", "Phone"},           {"email", "E-mail"},        {"model", "Wanted vehicle"}};

/// The form's own number: sent twice, it is one lead.
std::string new_number() {
  constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";
  constexpr std::size_t length = 20;
  std::random_device entropy;
  std::uniform_int_distribution<std::size_t> any(0, letters.size() - 1);
  std::string result;
  while (result.size() < length) result += letters[any(entropy)];
  return result;
}
bool is_number(const std::string &text) {
  return text.size() >= 10 && text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char letter) {
           return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z');
         });
}

bool sells(const request &by) {
  const auto *user = by.people->find_user(by.user);
  return user != nullptr && user->has_role("sales");
}

json types_to_choose(const request &by) {
  json result = json::array({option("", by.say("Please choose"))});
  for (const auto &type : by.with.types.types()) {
    if (type.retired) continue;
    const auto *category = by.with.types.find_category(type.category);
    auto one = option(type.key, by.say(type.title));
    if (category != nullptr) one["group"] = by.say(category->title);
    result.push_back(std::move(one));
  }
  return result;
}

/// Those of the user first; where he has one, it is chosen.
json location_field(const request &by) {
  const auto *user = by.people->find_user(by.user);
  const auto open = by.people->open_locations();
  json options = json::array();
  std::string chosen;
  const auto is_his = [&](const std::string &id) {
    return user != nullptr && std::find(user->locations.begin(), user->locations.end(), id) != user->locations.end();
  };
  for (const auto &id : open) {
    if (chosen.empty() && is_his(id)) chosen = id;
    options.push_back(option(id, by.people->location_name(id)));
  }
  if (chosen.empty() && open.size() == 1) chosen = open.front();
  if (chosen.empty()) options.insert(options.begin(), option("", by.say("Please choose")));
  return choice("location", by.say("Location"), chosen, std::move(options));
}

json salesperson_field(const request &by) {
  json options = json::array({option("", by.say("Not assigned"))});
  for (const auto &user : by.people->users) {
    const bool self = user.id == by.user;
    if (!user.takes_leads()) continue;
    if (self || by.who.may("leads.assign")) options.push_back(option(user.id, person_text(by, user.id)));
  }
  return choice("salesperson", by.say("Salesperson"), sells(by) ? by.user : std::string{}, std::move(options));
}

json form_of(const request &by) {
  auto save = action("enter", by.say("Enter the lead"), "primary");
  json fields = json::array({hidden("number", new_number())});
  json came = json::array();
  for (const auto &way : ways) came.push_back(option(std::string(way.key), by.say(way.label)));
  fields.push_back(choice("came_by", by.say("Came by"), "telephone", std::move(came)));
  fields.push_back(choice("type", by.say("Type"), "", types_to_choose(by)));
  for (const auto &row : lines) {
    auto line = field(row.name, "text", by.say(row.label));
    line["max_length"] = longest_line;
    if (row.name == "company" || row.name == "model") line["optional"] = true;
    fields.push_back(std::move(line));
  }
  auto text = field("message", "textarea", by.say("What it is about"));
  text["max_length"] = longest_message;
  text["optional"] = true;
  fields.push_back(std::move(text));
  fields.push_back(location_field(by));
  fields.push_back(salesperson_field(by));
  auto anyway = field("anyway", "checkboxes", by.say("Somebody alike is here already"));
  anyway["options"] = json::array({option("yes", by.say("Enter the lead all the same"))});
  fields.push_back(std::move(anyway));
  save["fields"] = std::move(fields);
  return {{"type", "form"},
          {"id", "new_lead"},
          {"title", by.say("Lead by hand")},
          {"asks", {"first_name", "last_name", "company", "phone", "email"}},
          {"action", std::move(save)}};
}

/// One way to reach a person is enough; what is no way is told by field.
person typed_person(const parameters &sent, std::map<std::string, message> &problems) {
  person who;
  who.first_name = sent.one("first_name");
  who.last_name = sent.one("last_name");
  who.company = sent.one("company");
  if (who.full_name().empty()) problems["last_name"] = {"Give a name.", {}};
  if (const auto text = sent.one("email"); !text.empty()) {
    if (auto normal = intake::normal_email(text)) {
      who.email = *normal;
    } else {
      problems["email"] = {"This is no e-mail address.", {}};
    }
  }
  if (const auto text = sent.one("phone"); !text.empty()) {
    if (auto normal = intake::normal_phone(text, {})) {
      who.phones.push_back({*normal, {}});
    } else {
      problems["phone"] = {"This is no phone number. Write it with its area code, for example 0664 5550142.", {}};
    }
  }
  if (sent.one("email").empty() && sent.one("phone").empty()) {
    problems["phone"] = {"Give a phone number or an e-mail address.", {}};
  }
  return who;
}

/// What was typed, checked.
struct typed_lead {
  person who;
  std::string type, location, salesperson, came_by, model, message_text, number;
  std::map<std::string, message> problems;

  typed_lead(const request &by, const parameters &sent) : number(sent.one("number")) {
    if (!is_number(number)) problems["number"] = {"Open the form again.", {}};
    who = typed_person(sent, problems);
    take_lines(sent);
    take_choices(by, sent);
  }

 private:
  void take_lines(const parameters &sent) {
    for (const auto &row : lines) {
      const auto text = sent.one(row.name);
      const bool has_signs =
          std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c == 0x7F; });
      if (text.size() > longest_line || has_signs) {
        problems[std::string(row.name)] = {"This is too long or holds signs that cannot be kept.", {}};
      }
    }
    model = sent.one("model");
    message_text = sent.one("message");
    if (message_text.size() > longest_message) {
      problems["message"] = {"This is too long or holds signs that cannot be kept.", {}};
    }
  }
  void take_choices(const request &by, const parameters &sent) {
    type = sent.one("type");
    const auto *known = by.with.types.find_type(type);
    if (known == nullptr || known->retired) problems["type"] = {"Choose one of the list.", {}};
    location = sent.one("location");
    const auto *place = by.people->find_location(location);
    if (place == nullptr || !place->open) problems["location"] = {"Choose one of the list.", {}};
    came_by = sent.one("came_by");
    if (std::none_of(std::begin(ways), std::end(ways), [&](const auto &way) { return way.key == came_by; })) {
      problems["came_by"] = {"Choose one of the list.", {}};
    }
    salesperson = sent.one("salesperson");
    const auto *user = by.people->find_user(salesperson);
    const bool may = salesperson.empty() || salesperson == by.user || by.who.may("leads.assign");
    if (!may || (!salesperson.empty() && (user == nullptr || !user->active))) {
      problems["salesperson"] = {"Choose one of the list.", {}};
    }
  }
};

/// Open leads of the same person that the user may see, newest first.
std::vector<lead> alike(const request &by, const person &who) {
  lead asked;
  asked.content.prospect = who;
  auto found = by.with.store.related(asked, by.sees());
  std::erase_if(found, [](const lead &one) { return !is_open(one.state); });
  if (found.size() > most_alike) found.resize(most_alike);
  return found;
}

message alike_text(const request &by, const std::vector<lead> &found) {
  std::string all;
  for (const auto &one : found) {
    const auto *type = by.with.types.find_type(one.content.type);
    all += (all.empty() ? "" : "; ") + prospect_name(by, one) + ", " +
           (type == nullptr ? one.content.type : by.say(type->short_title)) + ", " +
           (one.assignee.empty() ? by.say("Not assigned") : by.people->user_name(one.assignee));
  }
  return {"Open already: {1}. Go on there, or tick this.", {all}};
}

std::string payload_of(const new_lead_parts &more, const typed_lead &typed) {
  const auto *way =
      std::find_if(std::begin(ways), std::end(ways), [&](const auto &one) { return one.key == typed.came_by; });
  json made{{"entered_by_hand", typed.number},
            {"type", typed.type},
            {"location", typed.location},
            {"salesperson", typed.salesperson},
            {"came_by", more.in_dealership_words({std::string(way->label), {}})},
            {"message", typed.message_text},
            {"first_name", typed.who.first_name},
            {"last_name", typed.who.last_name},
            {"company", typed.who.company},
            {"email", typed.who.email},
            {"phone", typed.who.phones.empty() ? std::string{} : typed.who.phones.front().number},
            {"model", typed.model}};
  return dms::to_text(made);
}

dms::answer enter(const request &by, const new_lead_parts &more, const parameters &sent) {
  typed_lead typed(by, sent);
  if (typed.problems.empty() && sent.one("anyway") != "yes") {
    if (const auto found = alike(by, typed.who); !found.empty()) typed.problems["anyway"] = alike_text(by, found);
  }
  if (!typed.problems.empty()) return invalid_input(by, typed.problems);
  const auto report =
      dms::json_or_null(more.import(by.who, std::string(by_hand), payload_of(more, typed), "by_hand.json"));
  const auto items = report.is_object() ? report.value("items", json::array()) : json::array();
  const auto item = items.empty() ? json::object() : items.front();
  const auto outcome = item.value("outcome", std::string{});
  if (outcome != "accepted" && outcome != "repeated") {
    processing::outcome refused;
    refused.result = processing::verdict::refused;
    refused.text = {"The lead was not entered: {1}", {item.value("reason", report.value("reason", std::string{}))}};
    return answer_of(by, refused);
  }
  json result{{"schema", "dms.result/1"}, {"status", "ok"}, {"message", by.say("The lead is entered.")}};
  const auto id = to_integer(item.value("lead", std::string{}));
  if (const auto made = id ? by.with.store.find(*id, by.sees()) : std::nullopt) {
    result["link"] = lead_link(by.say("Open the lead of {1}", prospect_name(by, *made)), made->id);
  }
  return {dms_ok, text_of(result)};
}

class new_lead : public dms::screen {
 public:
  new_lead(const parts &with, new_lead_parts more) : with_(with), more_(std::move(more)) {}
  std::string id() const override { return std::string(new_lead_id); }
  std::string right() const override { return "leads.process"; }

  /// With what was typed as parameters: who is open already.
  std::string load(const dms::call &who, std::string_view text) override {
    const request by(with_, who);
    auto result = document(new_lead_id, by.say("New lead"));
    result["links"] = json::array({link_to(by.say("Lead overview"), "leads.overview"),
                                   link_to(by.say("Help"), "leads.help", {{"page", "new_lead"}})});
    std::map<std::string, message> problems;
    const auto typed = typed_person(parameters(text), problems);
    if (const auto found = alike(by, typed); !found.empty()) {
      result["blocks"].push_back(notice("alike", "warn", by.say(alike_text(by, found))));
    }
    result["blocks"].push_back(form_of(by));
    return text_of(result);
  }

  dms::answer act(const dms::call &who, std::string_view action_name, std::string_view input) override {
    const request by(with_, who);
    if (action_name != "enter") return unknown_action(by);
    return enter(by, more_, parameters(input));
  }

 private:
  const parts &with_;
  new_lead_parts more_;
};

}  // namespace

std::unique_ptr<dms::screen> make_new_lead(const parts &with, new_lead_parts more) {
  return std::make_unique<new_lead>(with, std::move(more));
}

}  // namespace lead_system::screens
