// source_definition.hpp - definitions of sources on the screen: tried out on a payload, and made of one's own.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "intake/own_definitions.hpp"
#include "intake/tryout.hpp"
#include "screens/kit/document.hpp"
#include "screens/kit/parameters.hpp"
#include "screens/kit/parts.hpp"

namespace lead_system::screens {

constexpr std::string_view tryout_id = "leads.source_tryout";
constexpr std::string_view definition_id = "leads.source_definition";

/// What these screens need besides; everything outlives it.
struct definition_parts {
  intake::source_book &book;
  const intake::own_definitions &desk;
  store::definition_rows &rows;
  const std::set<std::string> &ways_in;  ///< sources whose payloads the host takes
};

/// Quelle ausprobieren, and eigene Definition.
std::unique_ptr<dms::screen> make_source_tryout(const parts &with, definition_parts more);
std::unique_ptr<dms::screen> make_source_definition(const parts &with, definition_parts more);

// Which definition a payload is read by (definition_choice.cpp): "web_json" as it is now, "shipped:web_json" without
// what was changed here, "web_json@3" a version.
std::string version_choice(const std::string &source, std::int64_t version);
json definition_options(const request &by, const definition_parts &more);
struct chosen_definition {
  std::shared_ptr<const intake::definitions> held;  ///< keeps `read` alive where it is a known one
  intake::definition read;
  std::string words;  ///< "Web form, version 3"
};
/// Nothing where there is no such definition, or it has mistakes, which go into `wrong`.
std::optional<chosen_definition> choose_definition(const request &by, const definition_parts &more,
                                                   const std::string &choice, intake::mistakes &wrong);

/// What reading came to, record by record (tryout_blocks.cpp)
void add_tryout(json &blocks, const request &by, const intake::tryout &seen);

/// "Line 12: Unknown key …" (definition_blocks.cpp)
std::string mistake_text(const request &by, const intake::definition_mistake &mistake);
json mistakes_notice(const request &by, const intake::mistakes &wrong);

// One definition of one's own (definition_blocks.cpp)
struct own_view {
  const request &by;
  const definition_parts &more;
  store::own_definition one;
  std::vector<store::definition_version> versions;  ///< newest first
};
json own_list(const request &by, const definition_parts &more);
json create_action(const request &by, const definition_parts &more, const std::string &base);
json take_in_action(const request &by);
void add_state(json &blocks, const own_view &view);
json editor(const own_view &view, const store::definition_version &shown);
json versions_table(const own_view &view);
/// To the shipped one, or, where there is none, to nothing that reads.
json give_back_action(const own_view &view);
/// Differences between two texts, by the lines around each.
json difference(const own_view &view, const std::string &from, const std::string &to);

}  // namespace lead_system::screens
