#include "reference_host/web/audit_words.hpp"

#include <algorithm>
#include <array>

namespace dms::reference::web {
namespace {

struct action_word {
  std::string_view action, sentence;
};
/// What the host itself writes down, and what plugins are known to; others stay as they are.
constexpr std::array action_words{action_word{"sign_in", "Signed in"},
                                  action_word{"sign_in.failed", "Sign-in failed"},
                                  action_word{"sign_out", "Signed out"},
                                  action_word{"screen.read", "Read a record"},
                                  action_word{"screen.action", "Carried out an action"},
                                  action_word{"leads.read", "Read leads"},
                                  action_word{"leads.person", "Took a person's data"},
                                  action_word{"leads.erase", "Anonymised a person"},
                                  action_word{"leads.sale_taken_back", "Took a sale back"},
                                  action_word{"plugin.enable", "Enabled a plugin"},
                                  action_word{"plugin.disable", "Disabled a plugin"},
                                  action_word{"plugin.setting.set", "Set a value for a plugin"},
                                  action_word{"plugin.setting.remove", "Removed a value of a plugin"},
                                  action_word{"plugin.upgrade", "Upgraded a plugin"},
                                  action_word{"plugin.trust", "Trusted the maker of a plugin"},
                                  action_word{"secret.set", "Set a secret"},
                                  action_word{"secret.remove", "Removed a secret"},
                                  action_word{"user.add", "Added a user"},
                                  action_word{"user.change", "Changed a user"},
                                  action_word{"user.deactivate", "Deactivated a user"},
                                  action_word{"user.activate", "Activated a user"},
                                  action_word{"user.password", "Changed a password"},
                                  action_word{"user.calendar", "Made an address of his calendar"},
                                  action_word{"user.calendar_ended", "Ended the address of his calendar"},
                                  action_word{"user.sign_out", "Signed a user out everywhere"},
                                  action_word{"absence.add", "Entered an absence"},
                                  action_word{"absence.remove", "Took an absence back"},
                                  action_word{"leads.absence_entered", "Entered an absence"},
                                  action_word{"leads.absence_ended", "Ended an absence"},
                                  action_word{"leads.absence_taken_back", "Took an absence back"},
                                  action_word{"location.add", "Added a location"},
                                  action_word{"location.change", "Changed a location"},
                                  action_word{"location.close", "Closed a location"},
                                  action_word{"location.open", "Opened a location again"},
                                  action_word{"customer.merge", "Merged customers"},
                                  action_word{"customer.create", "Created a customer"},
                                  action_word{"customer.change", "Changed a customer"},
                                  action_word{"customer.take_back", "Took back a change of a customer"},
                                  action_word{"contact.create", "Planned a contact"},
                                  action_word{"contact.complete", "Completed a contact"},
                                  action_word{"deal.add", "Entered a sale"},
                                  action_word{"deal.cancel", "Cancelled a sale"},
                                  action_word{"mail.send", "Sent an e-mail"},
                                  action_word{"mail.send_again", "Sent an e-mail again"},
                                  action_word{"work.hand_over", "Handed over what was open"},
                                  action_word{"document.create", "Filed a document"},
                                  action_word{"intake.refused", "Refused a payload"},
                                  action_word{"intake_token.add", "Made an intake token"},
                                  action_word{"intake_token.change", "Changed an intake token"},
                                  action_word{"intake_token.revoke", "Revoked an intake token"},
                                  action_word{"backup", "Made a backup"},
                                  action_word{"restore", "Restored a backup"}};

/// What the first word of a subject is called.
constexpr std::array subject_words{action_word{"leads.lead", "Lead"},
                                   action_word{"customer", "Customer"},
                                   action_word{"host.customer", "Customer"},
                                   action_word{"contact", "Contact"},
                                   action_word{"host.contacts", "Contact"},
                                   action_word{"user", "User"},
                                   action_word{"host.users", "User"},
                                   action_word{"location", "Location"},
                                   action_word{"host.locations", "Location"},
                                   action_word{"plugin", "Plugin"},
                                   action_word{"host.plugins", "Plugin"},
                                   action_word{"document", "Document"},
                                   action_word{"mail", "E-mail"},
                                   action_word{"host.mails", "E-mail"},
                                   action_word{"host.tokens", "Intake token"},
                                   action_word{"intake_token", "Intake token"},
                                   action_word{"absence", "Absence"},
                                   action_word{"lead", "Lead"},
                                   action_word{"deal", "Sale"},
                                   action_word{"host.deals", "Sale"},
                                   action_word{"leads", "Leads"},
                                   action_word{"messages", "Messages"}};

/// What was done in a screen, by the name of its action.
constexpr std::array detail_words{action_word{"assign", "Assign"},
                                  action_word{"reject", "Reject"},
                                  action_word{"import", "Import"},
                                  action_word{"undo_import", "Take the import back"},
                                  action_word{"note", "Write a note"},
                                  action_word{"contact", "Plan a contact"},
                                  action_word{"agree_test_drive", "Agree a test drive"},
                                  action_word{"contact_result", "Enter a contact result"},
                                  action_word{"progress", "Change the state"},
                                  action_word{"close", "Close"},
                                  action_word{"cancel", "Cancel the sale"},
                                  action_word{"confirm_sale", "Confirm a sale"},
                                  action_word{"refuse_sale", "Refuse a sale"},
                                  action_word{"close_duplicate", "Close as a duplicate"},
                                  action_word{"undo_duplicate", "Take the duplicate back"},
                                  action_word{"assignment", "Set the assignment"},
                                  action_word{"send", "Answer by e-mail"},
                                  action_word{"send_again", "Send an e-mail again"},
                                  action_word{"receipts", "Set where receipts are sent"},
                                  action_word{"answer_template", "Change the text of an answer"},
                                  action_word{"answer_remove", "Delete the text of an answer"},
                                  action_word{"answer_take", "Take over the shipped texts"},
                                  action_word{"answer_footer", "Change a legal footer"},
                                  action_word{"enter_absence", "Enter an absence"},
                                  action_word{"end_absence", "End an absence"},
                                  action_word{"reopen", "Reopen"},
                                  action_word{"edit", "Edit"},
                                  action_word{"erase", "Anonymise"},
                                  action_word{"grant", "Grant a right"},
                                  action_word{"grant_many", "Grant rights"},
                                  action_word{"copy_rights", "Copy rights"},
                                  action_word{"undo", "Take back"},
                                  action_word{"lead_type", "Set up a lead type"},
                                  action_word{"dealer_code", "Map a dealer code"},
                                  action_word{"feedback_channel", "Set up a feedback channel"},
                                  action_word{"feedback_test", "Try out a feedback channel"},
                                  action_word{"resend", "Send again"},
                                  action_word{"resend_all", "Send all again"},
                                  action_word{"retry", "Try again"},
                                  action_word{"retry_all", "Try all again"},
                                  action_word{"deliver", "Deliver a file"},
                                  action_word{"cutover", "Set the cutover"},
                                  action_word{"save_filter", "Save a filter"},
                                  action_word{"forget_filter", "Remove a filter"},
                                  action_word{"complete", "Complete"},
                                  action_word{"add", "Add"},
                                  action_word{"change", "Change"},
                                  action_word{"revoke", "Revoke"},
                                  action_word{"deactivate", "Deactivate"},
                                  action_word{"activate", "Activate"},
                                  action_word{"hand_over", "Hand over"},
                                  action_word{"sign_out", "Sign out everywhere"},
                                  action_word{"open", "Open again"},
                                  action_word{"enable", "Enable"},
                                  action_word{"disable", "Disable"},
                                  action_word{"upgrade", "Upgrade"},
                                  action_word{"read", "Mark as read"},
                                  action_word{"password", "Change the password"},
                                  action_word{"calendar", "Make an address of the calendar"},
                                  action_word{"end_calendar", "End the address of the calendar"},
                                  action_word{"enter", "Enter a lead"},
                                  action_word{"next_lead", "Next lead"},
                                  action_word{"restore", "Restore an earlier version"},
                                  action_word{"give_up", "Give up"},
                                  action_word{"import_list", "Import a list"},
                                  action_word{"check_list", "Check a list"},
                                  action_word{"drop_list", "Drop a list"},
                                  action_word{"monthly_report", "Make the monthly report"},
                                  action_word{"erase_person", "Anonymise a person"},
                                  action_word{"erase_message", "Erase a message"}};

constexpr std::array channel_words{action_word{"web", "Browser"},
                                   action_word{"http", "HTTP"},
                                   action_word{"folder", "Folder"},
                                   action_word{"job", "Job"},
                                   action_word{"command_line", "Command line"},
                                   action_word{"refresh", "Browser"}};

constexpr std::array right_words{action_word{"name", "Name"}, action_word{"e-mail", "E-mail"},
                                 action_word{"phone", "Phone"}, action_word{"roles", "Roles"},
                                 action_word{"locations", "Locations"}};
constexpr std::array role_words{action_word{"admin", "Administrator"}, action_word{"manager", "Management"},
                                action_word{"sales", "Sales"}, action_word{"office", "Office"}};

/// What stands between the signs, without blanks around and without what is empty.
std::vector<std::string> words_in(const std::string &text, char sign) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(sign, at), text.size());
    auto from = at;
    while (from < end && text[from] == ' ') ++from;
    if (end > from) all.push_back(text.substr(from, end - from));
    at = end + 1;
  }
  return all;
}

