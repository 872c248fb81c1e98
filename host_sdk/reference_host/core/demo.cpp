#include "reference_host/core/demo.hpp"

#include <spdlog/spdlog.h>

#include "reference_host/core/demo_leads.hpp"
#include "reference_host/core/demo_people.hpp"
#include "reference_host/core/host.hpp"

namespace dms::reference {
namespace {

constexpr auto plugin = "lead_system";

/// The plugin's part: enabled, set up and filled; what a missing plugin leaves out is said, not hidden.
std::string make_leads(host &in, const demo_options &how) {
  if (!in.plugins().status(plugin)) return "the plugin lead_system is not in the plugin folders: no leads";
  how.tell("Enabling the plugin " + std::string(plugin) + " …");
  if (const auto state = in.plugins().enable(plugin, "admin"); state.state != plugin_state::enabled) {
    throw failure(dms_unavailable, state.reason);
  }
  set_up_leads(in);
  if (in.data().settings.get("host", "demo") == "done") return "leads as they were";
  how.tell("Bringing in leads of the last 12 weeks and working them …");
  return std::to_string(fill_leads(in)) + " leads";
}

}  // namespace

demo_result make_demo(host &in, const demo_options &how) {
  auto &settings = in.data().settings;
  if (!settings.get("host", "demo") && !in.data().users.all().empty()) {
    throw failure(dms_refused, "This data directory holds another dealership; name an empty one for the demo.");
  }
  if (in.served_elsewhere()) {
    throw failure(dms_refused, "Another process serves this data directory already; stop it first.");
  }
  const bool is_new = !settings.get("host", "demo");
  if (is_new) settings.set("host", "demo", "begun");
  how.tell("Making Autohaus Tauernblick …");
  make_demo_dealership(in, how);
  make_demo_customers(in);
  demo_result made;
  if (is_new) made.intake_token = in.data().intake_tokens.add("*", "demo", in.clock().now_us());
  const auto leads = make_leads(in, how);
  settings.set("host", "demo", "done");
  made.summary = in.name() + ": " + std::to_string(demo_sites().size()) + " locations, " +
                 std::to_string(demo_staff().size()) + " users, " + std::to_string(in.data().customers.count()) +
                 " customers, " + leads;
  return made;
}

}  // namespace dms::reference
