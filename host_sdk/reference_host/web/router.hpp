// router.hpp - from an address to what stands in it. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dms::reference::web {

/// What stands for each '*' of the pattern, or nothing where the path is another one. A '*' is one or more of
/// A-Z a-z 0-9 . _ - within one part of the path, and the last sign of its part.
std::optional<std::vector<std::string>> match_path(std::string_view pattern, std::string_view path);

}  // namespace dms::reference::web