template <typename Words>
std::string word_of(const asked &by, const Words &all, const std::string &key) {
  const auto found = std::ranges::find(all, key, &action_word::action);
  return found == all.end() ? std::string{} : by.say(found->sentence);
}

/// The name that a user, a location or a screen of the menu has; the key where there is none.
std::string name_of(const asked &by, const std::string &key) {
  if (const auto person = by.dms.data().users.find(key)) return person->name;
  if (const auto place = by.dms.data().locations.find(key)) return place->name;
  for (const auto &entry : by.dms.registry().menu()) {
    if (entry.screen == key) return by.dms.text(entry.owner, by.locale, entry.label);
  }
  for (const auto &plugin : by.dms.plugins().list()) {
    if (plugin.id == key) return plugin.name;
  }
  return key;
}

}  // namespace

std::string action_in_words(const asked &by, const std::string &action) {
  const auto said = word_of(by, action_words, action);
  return said.empty() ? action : said;
}

std::string subject_in_words(const asked &by, const std::string &subject) {
  std::string text, last;
  bool first = true;
  for (const auto &word : words_in(subject, ' ')) {
    const auto what = first ? word_of(by, subject_words, word) : std::string{};
    const bool number = !first && word.find_first_not_of("0123456789") == std::string::npos;
    const auto said = !what.empty() ? what : number ? word : name_of(by, word);
    // Who is changed is named as the record and as the user.
    if (said != last) text += (text.empty() ? "" : number || last == text ? " " : ", ") + said;
    last = said;
    first = false;
  }
  return text;
}

