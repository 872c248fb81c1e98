#include "processing/cutover_desk.hpp"

#include <algorithm>

#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

store::lead_type_setting setting_of(const std::vector<store::lead_type_setting> &all, const lead_type &type) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto &one) { return one.type == type.key; });
  if (found != all.end()) return *found;
  return {type.key, 0, type.reminder_minutes, type.escalation_minutes, type.retention_months};
}

}  // namespace

cutover_phase phase_of(time_us active_from, time_us now) noexcept {
  if (active_from == 0) return cutover_phase::always;
  if (active_from >= no_cutover_yet) return cutover_phase::old_system;
  return active_from > now ? cutover_phase::planned : cutover_phase::done;
}

cutover_desk::cutover_desk(store::store &store, store::cutover_rows &rows, const catalog &types,
                           std::vector<std::string> old_list_sources)
    : store_(store), rows_(rows), types_(types), old_lists_(std::move(old_list_sources)) {}

outcome cutover_desk::objection(const std::string &type, time_us wanted, time_us now) const {
  const auto *known = types_.find_type(type);
  if (known == nullptr) return invalid("type", {"This lead type does not exist.", {}});
  if (wanted < 0 || wanted > no_cutover_yet) return invalid("active_from", {"Give a date.", {}});
  const auto current = setting_of(store_.lead_type_settings(), *known).active_from;
  if (wanted == current) return {};
  if (wanted > current) {
    // Those that are here would be of a time that belongs to the old system: new ones of it go there, these do not.
    const auto first = rows_.first_lead(type);
    if (first != 0 && first < wanted) {
      return refused(
          {"Leads of this type are in this system already. The date cannot be later than the first of them.", {}});
    }
    return {};
  }
  // Moved back: what was answered as belonging to the old system since then would be in neither.
  if (wanted <= now && rows_.turned_away(wanted, old_lists_) != 0) {
    return refused(
        {"Since this date leads have been answered as belonging to the old system; here they would be "
         "missing. Choose “from now on” or a later date, and take over the open ones with the old list.",
         {}});
  }
  return {};
}

outcome cutover_desk::set(const actor &who, const std::string &type, time_us wanted) {
  if (auto no = objection(type, wanted, who.now); no.result != verdict::done) return no;
  store_.write([&](store::transaction &inside) {
    auto setting = setting_of(inside.lead_type_settings(), *types_.find_type(type));
    if (setting.active_from == wanted) return;
    setting.active_from = wanted;
    inside.set_lead_type(setting, who.user, who.now);
  });
  return {};
}

}  // namespace lead_system::processing
