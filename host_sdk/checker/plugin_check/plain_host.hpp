// plain_host.hpp - a host with nothing in it, which watches a plugin: every service of the interface over empty lists.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "dms/cpp/host.hpp"

namespace dms::checking {

/// What the plugin registered and has not taken back, by handle.
template <typename Item>
using registered = std::map<dms_handle, const Item *>;

class plain_host {
 public:
  /// `folder` becomes the plugin's own. `without`: services that this host does not have.
  explicit plain_host(std::filesystem::path folder, std::set<std::string> without = {});
  plain_host(const plain_host &) = delete;
  plain_host &operator=(const plain_host &) = delete;

  /// Its struct may be changed before the plugin sees it: a newer host's is longer and says another minor.
  dms_host &raw() noexcept { return later_.host; }
  void become_newer();
  /// Requests of services so far.
  int asked() const noexcept { return asked_; }
  std::size_t registrations() const;

  registered<dms_screen> screens;
  registered<dms_import_hook> hooks;
  registered<dms_job> jobs;
  registered<dms_event_handler> handlers;
  registered<dms_reference_guard> guards;
  std::set<dms_handle> others;  ///< menu entries and rights

 private:
  const void *find(std::string_view id);
  void fill_services();
  void fill_registries();

  /// As a later minor would have it.
  struct {
    dms_host host{};
    void *added_later = nullptr;
  } later_;
  std::filesystem::path folder_;
  std::set<std::string> without_;
  int asked_ = 0;
  dms_handle last_ = 0;
  std::map<std::string, const void *, std::less<>> services_;
  dms_log log_{};
  dms_settings settings_{};
  dms_secrets secrets_{};
  dms_storage storage_{};
  dms_directory directory_{};
  dms_customers customers_{};
  dms_customer_changes changes_{};
  dms_contacts contacts_{};
  dms_contact_completion completion_{};
  dms_sales sales_{};
  dms_notifications notifications_{};
  dms_audit audit_{};
  dms_erasure erasure_{};
  dms_menu menu_{};
  dms_rights rights_{};
  dms_screens screen_registry_{};
  dms_imports import_registry_{};
  dms_jobs job_registry_{};
  dms_events event_registry_{};
  dms_references reference_registry_{};
};

/// A call of the host itself, or of an admin; asked to stop from the start where `cancelled`.
class plain_call {
 public:
  explicit plain_call(std::string user = {}, bool cancelled = false);
  plain_call(const plain_call &) = delete;
  plain_call &operator=(const plain_call &) = delete;
  const dms_call *raw() const noexcept { return &raw_; }

 private:
  std::string user_;
  bool cancelled_;
  dms_call raw_{};
};

}  // namespace dms::checking