std::string detail_in_words(const asked &by, const audit_entry &entry) {
  const auto &detail = entry.detail;
  const auto blank = detail.find(' ');
  if (entry.action == "screen.action") {
    const auto said = word_of(by, detail_words, detail.substr(0, blank));
    if (said.empty()) return detail;
    return said + (blank == std::string::npos ? "" : " " + by.say(detail.substr(blank + 1)));
  }
  if (entry.action != "user.add" && entry.action != "user.change") {
    return blank == std::string::npos ? name_of(by, detail) : detail;
  }
  // "name, roles sales, locations wien graz"
  std::string text;
  for (const auto &part : words_in(detail, ',')) {
    bool label = true;
    for (const auto &word : words_in(part, ' ')) {
      const auto said = label ? word_of(by, right_words, word) : word_of(by, role_words, word);
      text += (text.empty() ? "" : label ? "; " : ", ") + (said.empty() ? name_of(by, word) : said);
      label = false;
    }
  }
  return text;
}

std::string channel_in_words(const asked &by, const std::string &channel) {
  const auto blank = channel.find(' ');
  const auto said = word_of(by, channel_words, channel.substr(0, blank));
  if (said.empty()) return channel;
  return said + (blank == std::string::npos ? "" : ", " + channel.substr(blank + 1));
}

}  // namespace dms::reference::web
