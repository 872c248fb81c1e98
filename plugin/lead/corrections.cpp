#include "lead/corrections.hpp"

#include "lead/person_texts.hpp"
#include "lead/texts.hpp"

namespace lead_system {

namespace {

using texts = std::map<std::string, std::string>;

constexpr const char *phones_field = "phones";

std::string numbers_of(const std::vector<phone> &phones) {
  std::string result;
  for (const auto &one : phones) result += (result.empty() ? "" : ", ") + one.number;
  return result;
}

texts texts_of(const person &who) {
  texts result{{phones_field, numbers_of(who.phones)}};
  for (const auto &[name, value] : person_texts) result[name] = who.*value;
  return result;
}

void copy_field(const std::string &field, const person &from, person &into) {
  if (field == phones_field) into.phones = from.phones;
  for (const auto &[name, value] : person_texts) {
    if (field == name) into.*value = from.*value;
  }
}

texts side(const texts &data, const char *which) {
  return texts_from_json(text_in(data, which));
}

/// What the sender had written in the fields that are corrected now.
texts corrected(const std::vector<lead_event> &timeline) {
  texts sent;
  for (auto event = timeline.rbegin(); event != timeline.rend(); ++event) {
    if (event->kind == "edited") {
      // The first correction of a field is of what was sent; those behind it are of corrections.
      sent.merge(side(event->data, "was"));
      for (const auto &[field, value] : side(event->data, "is")) {
        if (const auto first = sent.find(field); first != sent.end() && first->second == value) sent.erase(first);
      }
    } else if (event->kind == "restored") {
      sent.clear();  // what was brought back is what counts
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
  return {{"was", texts_to_json(made.was)}, {"is", texts_to_json(made.is)}};
}

texts replaced_content(const lead_content &before, const lead_content &after) {
  auto said = correction_of(before.prospect, after.prospect);
  if (before.message != after.message) {
    said.was["message"] = before.message;
    said.is["message"] = after.message;
  }
  auto result = said.is.empty() ? texts{} : event_data(said);
  result["before"] = to_json(before);
  return result;
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

}  // namespace lead_system
