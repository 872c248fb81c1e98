#include "lead/corrections.hpp"

#include <nlohmann/json.hpp>

namespace lead_system {

namespace {

using texts = std::map<std::string, std::string>;

struct text_field {
  const char *name;
  std::string person::*value;
};
constexpr text_field text_fields[] = {{"salutation", &person::salutation},
                                      {"title", &person::title},
                                      {"first_name", &person::first_name},
                                      {"last_name", &person::last_name},
                                      {"company", &person::company},
                                      {"email", &person::email},
                                      {"street", &person::street},
                                      {"postal_code", &person::postal_code},
                                      {"city", &person::city},
                                      {"country", &person::country},
                                      {"language", &person::language}};
constexpr const char *phones_field = "phones";

std::string numbers_of(const std::vector<phone> &phones) {
  std::string result;
  for (const auto &one : phones) result += (result.empty() ? "" : ", ") + one.number;
  return result;
}

texts texts_of(const person &who) {
  texts result{{phones_field, numbers_of(who.phones)}};
  for (const auto &[name, value] : text_fields) result[name] = who.*value;
  return result;
}

void copy_field(const std::string &field, const person &from, person &into) {
  if (field == phones_field) into.phones = from.phones;
  for (const auto &[name, value] : text_fields) {
    if (field == name) into.*value = from.*value;
  }
}

std::string written(const texts &fields) {
  return nlohmann::json(fields).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

texts read(const texts &data, const char *side) {
  const auto found = data.find(side);
  const auto document = found == data.end() ? nlohmann::json() : nlohmann::json::parse(found->second, nullptr, false);
  texts result;
  if (!document.is_object()) return result;
  for (const auto &[field, value] : document.items()) {
    if (value.is_string()) result[field] = value.get<std::string>();
  }
  return result;
}

/// What the sender had written in the fields that are corrected now.
texts corrected(const std::vector<lead_event> &timeline) {
  texts sent;
  for (auto event = timeline.rbegin(); event != timeline.rend(); ++event) {
    if (event->kind == "edited") {
      // The first correction of a field is of what was sent; those behind it are of corrections.
      sent.merge(read(event->data, "was"));
      for (const auto &[field, value] : read(event->data, "is")) {
        if (const auto first = sent.find(field); first != sent.end() && first->second == value) sent.erase(first);
      }
    } else if (event->kind == "updated") {
      const auto kept = event->data.find("kept");
      const auto names = kept == event->data.end() ? std::string{} : "," + kept->second + ",";
      std::erase_if(sent, [&](const auto &one) { return names.find("," + one.first + ",") == std::string::npos; });
    }
  }
  return sent;
}

}  // namespace

correction correction_of(const person &before, const person &after) {
  correction result{texts_of(before), texts_of(after)};
  const auto same = result.is;
  std::erase_if(result.is, [&](const auto &one) { return result.was.at(one.first) == one.second; });
  std::erase_if(result.was, [&](const auto &one) { return same.at(one.first) == one.second; });
  return result;
}

texts event_data(const correction &made) {
  return {{"was", written(made.was)}, {"is", written(made.is)}};
}

updated_person after_message(const std::vector<lead_event> &timeline, const person &known, const person &sent) {
  updated_person result{sent, {}, {}};
  const auto ours = texts_of(known), theirs = texts_of(sent);
  for (const auto &[field, before] : corrected(timeline)) {
    const auto mine = ours.find(field), now = theirs.find(field);
    if (mine == ours.end() || mine->second == now->second) continue;
    if (now->second == before) {
      copy_field(field, known, result.prospect);
      result.kept.push_back(field);
    } else {
      result.overruled.was[field] = mine->second;
      result.overruled.is[field] = now->second;
    }
  }
  return result;
}

std::string joined(const std::vector<std::string> &fields) {
  std::string result;
  for (const auto &field : fields) result += (result.empty() ? "" : ",") + field;
  return result;
}

}  // namespace lead_system
