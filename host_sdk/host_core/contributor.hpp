// contributor.hpp - what every contributor is given, whatever the system is: the log and the registries. The system
// adds its own services.
#pragma once

#include <string>
#include <string_view>

#include "dms/cpp/host.hpp"
#include "host_core/seldom.hpp"

namespace dms::host_core {

class core;

/// The dms_host and the structs live as long as this object.
class contributor {
 public:
  /// Name and version of the host are borrowed: literals.
  contributor(core &of, std::string owner, std::string_view host_name, std::string_view host_version);
  contributor(const contributor &) = delete;
  contributor &operator=(const contributor &) = delete;
  virtual ~contributor() = default;

  const dms_host *raw() const noexcept { return &raw_; }
  core &heart() const noexcept { return core_; }
  const std::string &owner() const noexcept { return owner_; }
  /// What it complains of in the log.
  seldom &complaints() noexcept { return complaints_; }

 protected:
  /// A service of the system's own; null: not offered.
  virtual const void *service(std::string_view id) const noexcept = 0;

 private:
  const void *find(std::string_view id) const noexcept;
  void fill_registries();

  core &core_;
  std::string owner_;
  seldom complaints_;
  dms_host raw_{};
  dms_log log_{};
  dms_menu menu_{};
  dms_screens screens_{};
  dms_imports imports_{};
  dms_jobs jobs_{};
  dms_events events_{};
  dms_rights rights_{};
  dms_references references_{};
};

}  // namespace dms::host_core
