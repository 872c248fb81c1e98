// What reading a payload came to, record by record: field, value, expression, what stood there, and why not.
#include <algorithm>

#include "screens/lead/lead_blocks.hpp"
#include "screens/lead/lead_words.hpp"
#include "screens/sources/source_definition.hpp"

namespace lead_system::screens {
namespace {

using intake::traced_field;
using kind = intake::traced_value::kind;

struct label_row {
  std::string_view part, field, label;
};
/// By the names of the definition; a part of "" is any.
constexpr label_row labels[] = {{"lead", "external_id", "Number at the sender"},
                                {"lead", "type", "Lead type"},
                                {"lead", "priority", "Priority"},
                                {"lead", "received", "Received"},
                                {"lead", "appointment", "Wished appointment"},
                                {"lead", "dealer_code", "Dealer code"},
                                {"lead", "campaign", "Campaign"},
                                {"lead", "referrer", "Referrer"},
                                {"lead", "message", "Message from the prospect"},
                                {"lead", "test", "Test lead"},
                                {"lead", "secret", "Key of the form"},
                                {"lead", "state", "State"},
                                {"lead", "salesperson", "Salesperson"},
                                {"", "preferred_channel", "Preferred channel"},
                                {"", "preferred_time", "Preferred time"},
                                {"prospect", "salutation", "Salutation"},
                                {"prospect", "title", "Title"},
                                {"prospect", "prefix", "Salutation and title"},
                                {"prospect", "first_name", "First name"},
                                {"prospect", "middle_name", "Middle name"},
                                {"prospect", "last_name", "Last name"},
                                {"prospect", "suffix", "Behind the name"},
                                {"prospect", "full_name", "Name"},
                                {"prospect", "company", "Company"},
                                {"prospect", "language", "Language"},
                                {"prospect", "email", "E-mail"},
                                {"prospect", "street", "Street"},
                                {"prospect", "postal_code", "Postal code"},
                                {"prospect", "city", "City"},
                                {"prospect", "customer_number", "Customer number"},
                                {"", "country", "Country"},
                                {"phone", "number", "Phone"},
                                {"phone", "kind", "Kind"},
                                {"phone", "area", "Area code"},
                                {"phone", "local", "Number without area code"},
                                {"vehicle", "role", "Role"},
                                {"vehicle", "make", "Make"},
                                {"vehicle", "model", "Model"},
                                {"vehicle", "trim", "Trim level"},
                                {"vehicle", "year", "Year"},
                                {"vehicle", "condition", "New or used"},
                                {"vehicle", "vin", "Chassis number"},
                                {"vehicle", "order_number", "Order number"},
                                {"vehicle", "stock_number", "Stock number"},
                                {"vehicle", "colour", "Colour"},
                                {"vehicle", "mileage", "Kilometres"},
                                {"vehicle", "mileage_unit", "Unit of the kilometres"},
                                {"consent", "channel", "Channel"},
                                {"consent", "given", "Consent given"},
                                {"consent", "at_time", "Time"},
                                {"consent", "text", "Wording"},
                                {"finance", "number", "Contract number"},
                                {"finance", "end", "End of the contract"},
                                {"finance", "monthly_rate", "Monthly rate"},
                                {"finance", "residual", "Residual value"},
                                {"", "at", "Where the part stands"}};

struct word_row {
  std::string_view key, label;
};
constexpr word_row words_of_ours[] = {{"mr", "Mr"},
                                      {"ms", "Ms"},
                                      {"company", "Company"},
                                      {"mobile", "Mobile"},
                                      {"home", "Phone at home"},
                                      {"work", "Phone at work"},
                                      {"wanted", "Wanted vehicle"},
                                      {"trade_in", "Trade-in"},
                                      {"new", "new"},
                                      {"used", "used"}};

std::string label_of(const request &by, const traced_field &field) {
  for (const auto &row : labels) {
    const bool fits = row.field == field.field && (row.part.empty() || row.part == field.part);
    if (!fits) continue;
    auto label = by.say(row.label);
    if (field.number > 0 && field.part != "finance") label += " (" + std::to_string(field.number) + ")";
    return label;
  }
  return std::string(field.field);
}

std::string word_text(const request &by, const traced_field &field, const std::string &key) {
  if (field.field == "type" || field.field == "priority") {
    const auto *type = by.with.types.find_type(key);
    return type == nullptr ? key : by.say(type->title);
  }
  if (field.field == "state") {
    const auto state = state_from(key);
    return state ? by.say(title(*state)) : key;
  }
  if (field.field == "channel" || field.field == "preferred_channel") return channel_text(by, key);
  const auto found =
      std::find_if(std::begin(words_of_ours), std::end(words_of_ours), [&](const auto &row) { return row.key == key; });
  return found == std::end(words_of_ours) ? key : by.say(found->label);
}

json value_cell(const request &by, const traced_field &field) {
  const auto &value = field.became;
  switch (value.is) {
    case kind::nothing:
      break;
    case kind::text:
      return cell(value.text, {{"title", value.text}});
    case kind::word:
      return cell_value(word_text(by, field, value.text), value.text);
    case kind::time:
      return cell_value(by.write.full(value.number), iso_utc(value.number));
    case kind::day:
      return cell_value(by.write.iso_date(value.text), value.text);
    case kind::money:
      return cell_value(by.write.money(value.number), value.number);
    case kind::yes_no:
      return cell_value(by.say(value.text == "yes" ? "Yes" : "No"), value.text);
    case kind::hidden:
      return cell(by.say("is checked, and not shown"));
  }
  return no_cell();
}

/// The expression that gave the value, and which it is; where none did, what was tried.
json expression_cell(const request &by, const traced_field &field) {
  constexpr std::size_t most_named = 3;
  std::string all;
  for (const auto &one : field.tried) all += (all.empty() ? "" : "\n") + one.text;
  if (field.gave != traced_field::no_expression) {
    auto result = cell(field.tried[field.gave].text, {{"title", all}});
    if (field.tried.size() > 1) {
      result["detail"] = by.say("{1} of {2}", by.say.number(static_cast<std::int64_t>(field.gave + 1)),
                                by.say.number(static_cast<std::int64_t>(field.tried.size())));
    }
    return result;
  }
  std::string some;
  for (std::size_t at = 0; at < std::min(most_named, field.tried.size()); ++at) {
    some += (at == 0 ? "" : ", ") + field.tried[at].text;
  }
  auto result = cell(some, {{"title", all}});
  if (field.tried.size() > most_named) {
    result["detail"] = by.say.count("and {1} other one", "and {1} other ones",
                                    static_cast<std::int64_t>(field.tried.size() - most_named));
  }
  result["quiet"] = true;
  return result;
}

std::string remark_text(const request &by, const traced_field &field) {
  std::string result;
  for (const auto &one : field.remarks) result += (result.empty() ? "" : " ") + by.say(one);
  if (!result.empty()) return result;
  using lack = traced_field::lack;
  switch (field.lacks) {
    case lack::none:
      break;
    case lack::nothing_there:
      return by.say("None of the expressions found anything.");
    case lack::not_needed:
      return by.say("Was not looked for: it is known without it.");
    case lack::no_such_part:
      return by.say("Nothing of this part stands in the record.");
    case lack::no_use:
      return by.say("Nothing became of it: it says nothing new, or nothing alone.");
    case lack::stands_in:
      return by.say("No expression found anything: this stands in for it.");
  }
  return {};
}

json field_row(const request &by, const traced_field &field, std::size_t number) {
  const auto raw = field.gave == traced_field::no_expression ? std::string{} : field.tried[field.gave].raw;
  auto name = cell(label_of(by, field), {{"detail", std::string(field.part) + " / " + std::string(field.field)}});
  return {{"id", std::to_string(number)},
          {"cells",
           {{"field", std::move(name)},
            {"value", value_cell(by, field)},
            {"expression", expression_cell(by, field)},
            {"raw", raw.empty() ? no_cell() : cell(raw, {{"title", raw}})},
            {"remark", cell(remark_text(by, field))}}}};
}

json fields_table(const request &by, const std::string &id, std::string title) {
  auto block = table(id, std::move(title),
                     json::array({column("field", by.say("Field")), column("value", by.say("Value")),
                                  column("expression", by.say("Expression")), column("raw", by.say("In the payload")),
                                  column("remark", by.say("Remark"))}));
  block["layout"] = "plain";
  block["rows"] = json::array();
  return block;
}

/// Of what has no value there is only what was tried.
json empty_fields_table(const request &by, const std::string &number) {
  auto block = table("empty_" + number, by.say("Without a value in record {1}", number),
                     json::array({column("field", by.say("Field")), column("expression", by.say("Expression")),
                                  column("remark", by.say("Remark"))}));
  block["layout"] = "plain";
  block["rows"] = json::array();
  return block;
}

json verdict_of(const request &by, const intake::read_lead &lead, int number) {
  const auto which = by.say.number(number);
  const auto id = "record_" + std::to_string(number);
  if (!lead.problem.empty()) {
    return notice(id, "bad", by.say("Record {1} cannot become a lead.", which), by.say(lead.problem));
  }
  if (lead.is_test) {
    return notice(id, "info", by.say("Record {1} is a test lead: it would be answered and not kept.", which));
  }
  const auto *type = by.with.types.find_type(lead.content.type);
  const auto title = type == nullptr ? lead.content.type : by.say(type->title);
  std::string text;
  if (lead.content.external_id.starts_with("derived:")) {
    text = by.say("It names no number of its own: one is derived from person, vehicle and time.");
  }
  return notice(id, "good", by.say("Record {1} would become a lead of the type {2}.", which, title), text);
}

json left_over_table(const request &by, const intake::record_trace &trace, const std::string &number) {
  auto block =
      table("left_" + number, by.say("Left over in record {1}", number),
            json::array({column("place", by.say("Where it stands")), column("value", by.say("In the payload"))}));
  block["layout"] = "plain";
  block["note"] = by.say("No expression asks for it. It is kept with the lead under this name.");
  block["rows"] = json::array();
  for (const auto &[place, value] : trace.left_over) {
    const auto row = std::to_string(block["rows"].size() + 1);
    block["rows"].push_back(
        {{"id", row}, {"cells", {{"place", cell(place)}, {"value", cell(value, {{"title", value}})}}}});
  }
  if (trace.more_left_over > 0) {
    block["note"] = by.say("No expression asks for it. {1} more are not shown.",
                           by.say.number(static_cast<std::int64_t>(trace.more_left_over)));
  }
  if (block["rows"].empty()) block["empty"] = {{"title", by.say("Nothing is left over: every value has its field.")}};
  return block;
}

void add_record(json &blocks, const request &by, const intake::read_lead &lead, int at) {
  blocks.push_back(verdict_of(by, lead, at));
  if (!lead.trace) return;
  const auto number = std::to_string(at);
  auto with_value = fields_table(by, "fields_" + number, by.say("Fields of record {1}", number));
  auto without = empty_fields_table(by, number);
  for (const auto &field : lead.trace->fields) {
    auto &into = field.became.is == kind::nothing && field.gave == traced_field::no_expression ? without : with_value;
    auto row = field_row(by, field, into["rows"].size() + 1);
    if (&into == &without) {
      for (const auto *column : {"value", "raw"}) row["cells"].erase(column);
    }
    into["rows"].push_back(std::move(row));
  }
  if (with_value["rows"].empty()) {
    with_value["empty"] = {{"title", by.say("No expression of the definition found anything in this record.")}};
  }
  if (const auto more = lead.trace->more_places; more > 0) {
    with_value["note"] = by.say.count("{1} more place of this record is not shown.",
                                      "{1} more places of this record are not shown.", static_cast<std::int64_t>(more));
  }
  blocks.push_back(std::move(with_value));
  blocks.push_back(left_over_table(by, *lead.trace, number));
  if (!without["rows"].empty()) blocks.push_back(std::move(without));
}

}  // namespace

void add_tryout(json &blocks, const request &by, const intake::tryout &seen) {
  if (!seen.problem.empty()) {
    blocks.push_back(
        notice("problem", "bad", by.say("The payload cannot be read by this definition."), by.say(seen.problem)));
    return;
  }
  if (seen.leads.empty()) {
    blocks.push_back(notice("records", "info",
                            seen.records == 0 ? by.say("There is no record in this payload.")
                                              : by.say("There is no record {1}: the payload has {2}.",
                                                       by.say.number(seen.first), by.say.number(seen.records))));
    return;
  }
  const auto last = seen.first + static_cast<int>(seen.leads.size()) - 1;
  blocks.push_back(notice("records", "info",
                          by.say("Records {1} to {2} of {3} are shown.", by.say.number(seen.first), by.say.number(last),
                                 by.say.number(seen.records)),
                          by.say("Nothing of it is stored, counted or told.")));
  int at = seen.first;
  for (const auto &lead : seen.leads) add_record(blocks, by, lead, at++);
}

}  // namespace lead_system::screens
