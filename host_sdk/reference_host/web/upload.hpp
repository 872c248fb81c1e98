// upload.hpp - a form with files (multipart/form-data), read as the plain form that it stands for.
#pragma once

#include <httplib.h>

#include <optional>
#include <string>

namespace dms::reference::web {

constexpr std::size_t upload_limit = std::size_t{5} << 20;

/// The form as application/x-www-form-urlencoded: a file is its bytes in base64 under its name, and its file name
/// under NAME_name. Nothing when it is over the limit or broken.
std::optional<std::string> read_upload(const httplib::ContentReader &reader);

}  // namespace dms::reference::web
