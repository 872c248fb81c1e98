#include <algorithm>
#include <array>

#include "screens/lead/lead_blocks.hpp"
#include "screens/people/absence_words.hpp"

namespace lead_system::screens {
namespace {

json deadline_fact(const lead_view &view) {
  const auto &item = view.item;
  auto result = deadline_cell(view.by, item);
  if (result.contains("detail")) {
    // One line here: the detail follows the word.
    auto text = result["detail"].get<std::string>();
    const auto due = deadline_of(item, view.by.now);
    const bool counts_down = due == deadline::on_time || due == deadline::soon;
    if (const auto at = next_step_of(item).due; counts_down && at - view.by.now < 2 * hour_us) {
      text = view.by.say("{1}, until {2}", text, view.write.time(at));
    }
    result["quiet_text"] = "– " + text;
    result.erase("detail");
  }
  return fact("deadline", view.by.say("Next step"), std::move(result));
}

/// When it came, and when its sender took it where that is another time: a lead may have lain for days.
json received_fact(const lead_view &view) {
  const auto &item = view.item;
  const auto sent = item.content.received_at;
  auto when = cell_value(view.write.day_time(item.created_at), iso_utc(item.created_at),
                         {{"title", view.write.full(item.created_at)}});
  if (sent != 0 && sent / minute_us != item.created_at / minute_us) {
    // Minutes on the way are no news; they stand in the title.
    if (std::abs(item.created_at - sent) >= hour_us) {
      when["quiet_text"] = view.by.say("sent {1}", view.write.stamp(sent));
    }
    when["title"] = view.by.say("{1}; the sender says {2}", view.write.full(item.created_at), view.write.full(sent));
  }
  return fact("received", view.by.say("Received at"), std::move(when));
}

json contact_fact(const lead_view &view) {
  static constexpr std::string_view words[] = {"open", "tried", "reached"};
  auto text = view.by.say(words[static_cast<std::size_t>(view.item.contact)]);
  const auto last = std::find_if(view.events.begin(), view.events.end(),
                                 [](const auto &event) { return event.kind == "contact_result"; });
  if (last != view.events.end() && view.item.contact != contact_result::open) {
    const bool today = last->at >= view.write.start_of_day(0);
    text += ", " + (today ? view.write.time(last->at) : view.write.stamp(last->at));
  }
  return fact("contact", view.by.say("Contact"), cell_value(text, key(view.item.contact)));
}

std::string address_text(const person &who) {
  std::string text = who.street;
  std::string town = who.postal_code;
  if (!who.city.empty()) town += (town.empty() ? "" : " ") + who.city;
  if (!town.empty()) text += (text.empty() ? "" : ", ") + town;
  if (!who.country.empty() && who.country != "AT") text += (text.empty() ? "" : ", ") + who.country;
  return text;
}

std::string preferred_text(const request &by, const lead_content &content) {
  std::string text;
  if (content.preferred_channel == "phone") text = by.say("by phone");
  if (content.preferred_channel == "email") text = by.say("by e-mail");
  if (text.empty()) text = content.preferred_channel;
  if (!content.preferred_time.empty()) text += (text.empty() ? "" : ", ") + content.preferred_time;
  return text;
}

/// Adds a fact where there is something to say.
void add(json &items, std::string_view id, std::string label, const std::string &text) {
  if (!text.empty()) items.push_back(fact(id, std::move(label), text));
}

std::string car_words(const request &by, const vehicle &car) {
  auto text = vehicle_text(car, true);
  const auto more = [&](const std::string &part) {
    if (!part.empty()) text += (text.empty() ? "" : ", ") + part;
  };
  if (car.condition == "new") more(by.say("new"));
  if (car.condition == "used") more(by.say("used"));
  if (!car.year.empty()) more(by.say("built {1}", car.year));
  if (!car.mileage.empty()) {
    const std::string_view whole = car.mileage;
    const bool miles = whole.ends_with(" mi");
    const auto digits = whole.substr(0, whole.size() - (miles ? 3 : 0));
    const bool plain =
        !digits.empty() && digits.size() < 10 && digits.find_first_not_of("0123456789") == std::string::npos;
    const auto number = plain ? by.say.number(std::stoll(std::string(digits))) : std::string{};
    more(!plain ? car.mileage : miles ? by.say("{1} miles", number) : by.say("{1} km", number));
  }
  return text;
}

void add_vehicle(json &items, const request &by, const vehicle &car, bool first) {
  add(items, first ? "model" : "further_model", first ? by.say("Model") : by.say("Also"), car_words(by, car));
  add(items, "colour", by.say("Colour"), car.colour);
  add(items, "vin", by.say("Chassis number"), car.vin);
  add(items, "order_number", by.say("Order number"), car.order_number);
  add(items, "stock_number", by.say("Stock number"), car.stock_number);
}

void add_finance(json &items, const lead_view &view, const finance_contract &contract) {
  const auto &by = view.by;
  add(items, "contract", by.say("Contract"), contract.number);
  add(items, "contract_end", by.say("Contract ends"), view.write.iso_date(contract.ends_on));
  if (contract.monthly_rate_cents) {
    add(items, "monthly_rate", by.say("Monthly rate"), view.write.money(*contract.monthly_rate_cents));
  }
  if (contract.residual_cents) {
    add(items, "residual", by.say("Residual value"), view.write.money(*contract.residual_cents));
  }
}

/// Where the person can be reached, as a link; struck through where he has refused it.
json address_cell(const request &by, const lead_content &content, std::string_view channel, const std::string &text,
                  const std::string &href) {
  auto result = cell_value(text, text);
  if (!content.allows(channel)) {
    result["struck"] = true;
    result["quiet_text"] = not_allowed_text(by, channel);
  } else if (!href.empty()) {
    result["link"] = link_out(text, href);
  }
  return result;
}

}  // namespace

std::string phone_label(const request &by, const std::string &kind) {
  if (kind == "mobile") return by.say("Mobile");
  if (kind == "work") return by.say("Phone at work");
  if (kind == "home") return by.say("Phone at home");
  return by.say("Phone");
}

json strip_block(const lead_view &view) {
  const auto &[by, item] = std::tie(view.by, view.item);
  auto assignee = item.assignee.empty() ? cell_value(by.say("Not assigned"), "")
                                        : cell_value(by.people->user_name(item.assignee), item.assignee);
  if (item.assignee.empty()) assignee["quiet"] = true;
  if (const auto away = away_text(by, item.assignee); !away.empty()) assignee["quiet_text"] = away;
  auto state = state_cell(by, item);
  if (is_terminal(item.state) && state.contains("detail")) state["quiet_text"] = state["detail"];
  state.erase("detail");
  json items = json::array();
  items.push_back(deadline_fact(view));
  items.push_back(fact("state", by.say("State"), std::move(state)));
  items.push_back(contact_fact(view));
  if (item.agreed_at != 0) {
    auto agreed = cell_value(view.write.day_time(item.agreed_at), iso_utc(item.agreed_at),
                             {{"title", view.write.full(item.agreed_at)}});
    items.push_back(fact("agreed", by.say("Appointment"), std::move(agreed)));
  }
  items.push_back(fact("assignee", by.say("Salesperson"), std::move(assignee)));
  items.push_back(fact("location", by.say("Location"),
                       cell_value(location_text(by, item), item.location, {{"quiet_text", item.content.dealer_code}})));
  items.push_back(received_fact(view));
  items.push_back(fact("source", by.say("Source"),
                       cell_value(by.source_title(item.content.source), item.content.source,
                                  {{"quiet_text", item.content.external_id}})));
  auto block = facts("lead", {}, std::move(items));
  block["layout"] = "strip";
  return block;
}

namespace {

/// Whether the lead has been there: its events say so, or the stages that it has reached.
bool has_been(const lead_view &view, lead_state state) {
  if (state == lead_state::received || view.item.state == state) return true;
  if (const auto its = stage_of(state); its != stage::received) return view.item.reached.has(its);
  return std::any_of(view.events.begin(), view.events.end(), [&](const lead_event &event) {
    const auto to = event.data.find("to");
    return (to != event.data.end() && to->second == key(state)) ||
           (state == lead_state::assigned && event.kind == "assigned");
  });
}

/// The steps of the lead's type, and what happened beside them.
std::vector<lead_state> way_of(const lead_view &view) {
  const auto *type = view.by.with.types.find_type(view.item.content.type);
  std::vector<lead_state> way{lead_state::received, lead_state::assigned, lead_state::in_progress};
  for (const auto step : choosable_steps()) {
    const bool of_type = type == nullptr || std::count(type->steps.begin(), type->steps.end(), step) > 0;
    if (of_type || (has_state(type, step) && has_been(view, step)) || view.item.state == step) way.push_back(step);
  }
  way.push_back(lead_state::won);
  return way;
}

}  // namespace

json steps_block(const lead_view &view) {
  const auto &item = view.item;
  const auto way = way_of(view);
  // Where the lead has ended without a sale, the way shows how far it came, and the end instead of the sale.
  const bool ended = is_terminal(item.state) && item.state != lead_state::won;
  std::size_t farthest = 0;
  for (std::size_t index = 0; index < way.size(); ++index) {
    if (ended ? has_been(view, way[index]) && index + 1 < way.size() : way[index] == item.state) farthest = index;
  }
  json items = json::array();
  for (std::size_t index = 0; index < way.size(); ++index) {
    const bool last = index + 1 == way.size();
    const bool here = ended ? last : index == farthest;
    const bool passed = index < farthest || (ended && index == farthest);
    const auto *at = here ? "current" : !passed ? "ahead" : has_been(view, way[index]) ? "done" : "skipped";
    items.push_back({{"label", view.by.say(title(last && ended ? item.state : way[index]))}, {"at", at}});
  }
  return {{"type", "steps"}, {"id", "steps"}, {"label", view.by.say("Way of the lead")}, {"items", std::move(items)}};
}

json person_block(const lead_view &view) {
  const auto &[by, item] = std::tie(view.by, view.item);
  const auto &who = item.content.prospect;
  json items = json::array();
  if (item.state == lead_state::erased) {
    items.push_back(fact("name", by.say("Name"), cell(by.say("Anonymised"))));
    return facts("person", by.say("Prospect"), std::move(items));
  }
  std::string name = who.full_name();
  if (!name.empty() && name != who.company) {
    if (who.salutation == "mr") name = by.say("Mr {1}", name);
    if (who.salutation == "ms") name = by.say("Ms {1}", name);
    add(items, "name", by.say("Name"), name);
  }
  add(items, "company", by.say("Company"), who.company);
  const auto &content = item.content;
  for (const auto &number : who.phones) {
    auto value = address_cell(by, content, "phone", phone_text(number.number), call_link(number.number));
    value["value"] = number.number;
    if (content.allows("phone") && number.kind == "mobile" && !content.allows("sms")) {
      value["quiet_text"] = not_allowed_text(by, "sms");
    }
    items.push_back(fact("phone", phone_label(by, number.kind), std::move(value)));
  }
  if (!who.email.empty()) {
    items.push_back(
        fact("email", by.say("E-mail"), address_cell(by, content, "email", who.email, "mailto:" + who.email)));
  }
  if (const auto address = address_text(who); !address.empty()) {
    items.push_back(fact("address", by.say("Address"), address_cell(by, content, "post", address, {})));
  }
  if (!who.language.empty()) add(items, "language", by.say("Language"), by.say.language_name(who.language));
  add(items, "preferred", by.say("Prefers"), preferred_text(by, item.content));
  json customer = cell_value(by.say("not linked yet"), "");
  customer["quiet"] = true;
  if (!item.customer.empty()) {
    customer = cell_value(item.customer, item.customer);
    customer["link"] = link_to_host(item.customer, "customer", {{"id", item.customer}});
  }
  items.push_back(fact("customer", by.say("Customer number"), std::move(customer)));
  add(items, "stated_customer", by.say("Customer number as stated"), who.customer_number);
  auto block = facts("person", by.say("Prospect"), std::move(items));
  if (by.who.may("leads.process")) block["link"] = {{"label", by.say("Edit")}, {"action", "edit"}};
  return block;
}

json vehicle_block(const lead_view &view) {
  const auto &[by, item] = std::tie(view.by, view.item);
  const auto &content = item.content;
  json items = json::array();
  bool first = true;
  for (const auto &car : content.wanted) {
    add_vehicle(items, by, car, first);
    first = false;
  }
  if (content.appointment_at != 0) {
    const auto when =
        content.appointment_day ? view.write.date(content.appointment_at) : view.write.full(content.appointment_at);
    items.push_back(
        fact("appointment", by.say("Wanted appointment"), cell_value(when, iso_utc(content.appointment_at))));
  }
  if (content.trade_in) add(items, "trade_in", by.say("Trade-in"), car_words(by, *content.trade_in));
  if (content.finance) add_finance(items, view, *content.finance);
  if (!content.campaign.empty() || !content.referrer.empty()) {
    const auto by_way = content.referrer.empty() ? std::string{} : by.say("by way of {1}", content.referrer);
    items.push_back(
        fact("campaign", by.say("Campaign"),
             content.campaign.empty() ? cell(content.referrer) : cell(content.campaign, {{"quiet_text", by_way}})));
  }
  if (items.empty()) items.push_back(fact("model", by.say("Model"), no_cell()));
  return facts("vehicle", by.say("Vehicle wanted"), std::move(items));
}

json message_block(const lead_view &view) {
  const auto &[by, item] = std::tie(view.by, view.item);
  const bool original = item.payload_id != 0 && by.who.may("leads.intake_log");
  if (item.content.message.empty() && !original) return nullptr;
  auto block =
      text_block("message", "plain", item.content.message.empty() ? by.say("No message.") : item.content.message);
  block["title"] = by.say("Message from the prospect");
  if (original) {
    block["link"] =
        link_to(by.say("Original message"), "leads.intake_log", {{"payload", std::to_string(item.payload_id)}});
  }
  return block;
}

namespace {

/// What a remark is about, by the name of its field.
std::string remark_label(const request &by, std::string_view field) {
  struct named {
    std::string_view field, label;
  };
  static constexpr named labels[] = {{"email", "E-mail"},
                                     {"phone", "Phone"},
                                     {"full_name", "Name"},
                                     {"first_name", "First name"},
                                     {"last_name", "Last name"},
                                     {"salutation", "Salutation"},
                                     {"title", "Title"},
                                     {"company", "Company"},
                                     {"language", "Language"},
                                     {"country", "Country"},
                                     {"street", "Street"},
                                     {"city", "City"},
                                     {"postal_code", "Postal code"},
                                     {"vehicle", "Vehicle"},
                                     {"vin", "Chassis number"},
                                     {"trade_in", "Trade-in"},
                                     {"finance", "Finance"},
                                     {"finance_end", "Contract ends"},
                                     {"appointment", "Wanted appointment"},
                                     {"received", "Received at"},
                                     {"preferred_channel", "Prefers"},
                                     {"consent", "Consents"},
                                     {"type", "Type"},
                                     {"priority", "Priority"},
                                     {"message", "Message from the prospect"},
                                     {"encoding", "Encoding"},
                                     {"attachment", "Attachment"},
                                     {"extras", "Further details"}};
  const auto *const found =
      std::find_if(std::begin(labels), std::end(labels), [&](const named &one) { return one.field == field; });
  return found == std::end(labels) ? std::string(field) : by.say(found->label);
}

}  // namespace

namespace {

/// "/SiebelMessage@MessageId" is "MessageId" to a reader, where no other detail is called so.
std::string short_name(const std::string &name, const std::map<std::string, std::string> &all) {
  const auto last = [](const std::string &path) {
    const auto at = path.find_last_of("/@");
    return at == std::string::npos || at + 1 == path.size() ? path : path.substr(at + 1);
  };
  const auto result = last(name);
  const auto same = std::count_if(all.begin(), all.end(), [&](const auto &one) { return last(one.first) == result; });
  return same == 1 ? result : name;
}

}  // namespace

json extras_block(const lead_view &view) {
  const auto &by = view.by;
  constexpr std::string_view remark = "remark/";
  json items = json::array();
  for (const auto &[name, value] : view.item.content.extras) {
    if (value.empty()) continue;
    if (!name.starts_with(remark)) {
      items.push_back(fact(name, short_name(name, view.item.content.extras), value));
      continue;
    }
    // Older ones are sentences.
    std::string text;
    for (const auto &one : messages_in(value)) text += (text.empty() ? "" : " ") + by.say(one);
    const auto label = by.say("Remark on: {1}", remark_label(by, std::string_view(name).substr(remark.size())));
    items.push_back(fact(name, label, text.empty() ? value : text));
  }
  if (items.empty()) return nullptr;
  return facts("extras", by.say("Further details"), std::move(items));
}

}  // namespace lead_system::screens
