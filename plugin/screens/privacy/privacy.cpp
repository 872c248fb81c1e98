#include "screens/privacy/privacy_blocks.hpp"

#include <algorithm>

#include "intake/normalise.hpp"
#include "screens/kit/parameters.hpp"
#include "screens/kit/results.hpp"
#include "screens/lead/event_words.hpp"
#include "screens/lead/lead_blocks.hpp"

namespace lead_system::screens {
namespace {

constexpr std::string_view privacy_id = "leads.privacy";
constexpr int protocol_page = 50;

constexpr std::string_view query_fields[] = {"email", "phone", "lead", "customer"};

processing::person_query query_of(const parameters &sent) {
  processing::person_query wanted;
  wanted.email = sent.one("email");
  // As people write it; a number that nobody can call is looked for as it stands.
  wanted.phone = intake::normal_phone(sent.one("phone"), "AT").value_or(sent.one("phone"));
  wanted.customer = sent.one("customer");
  wanted.lead = std::max<std::int64_t>(0, sent.integer("lead").value_or(0));
  for (const auto &one : sent.all("also")) wanted.also.push_back(to_integer(one).value_or(0));
  return wanted;
}

json search_block(const request &by, const parameters &sent) {
  json fields = json::array();
  for (const auto &[name, label] : {std::pair{"email", "E-mail"},
                                    {"phone", "Phone"},
                                    {"lead", "Lead number"},
                                    {"customer", "Customer number"},
                                    {"name", "Name (messages in quarantine)"}}) {
    fields.push_back(field(name, "text", by.say(label), sent.one(name)));
    fields.back()["wide"] = true;
  }
  return {{"type", "filters"},
          {"id", "person"},
          {"label", by.say("Find a person")},
          {"fields", std::move(fields)},
          {"submit", by.say("Find")}};
}

std::vector<std::int64_t> ids_of(const std::vector<lead> &leads) {
  std::vector<std::int64_t> ids;
  ids.reserve(leads.size());
  for (const auto &one : leads) ids.push_back(one.id);
  return ids;
}

std::vector<std::int64_t> ids_of(const std::vector<processing::person_lead> &leads) {
  std::vector<std::int64_t> ids;
  ids.reserve(leads.size());
  for (const auto &one : leads) ids.push_back(one.item.id);
  return ids;
}

/// "leads 4711 4712, messages 17"
std::string subject_of(const std::vector<std::int64_t> &leads, const std::vector<std::int64_t> &messages) {
  std::string text;
  const auto add = [&](const char *what, const std::vector<std::int64_t> &ids) {
    if (ids.empty()) return;
    text += (text.empty() ? "" : ", ") + std::string(what);
    for (const auto id : ids) text += ' ' + std::to_string(id);
  };
  add("leads", leads);
  add("messages", messages);
  return text;
}

json leads_block(const request &by, const std::vector<processing::person_lead> &leads) {
  auto block = table("leads", by.say("Leads of this person"),
                     json::array({column("lead", by.say("Lead")), column("received", by.say("Received")),
                                  column("type", by.say("Type")), column("prospect", by.say("Prospect")),
                                  column("location", by.say("Location")), column("state", by.say("State")),
                                  column("source", by.say("Source"))}));
  block["layout"] = "plain";
  for (const auto &one : leads) {
    const auto &item = one.item;
    block["rows"].push_back({{"id", std::to_string(item.id)},
                             {"cells",
                              {{"lead", cell_value(std::to_string(item.id), item.id)},
                               {"received", cell_value(by.write.full(item.created_at), iso_utc(item.created_at))},
                               {"type", type_cell(by, item, true)},
                               {"prospect", cell(prospect_name(by, item), {{"detail", contact_text(by, item)}})},
                               {"location", cell(location_text(by, item))},
                               {"state", state_cell(by, item)},
                               {"source", cell_value(by.source_title(item.content.source), item.content.source)}}}});
  }
  return block;
}

/// What was asked for, as the parameters of this page.
json asked_for(const parameters &sent) {
  json params = json::object();
  for (const auto name : query_fields) {
    if (auto value = sent.one(std::string(name)); !value.empty()) params[std::string(name)] = std::move(value);
  }
  if (auto also = sent.all("also"); !also.empty()) params["also"] = std::move(also);
  return params;
}

/// Leads with the same e-mail or phone and another name: another person, until somebody says otherwise here.
json others_block(const request &by, const parameters &sent, const std::vector<lead> &others, bool somebody) {
  if (others.empty()) return nullptr;
  auto block = table("others", somebody ? by.say("Another name, the same e-mail or phone") : by.say("Whose leads?"),
                     json::array({column("lead", by.say("Lead")), column("prospect", by.say("Prospect")),
                                  column("received", by.say("Received")), column("choose", by.say("Choose"))}));
  block["layout"] = "plain";
  block["note"] = somebody ? by.say("not part of the export, and not anonymised")
                           : by.say("several people share this e-mail or phone");
  for (const auto &item : others) {
    const auto id = std::to_string(item.id);
    auto params = somebody ? asked_for(sent) : json{{"lead", id}};
    if (somebody) params["also"].push_back(id);
    json choose = cell(std::string{});
    choose["link"] = link_to(somebody ? by.say("Is the same person") : by.say("Leads of this person"), privacy_id,
                             std::move(params));
    block["rows"].push_back({{"id", id},
                             {"cells",
                              {{"lead", cell_value(id, item.id)},
                               {"prospect", cell(prospect_name(by, item), {{"detail", contact_text(by, item)}})},
                               {"received", cell_value(by.write.full(item.created_at), iso_utc(item.created_at))},
                               {"choose", std::move(choose)}}}});
  }
  return block;
}

json contacts_block(const request &by, const processing::person_lead &one) {
  auto block = table(
      "contacts", by.say("myContacts"),
      json::array({column("due", by.say("Due")), column("user", by.say("Salesperson")), column("name", by.say("Name")),
                   column("note", by.say("Note")), column("result", by.say("Result"))}));
  block["layout"] = "plain";
  for (const auto &contact : one.contacts) {
    if (!contact.is_object()) continue;
    const auto text = [&](const char *name) {
      const auto found = contact.find(name);
      return found != contact.end() && found->is_string() ? found->get<std::string>() : std::string{};
    };
    const auto due = contact.value("due_us", std::int64_t{0});
    block["rows"].push_back({{"id", text("id")},
                             {"cells",
                              {{"due", due == 0 ? no_cell() : cell_value(by.write.full(due), iso_utc(due))},
                               {"user", by.people->user_name(text("user"))},
                               {"name", text("name")},
                               {"note", text("note")},
                               {"result", text("result")}}}});
  }
  return block["rows"].empty() ? json() : block;
}

/// Everything of one lead, in words: for the person who asks.
void add_lead(json &blocks, const request &by, const processing::person_lead &one) {
  const lead_view view{by, one.item, by.write_at(one.item.location), one.events, one.feedback, {}};
  blocks.push_back(
      notice("lead_" + std::to_string(one.item.id), "plain",
             by.say("Lead {1}, received {2}", std::to_string(one.item.id), by.write.full(one.item.created_at))));
  for (auto block : {person_block(view), vehicle_block(view), message_block(view), consent_block(view),
                     extras_block(view), contacts_block(by, one), feedback_block(view), timeline_block(view)}) {
    if (block.is_null()) continue;
    // The same page holds several leads: ids are the page's.
    if (block.contains("id")) block["id"] = block["id"].get<std::string>() + "_" + std::to_string(one.item.id);
    blocks.push_back(std::move(block));
  }
}

json erase_action(const request &by, const std::vector<processing::person_lead> &leads,
                  const std::vector<intake::held_message> &messages) {
  const auto open = std::count_if(leads.begin(), leads.end(), [](const auto &one) { return is_open(one.item.state); });
  auto result = action("erase_person", by.say("Anonymise this person"), "danger");
  result["title"] = by.say("Anonymise this person");
  auto text = by.say.count("{1} lead loses name, contact data, message and notes for ever. Counts stay.",
                           "{1} leads lose name, contact data, messages and notes for ever. Counts stay.",
                           static_cast<std::int64_t>(leads.size()));
  if (open > 0) {
    text += " " + by.say.count("{1} open lead is closed and reported as “Consent withdrawn”.",
                               "{1} open leads are closed and reported as “Consent withdrawn”.", open);
  }
  if (!messages.empty()) {
    text += " " + by.say.count("{1} message in quarantine is erased and cannot be tried again.",
                               "{1} messages in quarantine are erased and cannot be tried again.",
                               static_cast<std::int64_t>(messages.size()));
  }
  text += " " + by.say("The customer in the customer file stays: it is the dealership's own.");
  text += " " + by.say("Backups hold the person until you delete them.");
  result["text"] = std::move(text);
  result["submit"] = by.say("Anonymise");
  result["confirm"] = true;
  json ids = json::array();
  for (const auto id : ids_of(leads)) ids.push_back(std::to_string(id));
  result["input"] = {{"leads", std::move(ids)}, {"messages", ids_of_messages(messages)}};
  return result;
}

json protocol_block(const request &by, const privacy_parts &more, const parameters &sent) {
  auto block = table("protocol", by.say("Protocol of erasures"),
                     json::array({column("at", by.say("Time")), column("lead", by.say("Lead")),
                                  column("type", by.say("Type")), column("cause", by.say("Cause")),
                                  column("who", by.say("Who")), column("settled", by.say("Archive and host"))}));
  block["layout"] = "plain";
  block["note"] = by.say("without personal data");
  const auto before = std::max<std::int64_t>(0, sent.integer("before").value_or(0));
  const auto lines = more.rows.protocol(before, protocol_page + 1);
  const auto shown = std::min<std::size_t>(lines.size(), protocol_page);
  for (std::size_t at = 0; at < shown; ++at) {
    const auto &line = lines[at];
    const auto *type = by.with.types.find_type(line.type);
    const auto cause = line.cause == "retention" ? "retention over"
                       : line.cause == "request" ? "request"
                                                 : "on the lead";
    json settled = line.settled == 0 ? cell(by.say("pending"), {{"icon", "clock"}})
                                     : cell_value(by.write.day_time(line.settled), iso_utc(line.settled));
    block["rows"].push_back({{"id", std::to_string(line.id)},
                             {"cells",
                              {{"at", cell_value(by.write.full(line.at), iso_utc(line.at))},
                               {"lead", line.lead_id == 0 ? cell(by.say("Message in quarantine"))
                                                          : cell_value(std::to_string(line.lead_id), line.lead_id)},
                               {"type", type == nullptr ? cell(line.type) : cell_value(by.say(type->title), line.type)},
                               {"cause", cell_value(by.say(cause), line.cause)},
                               {"who", line.actor.empty() ? by.say("The system") : by.people->user_name(line.actor)},
                               {"settled", std::move(settled)}}}});
  }
  block["next"] = nullptr;
  if (lines.size() > shown) {
    block["next"] = std::to_string(lines[shown - 1].id);
    block["next_label"] = by.say("Older");
    block["next_link"] = link_to(by.say("Older"), privacy_id, {{"before", std::to_string(lines[shown - 1].id)}});
  }
  if (shown == 0) block["empty"] = {{"title", by.say("Nothing was anonymised yet.")}};
  return block;
}

json retention_block(const request &by) {
  auto block = table("retention", by.say("Anonymised by themselves"),
                     json::array({column("type", by.say("Type")), column("after", by.say("Anonymised"))}));
  block["layout"] = "plain";
  block["note"] = by.say("set with the lead types in the lead settings");
  const auto settings = by.with.store.lead_type_settings();
  for (const auto &type : by.with.types.types()) {
    auto months = type.retention_months;
    for (const auto &set : settings) {
      if (set.type == type.key && set.retention_months > 0) months = set.retention_months;
    }
    block["rows"].push_back(
        {{"id", type.key},
         {"cells",
          {{"type", cell_value(by.say(type.title), type.key)},
           {"after",
            cell_value(by.say.count("{1} month after closing", "{1} months after closing", months), months)}}}});
  }
  return block;
}

class privacy : public dms::screen {
 public:
  privacy(const parts &with, privacy_parts more) : with_(with), more_(std::move(more)) {}
  std::string id() const override { return std::string(privacy_id); }
  std::string right() const override { return "leads.privacy"; }

