// cutover.hpp - Umstellung: from which day each type is here, what is still missing for it, and the old list.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "intake/importer.hpp"
#include "processing/cutover_desk.hpp"
#include "screens/kit/document.hpp"
#include "screens/kit/parameters.hpp"
#include "screens/kit/parts.hpp"

namespace lead_system::screens {

constexpr std::string_view cutover_id = "leads.cutover";

/// What this screen needs besides; everything outlives it.
struct cutover_parts {
  processing::cutover_desk &desk;
  store::cutover_rows &rows;
  const intake::importer::parts &intake;
  /// Runs the import hook of a source over the bytes of a file; returns the dms.import_report/1 document.
  std::function<std::string(const dms::call &, const std::string &source, const std::string &bytes,
                            const std::string &name)>
      import;
};

std::unique_ptr<dms::screen> make_cutover(const parts &with, cutover_parts more);

/// When the types are here, and whether all is ready for it (cutover_types.cpp).
void add_types(json &blocks, const request &by, const cutover_parts &more);

/// The old list (cutover_list.cpp).
json list_form(const request &by);
json lists_table(const request &by, const cutover_parts &more);  ///< null where there are none
/// What would become of each lead of an uploaded list, with the action that takes it over.
void add_dry_run(json &document, const request &by, const cutover_parts &more, const parameters &sent);
dms::answer check_list(const request &by, const cutover_parts &more, const parameters &sent);
dms::answer import_list(const request &by, const cutover_parts &more, const parameters &sent);
dms::answer drop_list(const request &by, const cutover_parts &more, const parameters &sent);

}  // namespace lead_system::screens
