#include "processing/customer_documents.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "dms/cpp/json.hpp"
namespace lead_system::processing {

namespace {

using json = nlohmann::json;

constexpr int most_candidates = 20;

struct text_member {
  const char *name;
  std::string person::*member;
};
constexpr text_member text_members[] = {
    {"salutation", &person::salutation}, {"title", &person::title},       {"first_name", &person::first_name},
    {"last_name", &person::last_name},   {"company", &person::company},   {"email", &person::email},
    {"street", &person::street},         {"city", &person::city},         {"postal_code", &person::postal_code},
    {"country", &person::country},       {"language", &person::language},
};

std::vector<std::string> numbers_of(const person &who) {
  std::vector<std::string> result;
  for (const auto &one : who.phones) {
    // Only what was understood: the host keeps E.164.
    if (one.number.starts_with('+')) result.push_back(one.number);
  }
  return result;
}

std::vector<std::string> vins_of(const lead_content &content) {
  std::vector<std::string> result;
  const auto add = [&](const vehicle &one) {
    if (!one.vin.empty()) result.push_back(one.vin);
  };
  for (const auto &one : content.wanted) add(one);
  if (content.trade_in) add(*content.trade_in);
  return result;
}

std::string text_of(const json &object, const char *name) {
  const auto found = object.find(name);
  if (found == object.end()) return {};
  if (found->is_string()) return found->get<std::string>();
  return found->is_number_integer() ? std::to_string(found->get<std::int64_t>()) : std::string{};
}

known_customer read_customer(const json &document) {
  known_customer result;
  result.id = text_of(document, "id");
  result.salesperson = text_of(document, "salesperson");
  if (const auto found = document.find("revision"); found != document.end() && found->is_number_integer()) {
    result.revision = found->get<std::int64_t>();
  }
  result.who.customer_number = result.id;
  for (const auto &[name, member] : text_members) result.who.*member = text_of(document, name);
  if (const auto found = document.find("phones"); found != document.end() && found->is_array()) {
    for (const auto &number : *found) {
      if (number.is_string()) result.who.phones.push_back({number.get<std::string>(), {}});
    }
  }
  if (const auto found = document.find("refused"); found != document.end() && found->is_array()) {
    for (const auto &channel : *found) {
      if (channel.is_string()) result.refused.push_back(channel.get<std::string>());
    }
  }
  if (const auto found = document.find("vehicles"); found != document.end() && found->is_array()) {
    for (const auto &one : *found) {
      if (one.is_object() && !text_of(one, "vin").empty()) result.vins.push_back(text_of(one, "vin"));
    }
  }
  return result;
}

}  // namespace

std::vector<std::string> customer_refusals(const lead_content &content) {
  static constexpr std::string_view known[] = {"phone", "email", "sms", "post"};
  auto result = content.refused_channels();
  std::erase_if(result,
                [](const auto &one) { return std::find(std::begin(known), std::end(known), one) == std::end(known); });
  return result;
}

std::string customer_document(const lead &item, bool with_car) {
  const auto &who = item.content.prospect;
  const bool company = who.last_name.empty() && who.first_name.empty() && !who.company.empty();
  json document{{"kind", company ? "company" : "person"}};
  for (const auto &[name, member] : text_members) {
    if (!(who.*member).empty()) document[name] = who.*member;
  }
  // "company" as a form of address says what the kind says already.
  if (who.salutation == "company") document.erase("salutation");
  if (auto numbers = numbers_of(who); !numbers.empty()) document["phones"] = std::move(numbers);
  if (auto refused = customer_refusals(item.content); !refused.empty()) document["refused"] = std::move(refused);
  if (!item.assignee.empty()) document["salesperson"] = item.assignee;
  // What the prospect wants is not his; what he trades in is.
  if (const auto &own = item.content.trade_in; with_car && own && !own->vin.empty()) {
    document["vehicles"] = json::array({{{"vin", own->vin}, {"make", own->make}, {"model", own->model}}});
  }
  return dms::to_text(document);
}

std::string customer_query(const lead &item) {
  const auto &who = item.content.prospect;
  json query{{"limit", most_candidates}};
  if (!who.customer_number.empty()) query["ids"] = {who.customer_number};
  if (auto vins = vins_of(item.content); !vins.empty()) query["vins"] = std::move(vins);
  if (!who.email.empty()) query["emails"] = {who.email};
  if (auto numbers = numbers_of(who); !numbers.empty()) query["phones"] = std::move(numbers);
  const auto name = who.last_name.empty() ? who.company : who.first_name + " " + who.last_name;
  if (!name.empty()) query["name"] = name;
  if (!who.postal_code.empty()) query["postal_code"] = who.postal_code;
  return dms::to_text(query);
}

std::string customer_search(const std::string &text) {
  json query{{"text", text}, {"limit", most_candidates}};
  const auto is_number = text.find_first_not_of("0123456789") == std::string::npos;
  if (is_number) query["ids"] = {text};
  return dms::to_text(query);
}

std::vector<known_customer> read_customers(const std::string &text) {
  std::vector<known_customer> result;
  auto document = dms::json_or_null(text);
  if (document.is_object()) document = json::array({std::move(document)});
  if (!document.is_array()) return result;
  for (const auto &one : document) {
    if (!one.is_object()) continue;
    if (auto customer = read_customer(one); !customer.id.empty()) result.push_back(std::move(customer));
  }
  return result;
}

}  // namespace lead_system::processing
