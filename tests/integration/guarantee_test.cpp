// The coverage guarantee (plugin/README.md "Access") from outside: whatever people and the host do, in whatever order,
// every open lead is in the list of at least one active user; where the host decides alone, every admin is told until
// it is mended. LEADS_GUARANTEE_STEPS sets how many steps are made.
#include <random>

#include "integration/dealership.hpp"
#include "integration/overview_oracle.hpp"
#include "reference_host/core/people/standing.hpp"

namespace {

using namespace dealership;
using access::scope;
using processing::verdict;

class guarantee_test : public with_desks {
 protected:
  void SetUp() override {
    with_desks::SetUp();
    dms::reference::location linz;
    linz.id = "linz";
    linz.name = linz.city = "Linz";
    host_->data().locations.add(linz);
    for (const auto *user : {"graz1", "linz1"}) add_user(user, "manager", {"graz"});
    host_->directory_changed();
    users_ = {"leitung", "wien1", "graz1", "linz1", "verkauf1", "verkauf2"};
    for (const auto &type : sources_.types.types()) types_.push_back(type.key);
    for (const auto &category : sources_.types.categories()) grant("leitung", true, category.key, scope::all);
  }

  std::size_t roll(std::size_t below) { return random_() % below; }
  template <typename Items>
  const auto &one_of(const Items &items) {
    return items[roll(items.size())];
  }
  processing::actor as(const std::string &user) {
    const bool manages = user == "leitung" || user == "wien1" || user == "graz1" || user == "linz1";
    return {user, "Person " + user, true, manages, false, now_};
  }

  access::grant some_grant() {
    const bool on_category = roll(2) == 0;
    const auto &type = one_of(types_);
    access::grant made{one_of(users_),
                       on_category,
                       on_category ? sources_.types.find_type(type)->category : type,
                       static_cast<scope>(roll(4)),
                       {}};
    if (on_category && made.reach == scope::inherit) made.reach = scope::all;
    if (made.reach == scope::locations) made.locations = {one_of(places_)};
    return made;
  }

  void change_rights() {
    auto who = admin();
    who.now = now_;
    switch (roll(4)) {
      case 0:
        settings_->copy_rights(who, one_of(users_), {one_of(users_), one_of(users_)});
        break;
      case 1:
        settings_->grants(who, {{some_grant()}, {some_grant()}, {some_grant()}});
        break;
      case 2:
        if (const auto history = open().settings_history(20); !history.empty()) {
          settings_->undo(who, one_of(history).id, roll(2) == 0);
        }
        break;
      default:
        settings_->grant(who, some_grant());
    }
  }

  void map_code() {
    auto who = admin();
    who.now = now_;
    settings_->dealer_code(who, {"siebel_nissan", "AT10017", roll(4) == 0 ? std::string{} : one_of(places_)});
  }

  /// As the host does it: it asks, and does not where somebody objects.
  void change_people() {
    if (roll(2) == 0) {
      const auto &user = one_of(users_);
      const bool active = host_->data().users.find(user)->active;
      if (active && !settings_->objection_to_deactivating(user, now_).empty()) return;
      host_->data().users.set_active(user, !active);
    } else {
      const auto &place = one_of(places_);
      const bool is_open = host_->data().locations.find(place)->open;
      if (is_open && !settings_->objection_to_closing(place, now_).empty()) return;
      host_->data().locations.set_open(place, !is_open);
    }
    host_->directory_changed();
  }

  void work() {
    if (leads_.empty()) return;
    const auto id = one_of(leads_);
    const auto user = one_of(users_);
    if (!host_->data().users.find(user)->active) return;
    const auto item = now(id);
    const auto who = as(user);
    switch (roll(4)) {
      case 0:
        desk_->assign(who, call(user)->view(), id, item.version, roll(2) == 0 ? user : one_of(users_));
        break;
      case 1:
        desk_->reject(who, call(user)->view(), id, item.version, {});
        break;
      case 2:
        desk_->close(who, call(user)->view(), id, item.version, "closed", "no_further_contact", {});
        break;
      default:
        desk_->reopen(who, call(user)->view(), id, item.version, {});
    }
  }

  void step() {
    now_ += minute_us;
    switch (roll(8)) {
      case 0:
        leads_.push_back(
            add_lead("1-" + std::to_string(++number_), one_of(types_), roll(4) == 0 ? "" : one_of(places_)));
        break;
      case 1:
        map_code();
        break;
      case 2:
      case 3:
        change_people();
        break;
      case 4:
      case 5:
        work();
        break;
      default:
        change_rights();
    }
  }

  /// Open leads that are in no active user's list.
  std::set<std::int64_t> overlooked() {
    std::set<std::int64_t> left;
    store::lead_query query;
    query.limit = 500;
    query.filter.tab = "open";
    for (const auto &one : overview_oracle::list(open(), query, access::system_visibility(), now_).leads)
      left.insert(one.id);
    for (const auto &user : host_->data().users.all()) {
      if (!user.active || left.empty()) continue;
      for (const auto &one : overview_oracle::list(open(), query, desk_->visibility_of(user.id, now_), now_).leads)
        left.erase(one.id);
    }
    return left;
  }

  std::mt19937 random_;
  time_us now_ = noon;
  int number_ = 0;
  std::vector<std::string> users_, types_;
  const std::vector<std::string> places_{"wien", "graz", "linz"};
  std::vector<std::int64_t> leads_;
};
INSTANTIATE_TEST_SUITE_P(databases, guarantee_test, databases::all(), databases::name);

int steps() {
  const char *wanted = std::getenv("LEADS_GUARANTEE_STEPS");
  return wanted == nullptr ? 100 : std::atoi(wanted);
}

TEST_P(guarantee_test, no_open_lead_is_overlooked_whatever_is_done) {
  for (int made = 0; made < steps(); ++made) {
    // given: an organisation that is another one each fifty steps
    if (made % 50 == 0) random_.seed(static_cast<unsigned>(20'200'722 + made));
    // when
    step();
    // then
    ASSERT_TRUE(overlooked().empty()) << "after step " << made;
  }
}

TEST_P(guarantee_test, what_the_host_does_alone_is_told_to_every_admin_until_it_is_mended) {
  random_.seed(7);
  for (int made = 0; made < steps() / 4; ++made) {
    step();
    // when: the host deactivates somebody without asking
    const auto &user = one_of(users_);
    if (!host_->data().users.find(user)->active) continue;
    host_->data().users.set_active(user, false);
    host_->directory_changed();
    settings_->raise_or_clear(now_);
    // then
    if (!overlooked().empty()) {
      EXPECT_FALSE(dms::reference::standing_of(host_->database(), "admin", 5).empty()) << made;
    }
    host_->data().users.set_active(user, true);
    host_->directory_changed();
    settings_->raise_or_clear(now_);
    EXPECT_TRUE(dms::reference::standing_of(host_->database(), "admin", 5).empty()) << made;
  }
}

}  // namespace
