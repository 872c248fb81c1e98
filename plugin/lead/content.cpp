// The content as one JSON object. Empty members are left out, so that a stored lead is small.
#include <nlohmann/json.hpp>

#include "lead/lead.hpp"

namespace lead_system {
namespace {

using json = nlohmann::json;

void put(json &into, const char *name, const std::string &value) {
  if (!value.empty()) into[name] = value;
}

void put(json &into, const char *name, time_us value) {
  if (value != 0) into[name] = value;
}

void get(const json &from, const char *name, std::string &value) {
  if (auto found = from.find(name); found != from.end() && found->is_string()) value = found->get<std::string>();
}

void get(const json &from, const char *name, time_us &value) {
  if (auto found = from.find(name); found != from.end() && found->is_number_integer()) value = found->get<time_us>();
}

/// Each text member with its JSON name: one table for both directions.
template <typename Owner>
struct text_member {
  const char *name;
  std::string Owner::*member;
};

constexpr text_member<vehicle> vehicle_texts[] = {
    {"make", &vehicle::make},
    {"model", &vehicle::model},
    {"trim", &vehicle::trim},
    {"year", &vehicle::year},
    {"condition", &vehicle::condition},
    {"vin", &vehicle::vin},
    {"order_number", &vehicle::order_number},
    {"stock_number", &vehicle::stock_number},
    {"colour", &vehicle::colour},
    {"mileage", &vehicle::mileage},
};
constexpr text_member<person> person_texts[] = {
    {"salutation", &person::salutation},
    {"title", &person::title},
    {"first_name", &person::first_name},
    {"last_name", &person::last_name},
    {"company", &person::company},
    {"language", &person::language},
    {"email", &person::email},
    {"street", &person::street},
    {"postal_code", &person::postal_code},
    {"city", &person::city},
    {"country", &person::country},
    {"customer_number", &person::customer_number},
};
constexpr text_member<lead_content> content_texts[] = {
    {"source", &lead_content::source},
    {"external_id", &lead_content::external_id},
    {"type", &lead_content::type},
    {"dealer_code", &lead_content::dealer_code},
    {"preferred_channel", &lead_content::preferred_channel},
    {"preferred_time", &lead_content::preferred_time},
    {"message", &lead_content::message},
    {"campaign", &lead_content::campaign},
    {"referrer", &lead_content::referrer},
};

template <typename Owner, std::size_t size>
void put_texts(json &into, const text_member<Owner> (&table)[size], const Owner &owner) {
  for (const auto &entry : table) put(into, entry.name, owner.*entry.member);
}

template <typename Owner, std::size_t size>
void get_texts(const json &from, const text_member<Owner> (&table)[size], Owner &owner) {
  for (const auto &entry : table) get(from, entry.name, owner.*entry.member);
}

json write(const vehicle &item) {
  auto result = json::object();
  put_texts(result, vehicle_texts, item);
  return result;
}

vehicle read_vehicle(const json &from) {
  vehicle result;
  get_texts(from, vehicle_texts, result);
  return result;
}

json write(const person &item) {
  auto result = json::object();
  put_texts(result, person_texts, item);
  for (const auto &entry : item.phones) {
    json one = {{"number", entry.number}};
    put(one, "kind", entry.kind);
    result["phones"].push_back(std::move(one));
  }
  return result;
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

json write(const consent &item) {
  auto result = json::object();
  put(result, "channel", item.channel);
  if (item.given) result["given"] = *item.given;
  put(result, "at", item.at);
  put(result, "text", item.text);
  return result;
}

consent read_consent(const json &from) {
  consent result;
  get(from, "channel", result.channel);
  if (auto given = from.find("given"); given != from.end() && given->is_boolean()) result.given = given->get<bool>();
  get(from, "at", result.at);
  get(from, "text", result.text);
  return result;
}

json write(const finance_contract &item) {
  auto result = json::object();
  put(result, "number", item.number);
  put(result, "ends_on", item.ends_on);
  if (item.monthly_rate_cents) result["monthly_rate_cents"] = *item.monthly_rate_cents;
  if (item.residual_cents) result["residual_cents"] = *item.residual_cents;
  return result;
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

std::string to_json(const lead_content &content) {
  auto result = json::object();
  put_texts(result, content_texts, content);
  put(result, "received_at", content.received_at);
  put(result, "appointment_at", content.appointment_at);
  if (auto prospect = write(content.prospect); !prospect.empty()) result["prospect"] = std::move(prospect);
  for (const auto &item : content.wanted) result["wanted"].push_back(write(item));
  if (content.trade_in) result["trade_in"] = write(*content.trade_in);
  if (content.finance) result["finance"] = write(*content.finance);
  for (const auto &item : content.consents) result["consents"].push_back(write(item));
  if (!content.extras.empty()) result["extras"] = content.extras;
  return result.dump(-1, ' ', false, json::error_handler_t::replace);
}

lead_content content_from_json(std::string_view text) {
  lead_content result;
  const auto from = json::parse(text, nullptr, false);
  if (!from.is_object()) return result;
  get_texts(from, content_texts, result);
  get(from, "received_at", result.received_at);
  get(from, "appointment_at", result.appointment_at);
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
