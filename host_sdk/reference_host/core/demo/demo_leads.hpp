// demo_leads.hpp - the demo's leads, through the plugin's own doors: its settings screen, its import hooks, its
// actions.
#pragma once

namespace dms::reference {

class host;

/// Grants, dealer codes and feedback channels, by the settings screen's actions as the administrator.
void set_up_leads(host &in);
/// About 300 leads of the last 12 weeks, most of them worked on; returns how many came in.
int fill_leads(host &in);

}  // namespace dms::reference
