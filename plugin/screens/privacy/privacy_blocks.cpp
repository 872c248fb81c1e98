#include "screens/privacy/privacy_blocks.hpp"

#include <algorithm>
#include <iterator>

#include "dms/cpp/json.hpp"
#include "lead/fold.hpp"
#include "screens/lead/lead_words.hpp"

namespace lead_system::screens {

intake::person_keys keys_of(const processing::person_query &wanted, const std::string &name,
                            const std::vector<processing::person_lead> &leads) {
  intake::person_keys keys;
  person asked;
  asked.email = wanted.email;
  if (!wanted.phone.empty()) asked.phones.push_back({wanted.phone, {}});
  keys.add(asked);
  if (auto folded = fold_name(name); !folded.empty()) keys.names.insert(std::move(folded));
  for (const auto &one : leads) keys.add(one.item.content.prospect);
  return keys;
}

std::vector<intake::held_message> certain_ones(const std::vector<intake::held_message> &all) {
  std::vector<intake::held_message> result;
  std::ranges::copy_if(all, std::back_inserter(result),
                       [](const intake::held_message &one) { return one.how == intake::held_message::by::certain; });
  return result;
}

std::vector<std::int64_t> item_ids(const std::vector<intake::held_message> &messages) {
  std::vector<std::int64_t> ids;
  ids.reserve(messages.size());
  for (const auto &one : messages) ids.push_back(one.of.item.id);
  return ids;
}

json ids_of_messages(const std::vector<intake::held_message> &messages) {
  json ids = json::array();
  for (const auto id : item_ids(messages)) ids.push_back(std::to_string(id));
  return ids;
}

json messages_document(const std::vector<intake::held_message> &messages) {
  json all = json::array();
  for (const auto &one : messages) {
    all.push_back({{"source", one.of.run.source},
                   {"external_id", one.of.item.external_id},
                   {"came_at", iso_utc(one.of.run.at)},
                   {"content", dms::read_json(to_json(one.content)).value_or(json())}});
  }
  return all;
}

namespace {

std::string same_words(const request &by, intake::held_message::by how) {
  if (how == intake::held_message::by::certain) return by.say("e-mail or phone");
  return how == intake::held_message::by::name ? by.say("only the name") : by.say("e-mail or phone, another name");
}

}  // namespace

json messages_block(const request &by, const std::vector<intake::held_message> &messages) {
  auto block = table("messages", by.say("Messages in quarantine"),
                     json::array({column("at", by.say("Time")), column("source", by.say("Source")),
                                  column("message", by.say("Message")), column("prospect", by.say("Prospect")),
                                  column("reason", by.say("Reason")), column("same", by.say("The same"))}));
  block["layout"] = "plain";
  block["note"] = by.say("there is no lead of them yet");
  for (const auto &one : messages) {
    const auto id = std::to_string(one.of.item.id);
    lead shown;
    shown.content = one.content;
    shown.content.external_id = one.of.item.external_id;
    auto number = cell(one.of.item.external_id.empty() ? id : one.of.item.external_id);
    number["link"] = link_to(number["text"].get<std::string>(), "leads.intake_log",
                             {{"payload", std::to_string(one.of.run.payload_id)}});
    json row{{"id", id},
             {"cells",
              {{"at", cell_value(by.write.full(one.of.run.at), iso_utc(one.of.run.at))},
               {"source", cell_value(by.source_title(one.of.run.source), one.of.run.source)},
               {"message", std::move(number)},
               {"prospect", cell(prospect_name(by, shown), {{"detail", contact_text(by, shown)}})},
               {"reason", cell(by.told(one.of.item.reason))},
               {"same", cell(same_words(by, one.how))}}}};
    // It may be somebody else: each is decided on by itself.
    if (one.how != intake::held_message::by::certain) {
      auto erase = action("erase_message", by.say("Anonymise this message"), "danger");
      erase["text"] = by.say("It may be somebody else. The message is erased for ever and cannot be tried again.");
      erase["submit"] = by.say("Anonymise");
      erase["confirm"] = true;
      erase["input"] = {{"messages", json::array({id})}};
      row["actions"] = json::array({std::move(erase)});
    }
    block["rows"].push_back(std::move(row));
  }
  return block;
}

json unread_notice(const request &by, int unread) {
  return notice("unread", "warn",
                by.say.count("{1} message in quarantine was not looked through.",
                             "{1} messages in quarantine were not looked through.", unread),
                by.say("They are too many, or not text. Look at them in the lead import log."));
}

json remains_block(const request &by, bool host_forgets_files) {
  struct row {
    const char *id, *what, *until;
  };
  const row rows[] = {
      {"customer", "Customer in the customer file", "until you delete him there"},
      {"backups", "Backups", "until you delete them"},
      {"files", "Files of the inbox that messages came as",
       host_forgets_files ? "gone with the erasure, at the latest after 90 days" : "until you delete them"},
      {"shared", "Original message with other leads in quarantine", "at most 30 days"},
      {"unsent", "Feedback that was not sent yet", "until it is answered or given up"},
      {"drop_folder", "Feedback in a drop folder", "until its receiver fetches it"},
      {"old_lists", "Lists of the old system that were only checked", "one day"},
      {"number", "The sender's number of the lead", "stays, so that a repeat does not bring the person back"},
      {"memory", "Words of the search in the program's memory", "until it is started again"},
  };
  auto block = table("remains", by.say("What remains after an erasure"),
                     json::array({column("what", by.say("What")), column("until", by.say("Until when"))}));
  block["layout"] = "plain";
  for (const auto &one : rows) {
    block["rows"].push_back({{"id", one.id}, {"cells", {{"what", by.say(one.what)}, {"until", by.say(one.until)}}}});
  }
  return block;
}

}  // namespace lead_system::screens
