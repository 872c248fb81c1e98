// definition.hpp - a source as data: what resources/sources/*.info says (plugin/intake/README.md "Sources are data").
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "lead/catalog.hpp"
#include "lead/lead.hpp"
#include "lead/message.hpp"

namespace lead_system::intake {

/// The feedback part of a definition: which codes a state becomes, and the template that carries them.
struct feedback_definition {
  struct code {
    std::string status, reason;
  };
  bool enabled = false;
  std::string manufacturer;            ///< as shown: "Nissan"
  std::string format;                  ///< media type, "application/xml"
  std::string template_text;           ///< mustache-like: {{message_id}}, {{id}}, {{status_code}}, …, XML-escaped
  std::string date_format;             ///< strftime-like, UTC
  std::string probe_text;              ///< a message that is about no lead, for trying the channel; may be empty
  std::map<std::string, code> states;  ///< by state key
  std::map<std::string, std::string> reasons;  ///< our reason key → the manufacturer's
  /// What the receiver's answer must hold to be an acknowledgement or a rejection: an XPath, and its values.
  std::string answer_path, answer_ok, answer_rejected, answer_error_path;
};

/// Immutable once loaded.
struct definition {
  std::string id;     ///< "siebel_nissan"
  std::string title;  ///< "Siebel – NISSAN"
  std::string category;
  std::string format;  ///< xml, adf, star, csv, json, mail
  std::string file;    ///< where it was read from
  /// The open leads of an old system: taken whatever their age once their type is here (Umstellung), with their state
  /// and salesperson.
  bool old_list = false;
  /// What people of the dealership enter themselves: locations by their id, salespeople by their login, types by their
  /// key, and here whatever the day of the cutover is.
  bool entered_here = false;
  bool knows_the_house() const noexcept { return old_list || entered_here; }
  std::vector<std::string> types;  ///< lead types that it can bring
  /// Lead type → rules by which it goes to a customer, tried in order: customer_number, vin, email_and_name.
  std::map<std::string, std::vector<std::string>> match;
  feedback_definition feedback;
  /// Of a definition that was made on the screen, the version that this is; 0: shipped, or a file.
  std::int64_t version = 0;
  /// Why nothing is read by it for now: payloads are archived and quarantined whole (README.md). Empty: it is open.
  message closed;
  struct reading;  ///< what the readers need; theirs alone
  std::shared_ptr<const reading> how;
};

class definition_error : public std::runtime_error {
 public:
  definition_error(const std::string &file, int line, message sentence);
  int line() const noexcept { return line_; }  ///< 0: of the text as a whole
  const message &sentence() const noexcept { return sentence_; }

 private:
  int line_;
  message sentence_;
};
/// One definition from the text of a file; adds its categories and types to `into`. Throws definition_error.
definition parse_definition(const std::string &file, const std::string &text, catalog &into);

/// A mistake in the text of a definition.
struct definition_mistake {
  int line = 0;  ///< from 1; 0: of the text as a whole
  message sentence;
  bool operator==(const definition_mistake &other) const {
    return line == other.line && in_english(sentence) == in_english(other.sentence);
  }
};
using mistakes = std::vector<definition_mistake>;

/// A text with all that is wrong with it, by line. What the parts without a mistake say is in `read` in any case.
struct checked_definition {
  definition read;
  mistakes wrong;  ///< empty: it can be used
};
/// As parse_definition, of a text that uses categories and types and declares none that `known` has not.
checked_definition check_definition(const std::string &text, const catalog &known);

}  // namespace lead_system::intake
