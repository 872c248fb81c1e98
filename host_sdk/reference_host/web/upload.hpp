// upload.hpp - a form with files (multipart/form-data), read as the plain form that it stands for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dms::reference::web {

constexpr std::size_t upload_limit = std::size_t{5} << 20;       ///< bytes of its contents
constexpr std::size_t upload_wrapping = std::size_t{256} << 10;  ///< bytes of what stands around them

enum class upload_fault { none, too_large, broken };

struct upload_reading {
  upload_fault fault = upload_fault::none;
  /// As application/x-www-form-urlencoded: a file is its bytes in base64 under its name, and its file name under
  /// NAME_name.
  std::string form;
};

/// `content_type` names the boundary. What stands after the closing boundary is ignored.
upload_reading read_upload(std::string_view content_type, std::string_view body);

}  // namespace dms::reference::web
