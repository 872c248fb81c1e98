// services.hpp - the C structs that a plugin calls, over the host's master data.
#pragma once

#include <functional>
#include <string>

#include "dms/cpp/host.hpp"
#include "host_core/contributor.hpp"

namespace dms::reference {

class host;

/// All services for one contributor.
class services : public host_core::contributor {
 public:
  services(host &of, std::string owner);

  host &of() const noexcept { return host_; }

 private:
  const void *service(std::string_view id) const noexcept override;
  void fill_basics();
  void fill_absences();
  void fill_records();
  void fill_mail();
  bool offers_mail() const noexcept;

  host &host_;
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
};

/// The host behind the context that a service's functions are given.
inline host &host_of(void *context) {
  return static_cast<services *>(context)->of();
}

}  // namespace dms::reference
