#include "reference_host/core/demo/demo.hpp"

#include <spdlog/spdlog.h>

#include "reference_host/core/demo/demo_leads.hpp"
#include "reference_host/core/demo/demo_people.hpp"
#include "reference_host/core/host.hpp"

namespace dms::reference {
namespace {

constexpr auto plugin = "lead_system";

/// The plugin's part: enabled, set up and filled; what a missing plugin leaves out is said, not hidden.
void make_leads(host &in, const demo_options &how, demo_result &made) {
  if (!in.plugins().status(plugin)) {
    made.note = "The plugin \"" + std::string(plugin) + "\" is not in the plugin folders: there are no leads.";
    return;
  }
  how.tell("Enabling the plugin …");
  if (const auto state = in.plugins().enable(plugin, "admin"); state.state != plugin_state::enabled) {
    throw failure(dms_unavailable, state.reason);
  }
  set_up_leads(in);
  if (in.data().settings.get("host", "demo") == "done") {
    made.note = "The leads are as they were.";
    return;
  }
  how.tell("Bringing in leads of the last 12 weeks and working them …");
  made.counts.emplace_back(static_cast<std::size_t>(fill_leads(in)), "leads");
}

}  // namespace

demo_result make_demo(host &in, const demo_options &how) {
  auto &settings = in.data().settings;
  if (!settings.get("host", "demo") && !in.data().users.all().empty()) {
    throw failure(dms_refused, "This data directory holds another dealership; name an empty one for the demo.");
  }
  in.take_directory();
  in.remember_place();
  const bool is_new = !settings.get("host", "demo");
  if (is_new) settings.set("host", "demo", "begun");
  how.tell("Making Autohaus Tauernblick …");
  make_demo_dealership(in, how);
  make_demo_customers(in);
  demo_result made;
  if (is_new) made.intake_token = in.data().intake_tokens.add("*", "demo", in.clock().now_us());
  made.name = in.name();
  made.counts = {{demo_sites().size(), "locations"},
                 {demo_staff().size(), "users"},
                 {static_cast<std::size_t>(in.data().customers.count()), "customers"}};
  make_leads(in, how, made);
  settings.set("host", "demo", "done");
  return made;
}

}  // namespace dms::reference
