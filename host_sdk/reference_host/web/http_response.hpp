// http_response.hpp - an answer, whole before its first byte is sent.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "reference_host/web/http_request.hpp"
#include "reference_host/web/open_file.hpp"

namespace dms::reference::web {

struct http_response {
  int status = 200;
  std::vector<http_field> fields;
  /// A view lives as long as the program: one of its resources.
  std::variant<std::string, std::string_view, std::shared_ptr<open_file>> body;
  bool last = false;  ///< the connection ends with it

  void set(std::string_view name, std::string value);  ///< instead of what stands there
  void add(std::string_view name, std::string value);  ///< beside what stands there
  void remove(std::string_view name);
  std::string_view field(std::string_view name) const noexcept;
  std::uint64_t size() const noexcept;  ///< of the body
};

}  // namespace dms::reference::web
