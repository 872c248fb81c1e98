#include "render/view.hpp"

#include "render/links.hpp"

namespace dms::render {

std::string view::address() const {
  return leads.screen(screen, params);
}

std::string view::new_layer(const std::string &wanted) {
  std::string id;
  for (char each : wanted) {
    bool plain = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9');
    id += plain ? each : '-';
  }
  auto candidate = id;
  for (int number = 2; !layer_ids.insert(candidate).second; ++number) candidate = id + '-' + std::to_string(number);
  return candidate;
}

}  // namespace dms::render
