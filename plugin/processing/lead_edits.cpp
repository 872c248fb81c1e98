// lead_edits.cpp - what people write on a lead: notes, and corrections of the prospect's data.
#include <nlohmann/json.hpp>

#include "processing/lead_desk.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

using json = nlohmann::json;

constexpr std::size_t longest_note = 4000;

std::string numbers_text(const std::vector<phone> &phones) {
  std::string result;
  for (const auto &one : phones) result += (result.empty() ? "" : ", ") + one.number;
  return result;
}

/// The members that differ, as they were and as they are.
struct correction {
  json was = json::object(), is = json::object();

  correction(const person &before, const person &after) {
    const auto note = [&](const char *name, const std::string &old_text, const std::string &new_text) {
      if (old_text == new_text) return;
      was[name] = old_text;
      is[name] = new_text;
    };
    note("salutation", before.salutation, after.salutation);
    note("title", before.title, after.title);
    note("first_name", before.first_name, after.first_name);
    note("last_name", before.last_name, after.last_name);
    note("company", before.company, after.company);
    note("email", before.email, after.email);
    note("phones", numbers_text(before.phones), numbers_text(after.phones));
    note("street", before.street, after.street);
    note("postal_code", before.postal_code, after.postal_code);
    note("city", before.city, after.city);
    note("country", before.country, after.country);
    note("language", before.language, after.language);
  }
};

std::string written(const json &document) {
  return document.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

outcome lead_desk::note(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                        const std::string &text) {
  const auto decide = [&](store::transaction &, lead &item, lead_event &event) -> outcome {
    if (item.state == lead_state::erased) return not_in_this_state(item);
    if (text.empty()) return invalid("comment", {"Write what is to be remembered.", {}});
    if (text.size() > longest_note) return invalid("comment", {"This is too long. Please shorten the note.", {}});
    event.comment = text;
    return {};
  };
  return change(call, visibility_of(who.user), who, id, version, who.may_process || who.may_assign, "note", decide)
      .result;
}

outcome lead_desk::edit(const actor &who, const dms::call &call, std::int64_t id, std::int64_t version,
                        const person &prospect) {
  const auto decide = [&](store::transaction &, lead &item, lead_event &event) -> outcome {
    if (item.state == lead_state::erased) return not_in_this_state(item);
    if (prospect.last_name.empty() && prospect.company.empty()) {
      return invalid("last_name", {"Give a last name or a company.", {}});
    }
    const correction made(item.content.prospect, prospect);
    if (made.is.empty()) return refused({"Nothing was changed.", {}});
    event.data = {{"was", written(made.was)}, {"is", written(made.is)}};
    item.content.prospect = prospect;
    return {};
  };
  return change(call, visibility_of(who.user), who, id, version, who.may_process, "edited", decide).result;
}

}  // namespace lead_system::processing
