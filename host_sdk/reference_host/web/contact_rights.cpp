#include <algorithm>

#include "reference_host/web/contact_words.hpp"

namespace dms::reference::web {
namespace {

std::set<std::string> references_of(const std::vector<contact> &all) {
  std::set<std::string> result;
  for (const auto &item : all) {
    if (!item.reference.empty()) result.insert(item.reference);
  }
  return result;
}

}  // namespace

std::vector<user> people_with_contacts(host &of, const user &who) {
  if (!who.has_role("manager")) return {who};
  auto all = of.data().users.all();
  std::erase_if(all, [&](const user &one) {
    const bool here = std::ranges::any_of(one.locations, [&](const std::string &site) {
      return std::ranges::find(who.locations, site) != who.locations.end();
    });
    return one.id != who.id && !(here && one.active && (one.has_role("sales") || one.has_role("manager")));
  });
  return all;
}

contact_rights::contact_rights(host &of, const owned_call &call, const user &who, const std::vector<contact> &about)
    : user_(who.id), seen_(of.judge(call, references_of(about))) {
  for (const auto &one : people_with_contacts(of, who)) people_.insert(one.id);
}

host::sight contact_rights::sight_of(const contact &item) const {
  const auto found = seen_.find(item.reference);
  return found == seen_.end() ? host::sight::unguarded : found->second;
}

bool contact_rights::knows_of(const contact &item) const {
  if (own(item)) return true;
  if (item.reference.empty()) return people_.contains(item.user);
  return sight_of(item) == host::sight::read || sight_of(item) == host::sight::work;
}

bool contact_rights::lists(const contact &item) const {
  return knows_of(item) && people_.contains(item.user);
}

bool contact_rights::may_complete(const contact &item) const {
  if (!lists(item)) return false;
  // His own list works without the plugin as well: that hears of it later.
  return sight_of(item) == host::sight::work || sight_of(item) == host::sight::unguarded;
}

}  // namespace dms::reference::web
