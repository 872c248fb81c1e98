// E-mails to people outside: what plugins have sent, what could not be delivered, and answers that belong to nothing.
#include "dms/cpp/json.hpp"
#include "reference_host/core/mail/mail_room.hpp"
#include "reference_host/web/master_lists.hpp"

namespace dms::reference::web {
namespace {

constexpr int mails_a_page = 50;
constexpr std::size_t most_named_files = 10;

json mail_notice(const char *id, const char *tone, std::string title, std::string text) {
  json block{{"type", "notice"}, {"id", id}, {"tone", tone}, {"title", std::move(title)}};
  if (!text.empty()) block["text"] = std::move(text);
  return block;
}

class screen_of_mails : public own_screen {
 public:
  using own_screen::own_screen;

 protected:
  json show(const asked &by) override {
    auto document = make_screen("host.mails", by.say("E-mails"));
    add_notices(by, document["blocks"]);
    auto found = by.dms.data().mails.page(number_of(by.of("cursor")), mails_a_page + 1);
    const bool more = found.size() > static_cast<std::size_t>(mails_a_page);
    if (more) found.pop_back();
    json rows = json::array();
    for (const auto &item : found) rows.push_back(row_of(by, item));
    auto list = plain_table(by, "mails",
                            {{"at", "Time"}, {"to", "Receiver"}, {"subject", "Subject"}, {"state", "State"}}, rows);
    list["empty"] = {{"title", by.say("No e-mails yet.")}};
    list["next"] = nullptr;
    if (more) {
      const auto cursor = std::to_string(found.back().id);
      list["next"] = cursor;
      list["next_link"] = make_link(by.say("Older"), "host.mails", {{"cursor", cursor}});
    }
    document["blocks"].push_back(std::move(list));
    return document;
  }

  std::string act_on(const asked &by, const std::string &action) override {
    if (action != "send_again") return own_screen::act_on(by, action);
    const auto id = number_of(by.of("mail"));
    if (!by.dms.data().mails.send_again(id, by.who.now_us())) {
      throw failure(dms_refused, "This e-mail is not one that can be sent again.");
    }
    by.dms.record(
        {0, by.who.now_us(), by.who.user(), by.who.channel(), "mail.send_again", "mail " + std::to_string(id), {}});
    by.dms.mail().wake();
    return by.say("It is being sent.");
  }

 private:
  static void add_notices(const asked &by, json &blocks) {
    const auto how = by.dms.mail().how();
    if (!how.usable()) {
      blocks.push_back(mail_notice("off", "info", by.say("E-mails to people outside are not set up."),
                                   by.say("Whoever runs this system names the mail server with --mail-server and the "
                                          "sender with --mail-from.")));
      return;
    }
    blocks.push_back(mail_notice("on", "info", by.say("E-mails are from {1}.", how.from),
                                 how.replies.empty() ? by.say("Answers are not read here: they come to the address of "
                                                              "the salesperson.")
                                                     : by.say("Answers to it come back to where they belong.")));
    const auto strays = by.dms.mail().unmatched();
    if (strays.empty()) return;
    std::string names;
    for (std::size_t at = 0; at < std::min(strays.size(), most_named_files); ++at) {
      names += (at == 0 ? "" : ", ") + strays[at];
    }
    if (strays.size() > most_named_files) names += " …";
    blocks.push_back(mail_notice(
        "unmatched", "warn",
        by.say("{1} messages in the folder for answers belong to no e-mail from here.", std::to_string(strays.size())),
        by.say("They stay there for whoever reads mail there: {1}", names)));
  }

  static json state_of(const asked &by, const mail &item) {
    static constexpr std::array states{std::tuple{"waiting", "Waits", "info"}, std::tuple{"sent", "Sent", "good"},
                                       std::tuple{"failed", "Not delivered", "bad"}};
    for (const auto &[key, word, tone] : states) {
      if (item.state != key) continue;
      json cell{{"text", by.say(word)}, {"value", item.state}};
      if (item.state != "sent") cell["tone"] = tone;
      if (!item.problem.empty()) cell["detail"] = problem_in(by.dms, by.locale, item.problem);
      return cell;
    }
    return {{"text", item.state}};
  }

  static json row_of(const asked &by, const mail &item) {
    const auto document = json_or_null(item.document);
    const auto to = text(document, "to");
    json row{{"id", std::to_string(item.id)},
             {"label", to},
             {"cells",
              {{"at", {{"text", by.time(item.at_us)}}},
               {"to", to},
               {"subject", text(document, "subject")},
               {"state", state_of(by, item)}}}};
    if (item.state == "failed" && item.sent_us == 0) {
      row["actions"] = json::array({{{"action", "send_again"},
                                     {"label", by.say("Send again")},
                                     {"input", {{"mail", std::to_string(item.id)}}}}});
    }
    return row;
  }
};

}  // namespace

std::unique_ptr<dms::screen> mails_screen(host &of, shared_words say) {
  return std::make_unique<screen_of_mails>(of, std::move(say), "host.mails", "host.admin");
}

}  // namespace dms::reference::web
