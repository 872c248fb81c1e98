// answer_texts.hpp - what is written to a prospect: which template fits, filled in, with the footer of the place and as
// the host is given it (plugin/README.md "Answers").
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/organisation.hpp"
#include "dms/cpp/host.hpp"
#include "lead/answer_text.hpp"
#include "lead/catalog.hpp"
#include "processing/lead_desk.hpp"
#include "store/answer_rows.hpp"

namespace lead_system::processing {

class answer_texts {
 public:
  struct parts {
    store::answer_rows &rows;
    const catalog &types;
    const access::organisation_source &organisation;
    dms::mail mail;  ///< may be empty: then nothing is sent
    /// A sentence in a language, "de" or "en".
    std::function<std::string(std::string_view language, const message &)> words;
    std::string language;  ///< of the dealership, "de-AT"
  };
  explicit answer_texts(parts with) : with_(std::move(with)) {}

  /// Whether the host sends e-mails.
  bool sends() const noexcept { return static_cast<bool>(with_.mail); }

  /// Templates in use for answers to such a lead: those in the person's language first.
  std::vector<store::answer_template> fitting(const lead &item) const;
  /// The receipt in use for such a lead in its language: one for the type before one for the category before one for
  /// all.
  std::optional<store::answer_template> receipt_for(const lead &item) const;

  struct draft {
    std::string language, subject, text, footer;  ///< text without the footer
  };
  /// `user`: who writes; empty: whose lead it is.
  draft fill(const lead &item, const store::answer_template &with, const std::string &user) const;
  /// An empty answer in the person's language: the salutation and who writes.
  draft blank(const lead &item, const std::string &user) const;
  /// Of the place in the language, else its own in another, else the one for all; empty: none is set.
  std::string footer_of(const std::string &location, std::string_view language) const;

  /// As it goes to the host and stands in the timeline. `title`: of the template; `automatic`: nobody wrote it.
  lead_desk::outgoing_mail letter(const lead &item, const draft &what, const std::string &title,
                                  const std::string &user, bool automatic) const;

 private:
  answer_values values_of(const lead &item, std::string_view language, const std::string &user) const;
  std::string dealership() const;

  parts with_;
};

}  // namespace lead_system::processing
