// services.hpp - the C structs that a plugin calls, over the host's master data and registries.
#pragma once

#include <functional>
#include <string>

#include "dms/cpp/host.hpp"
#include "reference_host/core/plugins/seldom.hpp"

namespace dms::reference {

class host;

/// All services for one contributor; the dms_host and the structs live as long as this object.
class services {
 public:
  services(host &of, std::string owner);
  services(const services &) = delete;
  services &operator=(const services &) = delete;

  const dms_host *raw() const noexcept { return &raw_; }
  host &of() const noexcept { return host_; }
  const std::string &owner() const noexcept { return owner_; }
  /// What it complains of in the log.
  seldom &complaints() noexcept { return complaints_; }

 private:
  const void *find(std::string_view id) const noexcept;
  void fill_basics();
  void fill_absences();
  void fill_records();
  void fill_mail();
  bool offers_mail() const noexcept;
  void fill_registries();

  host &host_;
  std::string owner_;
  seldom complaints_;
  dms_host raw_{};
  dms_log log_{};
  dms_settings settings_{};
  dms_secrets secrets_{};
  dms_storage storage_{};
  dms_directory directory_{};
  dms_absences absences_{};
  dms_customers customers_{};
  dms_customer_changes customer_changes_{};
  dms_contacts contacts_{};
  dms_contact_completion contact_completion_{};
  dms_sales sales_{};
  dms_mail mail_{};
  dms_notifications notifications_{};
  dms_audit audit_{};
  dms_erasure erasure_{};
  dms_menu menu_{};
  dms_screens screens_{};
  dms_imports imports_{};
  dms_jobs jobs_{};
  dms_events events_{};
  dms_rights rights_{};
  dms_references references_{};
};

/// The host behind the context that a service's functions are given.
inline host &host_of(void *context) {
  return static_cast<services *>(context)->of();
}

}  // namespace dms::reference
