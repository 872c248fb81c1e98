// own_definitions.hpp - definitions of sources that admins make on the screen: copied from another one, checked, kept
// version by version, activated and taken back (plugin/intake/README.md "Definitions of one's own").
#pragma once

#include <functional>
#include <map>
#include <string>

#include "dms/cpp/host.hpp"
#include "intake/source_book.hpp"

namespace lead_system::intake {

class own_definitions {
 public:
  using audit = std::function<void(const dms::call &, const std::string &action, const std::string &subject,
                                   const std::string &detail)>;
  /// All outlive it.
  own_definitions(source_book &book, store::definition_rows &rows, audit log)
      : book_(book), rows_(rows), log_(std::move(log)) {}

  struct outcome {
    enum class verdict { done, invalid, not_found, conflict } is = verdict::done;
    message text;                           ///< one sentence
    std::map<std::string, message> fields;  ///< with invalid: what is wrong, by field
    mistakes wrong;                         ///< with invalid: all that is wrong with the text
    std::int64_t version = 0;               ///< that was made or activated
    std::string id{};                       ///< of the definition that was made
  };

  /// What a text could not become a version of `id` for; also what it says, as far as it can be read.
  checked_definition check(const std::string &id, const std::string &text) const;

  /// The first version of a definition that is the text of `base` under another id and title; its own id: what is
  /// changed then takes the place of the shipped one.
  outcome create(const dms::call &who, const std::string &base, const std::string &id, const std::string &title) const;
  /// The first version of a definition that comes as a file.
  outcome take_in(const dms::call &who, const std::string &text) const;
  /// `seen_last`: the newest version that the admin knew.
  outcome save(const dms::call &who, const std::string &id, const std::string &text, const std::string &note,
               std::int64_t seen_last) const;
  /// Payloads are read by it from now on, by each host at once. `number` 0: by the shipped one again, or, where there
  /// is none, the source is closed. `seen_active` as above.
  outcome activate(const dms::call &who, const std::string &id, std::int64_t number, std::int64_t seen_active) const;
  outcome drop_draft(const dms::call &who, const std::string &id, std::int64_t number) const;
  /// The admin has seen the shipped definition as it is now.
  outcome note_base(const dms::call &who, const std::string &id) const;

  /// The text of the definition without what was made on the screen; empty: there is none of that id.
  std::string shipped_text(const std::string &id) const;
  /// Whether the definition that it was made from has changed since an admin looked.
  bool base_has_changed(const store::own_definition &one) const;
  /// Whether people may make one of their own from that one.
  static bool may_be_copied(const definition &one) noexcept { return !one.entered_here; }

 private:
  outcome first_version(const dms::call &who, const std::string &id, const std::string &base, const std::string &text,
                        const std::string &note) const;

  source_book &book_;
  store::definition_rows &rows_;
  audit log_;
};

}  // namespace lead_system::intake
