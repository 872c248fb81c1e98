#include "reference_host/core/plugins/record_documents.hpp"

#include <algorithm>

#include "dms/cpp/basics.hpp"
#include "dms/cpp/json.hpp"
#include "reference_host/core/json_lists.hpp"

namespace dms::reference {
namespace {

using json = nlohmann::json;
constexpr std::size_t largest_object = std::size_t{1} << 20;

struct text_member {
  const char *name;
  std::string customer::*member;
};
constexpr text_member customer_texts[] = {
    {"kind", &customer::kind},
    {"salutation", &customer::salutation},
    {"title", &customer::title},
    {"first_name", &customer::first_name},
    {"last_name", &customer::last_name},
    {"company", &customer::company},
    {"email", &customer::email},
    {"street", &customer::street},
    {"postal_code", &customer::postal_code},
    {"city", &customer::city},
    {"country", &customer::country},
    {"language", &customer::language},
    {"salesperson", &customer::salesperson},
};

std::int64_t number_of(const json &object, const char *member) {
  const auto found = object.find(member);
  if (found == object.end()) return 0;
  if (found->is_number_integer()) return found->get<std::int64_t>();
  const auto text = text_of(object, member);
  const bool digits =
      !text.empty() && text.size() < 19 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  return digits ? std::stoll(text) : 0;
}

std::string link_of(const json &object) {
  const auto found = object.find("link");
  return found != object.end() && found->is_object() ? found->dump() : std::string{};
}

}  // namespace

json parse_object(std::string_view text) {
  if (text.size() > largest_object) throw failure(dms_too_large, "The document is larger than 1 MiB.");
  auto parsed = read_json(text).value_or(json());
  if (!parsed.is_object()) throw failure(dms_invalid, "The document is not a JSON object.");
  return parsed;
}

json to_document(const user &item) {
  return {{"id", item.id},         {"name", item.name},   {"email", item.email},        {"phone", item.phone},
          {"active", item.active}, {"roles", item.roles}, {"locations", item.locations}};
}

json to_document(const location &item) {
  auto hours = json::array();
  for (const auto &line : item.hours) hours.push_back({{"days", line.days}, {"from", line.from}, {"to", line.to}});
  return {{"id", item.id},         {"name", item.name},           {"city", item.city},
          {"open", item.open},     {"time_zone", item.time_zone}, {"region", item.region},
          {"opening_hours", hours}};
}

json to_document(const vehicle &item) {
  return {{"vin", item.vin}, {"make", item.make}, {"model", item.model}, {"customer", std::to_string(item.customer)}};
}

json to_document(const customer &item) {
  json document{{"id", std::to_string(item.id)}};
  for (const auto &[name, member] : customer_texts) {
    if (!(item.*member).empty()) document[name] = item.*member;
  }
  if (!item.phones.empty()) document["phones"] = item.phones;
  if (!item.refused.empty()) document["refused"] = item.refused;
  for (const auto &car : item.vehicles) {
    document["vehicles"].push_back({{"vin", car.vin}, {"make", car.make}, {"model", car.model}});
  }
  return document;
}

json to_document(const contact &item) {
  json document{{"id", std::to_string(item.id)}, {"user", item.user},       {"name", item.name},
                {"due_us", item.due_us},         {"kind", item.kind},       {"note", item.note},
                {"reference", item.reference},   {"done_us", item.done_us}, {"result", item.result}};
  if (!item.done_by.empty() && item.done_by != item.user) document["done_by"] = item.done_by;
  document["customer"] = item.customer != 0 ? std::to_string(item.customer) : "";
  document["refused"] = item.refused;
  if (!item.link.empty()) document["link"] = read_json(item.link).value_or(json());
  document["calendar"] = {
      {"screen", "host.contacts"}, {"params", {{"contact", std::to_string(item.id)}}}, {"export", "ics"}};
  return document;
}

json to_document(const deal &item) {
  json vehicle = json::object();
  for (const auto &[name, text] : {std::pair{"make", &item.make}, std::pair{"model", &item.model},
                                   std::pair{"vin", &item.vin}, std::pair{"stock_number", &item.stock_number}}) {
    if (!text->empty()) vehicle[name] = *text;
  }
  json document{{"id", std::to_string(item.id)}, {"customer", std::to_string(item.customer)},
                {"vehicle", std::move(vehicle)}, {"sold_on", item.sold_on},
                {"cancelled", item.cancelled},   {"change", item.change}};
  if (!item.salesperson.empty()) document["salesperson"] = item.salesperson;
  if (!item.location.empty()) document["location"] = item.location;
  return document;
}

void overwrite(const json &document, customer &to) {
  for (const auto &[name, member] : customer_texts) {
    if (const auto found = document.find(name); found != document.end() && found->is_string()) {
      to.*member = found->get<std::string>();
    }
  }
  if (document.contains("phones")) to.phones = list_of(document, "phones");
  if (document.contains("refused")) to.refused = list_of(document, "refused");
  const auto vehicles = document.find("vehicles");
  if (vehicles == document.end() || !vehicles->is_array()) return;
  to.vehicles.clear();
  for (const auto &car : *vehicles) {
    if (!car.is_object() || text_of(car, "vin").empty()) continue;
    to.vehicles.push_back({text_of(car, "vin"), text_of(car, "make"), text_of(car, "model"), {}, 0});
  }
}

customer_query query_of(const json &document) {
  customer_query query;
  query.ids = list_of(document, "ids");
  query.vins = list_of(document, "vins");
  query.emails = list_of(document, "emails");
  query.phones = list_of(document, "phones");
  query.name = text_of(document, "name");
  query.postal_code = text_of(document, "postal_code");
  query.text = text_of(document, "text");
  if (const auto limit = number_of(document, "limit"); limit > 0) {
    query.limit = static_cast<int>(std::min<std::int64_t>(limit, 200));
  }
  return query;
}

contact contact_of(const json &document) {
  contact item;
  item.user = text_of(document, "user");
  item.customer = number_of(document, "customer");
  item.name = text_of(document, "name");
  item.due_us = number_of(document, "due_us");
  item.kind = text_of(document, "kind");
  item.note = text_of(document, "note");
  item.reference = text_of(document, "reference");
  item.link = link_of(document);
  item.refused = list_of(document, "refused");
  return item;
}

notification notification_of(const json &document) {
  notification item;
  item.tone = text_of(document, "tone");
  if (item.tone.empty()) item.tone = "info";
  item.text = text_of(document, "text");
  if (const auto texts = document.find("texts"); texts != document.end() && texts->is_object()) {
    item.texts = texts->dump();
  }
  item.link = link_of(document);
  if (item.text.empty()) throw failure(dms_invalid, "A notification needs a text.");
  return item;
}

}  // namespace dms::reference
