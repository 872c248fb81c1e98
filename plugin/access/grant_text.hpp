// grant_text.hpp - a grant in words that programs read: how it is kept, told in the history, and compared with what an
// admin saw.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.hpp"

namespace lead_system::access {

/// "inherit", "none", "all", "locations".
std::string_view key(scope reach) noexcept;
/// An unknown one comes from a newer plugin in a rolling upgrade: nothing is granted on a guess.
scope scope_from(std::string_view key) noexcept;

/// "all", "locations: graz, wien"; the locations in the order of their ids.
std::string written(const grant &what);
/// What a cell of the matrix says: as written, where there is no grant "none" for a category, "inherit" for a type.
std::string written_cell(const std::vector<grant> &grants, const grant &cell);
/// The reach and locations of `text` for that cell; an empty text is a cell without a grant.
grant grant_from(grant cell, std::string_view text);

/// "verkauf1 / type:test_drive": the cell as the history names it, and back; in older histories without the prefix.
std::string cell_name(const grant &cell);
grant named_cell(const std::string &name, const catalog &types);

}  // namespace lead_system::access
