// definition_rows.hpp - definitions of sources that admins made on the screen: their versions, and which one reads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace lead_system::store {

struct own_definition {
  std::string id, title;
  std::string base;         ///< id of the definition that it was made from
  std::string base_digest;  ///< SHA-256 of that one's text, as an admin saw it last
  std::int64_t active = 0;  ///< version by which payloads are read; 0: none
  std::int64_t last = 0;    ///< number of the newest version that there ever was
};

struct definition_version {
  std::string source;
  std::int64_t version = 0;  ///< from 1, never given again
  std::string text, note, made_by;
  time_us made_at = 0;
  time_us activated_at = 0;  ///< when it read payloads first; 0: a draft
};

/// [any] Throws as the store does. Writes that say what was seen return false, or nothing, where that is no longer so;
/// then nothing was written. Activating writes a line of the settings' history.
class definition_rows {
 public:
  explicit definition_rows(store &in) : in_(in) {}

  /// Another number after each change, of any host.
  std::int64_t revision();
  std::vector<own_definition> all();  ///< by id
  std::optional<own_definition> find(const std::string &id);
  /// Newest first, without their texts.
  std::vector<definition_version> versions(const std::string &id);
  std::optional<definition_version> version(const std::string &id, std::int64_t number);

  /// A new version, `of` as it is then; `seen_last` is the newest that the admin knew, 0: none. Returns its number.
  std::optional<std::int64_t> save(const own_definition &of, const definition_version &made, std::int64_t seen_last);
  /// `number` 0: none of them reads any more.
  bool activate(const std::string &id, std::int64_t number, std::int64_t seen_active, const std::string &actor,
                time_us at);
  /// Takes a draft away, with the last one the definition itself. False: it has read payloads, or there is none.
  bool drop_draft(const std::string &id, std::int64_t number);
  /// An admin has seen the base as it is now.
  void note_base(const std::string &id, const std::string &digest);

 private:
  store &in_;
};

}  // namespace lead_system::store