  std::string load(const dms::call &who, std::string_view text) override {
    const request by(with_, who);
    const parameters sent(text);
    auto result = document(privacy_id, by.say("Privacy"));
    result["links"] = json::array({link_to(by.say("Help"), "leads.help", {{"page", "privacy"}})});
    const auto wanted = query_of(sent);
    auto &blocks = result["blocks"];
    const auto name = sent.one("name");
    if (wanted.empty() && name.empty()) {
      blocks.push_back(search_block(by, sent));
      blocks.push_back(remains_block(by, more_.host_forgets_files));
      blocks.push_back(retention_block(by));
      blocks.push_back(protocol_block(by, more_, sent));
      return text_of(result);
    }
    const auto leads = wanted.empty() ? std::vector<processing::person_lead>{} : more_.desk.person(wanted);
    const auto held = more_.held.of(keys_of(wanted, name, leads));
    if (!leads.empty() || !held.found.empty()) {
      const bool file = sent.has("export");
      more_.audit(who, "leads.person", subject_of(ids_of(leads), item_ids(held.found)),
                  file ? "export " + sent.one("export") : "read");
    }
    if (sent.one("export") == "json") {
      blocks.push_back(
          text_block("export", "code",
                     processing::privacy_desk::document_of(leads, by.now, messages_document(certain_ones(held.found)))
                         .dump(2, ' ', false, json::error_handler_t::replace)));
      result["export"] = json::array({"json"});
      return text_of(result);
    }
    blocks.push_back(search_block(by, sent));
    result["back"] = link_to(by.say("Privacy"), privacy_id);
    if (held.unread > 0) blocks.push_back(unread_notice(by, held.unread));
    const auto strangers = more_.desk.others(wanted);
    // A file is for the person himself.
    auto others = sent.has("export") ? json() : others_block(by, sent, strangers, !leads.empty());
    if (leads.empty() && !others.is_null()) {
      more_.audit(who, "leads.person", subject_of(ids_of(strangers), {}), "read");
      blocks.push_back(std::move(others));
      if (!held.found.empty()) blocks.push_back(messages_block(by, held.found));
      return text_of(result);
    }
    if (leads.empty() && held.found.empty()) {
      blocks.push_back(notice("nobody", "info", by.say("Nobody was found."),
                              by.say("No lead and no message in quarantine has this.")));
      return text_of(result);
    }
    result["export"] = json::array({"json", "csv", "xlsx"});
    const auto certain = certain_ones(held.found);
    if (!leads.empty() || !certain.empty()) result["actions"] = json::array({erase_action(by, leads, certain)});
    if (!leads.empty()) blocks.push_back(leads_block(by, leads));
    if (!others.is_null()) blocks.push_back(std::move(others));
    if (!held.found.empty()) blocks.push_back(messages_block(by, held.found));
    for (const auto &one : leads) add_lead(blocks, by, one);
    return text_of(result);
  }

  dms::answer act(const dms::call &who, std::string_view action_name, std::string_view input) override {
    const request by(with_, who);
    const parameters sent(input);
    if (action_name != "erase_person" && action_name != "erase_message") return unknown_action(by);
    std::vector<std::int64_t> leads, messages;
    for (const auto &one : sent.all("leads")) leads.push_back(to_integer(one).value_or(0));
    for (const auto &one : sent.all("messages")) messages.push_back(to_integer(one).value_or(0));
    auto actor = by.actor();
    actor.may_erase = who.may("leads.privacy");
    const auto done = more_.desk.erase(actor, who, leads, messages);
    if (done.result == processing::verdict::done) {
      more_.audit(who, "leads.erase", subject_of(leads, messages), {});
      more_.wake();
      by.with.wake_feedback();
    }
    return answer_of(by, done);
  }

 private:
  const parts &with_;
  privacy_parts more_;
};

}  // namespace

std::unique_ptr<dms::screen> make_privacy(const parts &with, privacy_parts more) {
  return std::make_unique<privacy>(with, std::move(more));
}

}  // namespace lead_system::screens
