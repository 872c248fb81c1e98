#include "checker/plugin_check/checks.hpp"

#include "checker/plugin_check/instance.hpp"

namespace dms::checking {

std::vector<check> checks_of(const manifest &plugin) {
  std::vector<check> all;
  add_library_checks(all);
  add_life_checks(all);
  add_registration_checks(all);
  add_screen_checks(all);
  add_import_checks(all);
  add_extension_checks(all);
  add_host_checks(all);
  add_random_check(all);
  add_service_checks(all, plugin);
  return all;
}

}  // namespace dms::checking
