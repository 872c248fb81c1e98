// lead_page.cpp - one lead: what it says, what became of it, what can be done now.
#include <algorithm>

#include "screens/kit/actions.hpp"
#include "screens/lead/lead_blocks.hpp"
#include "screens/overview/overview_query.hpp"
#include "screens/sales/sales.hpp"

namespace lead_system::screens {
namespace {

constexpr std::string_view page_id = "leads.lead";
constexpr std::size_t longest_list = 2000;

std::string position_words(const request &by, const std::string &tab, std::int64_t at, std::int64_t total) {
  const auto place = by.say.number(at), all = by.say.number(total);
  if (tab == "open") return by.say("{1} of {2} open ones", place, all);
  if (tab == "overdue") return by.say("{1} of {2} overdue ones", place, all);
  if (tab == "unassigned") return by.say("{1} of {2} not assigned", place, all);
  return by.say("{1} of {2}", place, all);
}

/// The neighbours in the list that one came from: the page of the list is asked for again, so they are true even when
/// the list has moved. The addresses carry only filters, which this user's rights limit as always.
class neighbours {
 public:
  neighbours(const request &by, const lead &item, const std::string &list) : by_(by) {
    if (list.empty() || list.size() > longest_list) return;
    try {
      sent_ = parameters::from_address(list);
      at_ = std::max<std::int64_t>(1, sent_.integer("at").value_or(1));
      query_ = read_overview_query(by, sent_);
      find(item);
    } catch (const dms::failure &) {
      found_ = false;
    } catch (const store::bad_cursor &) {
      found_ = false;
    }
  }

  json back() const {
    auto params = query_.params();
    if (const auto cursor = query_.sent.one("cursor"); !cursor.empty()) params["cursor"] = cursor;
    if (query_.start > 0) params["start"] = std::to_string(query_.start);
    return link_to(by_.say("Lead overview"), "leads.overview", std::move(params));
  }
  json position() const {
    if (!found_) return nullptr;
    json result{{"text", position_words(by_, query_.store.filter.tab, at_, total_)}};
    if (previous_ != 0) result["previous"] = step(by_.say("Previous lead"), previous_, previous_list_);
    if (next_ != 0) result["next"] = step(by_.say("Next lead"), next_, next_list_);
    return result;
  }
  /// The lead that has moved up to the place of this one, which was handled and has left the list; null: there is none.
  json go_on() const {
    if (found_ || follower_ == 0) return nullptr;
    auto result = action("next_lead", by_.say("Next lead"), "primary");
    result["link"] = step(by_.say("Next lead"), follower_, follower_list_);
    return result;
  }

 private:
  json step(std::string label, std::int64_t id, const std::string &list) const {
    return lead_link(std::move(label), id, list);
  }
  std::string list_at(const std::string &cursor, std::int64_t start, std::int64_t at) const {
    auto list = query_.sent;
    list.set("cursor", cursor);
    list.set("start", start > 0 ? std::to_string(start) : std::string{});
    list.set("at", std::to_string(at));
    return list.address();
  }
  void find(const lead &item) {
    const auto sees = by_.sees();
    const auto page = by_.with.leads.list(query_.store, sees, by_.now);
    const auto here =
        std::find_if(page.leads.begin(), page.leads.end(), [&](const auto &it) { return it.id == item.id; });
    if (here == page.leads.end()) return follow(page);
    found_ = true;
    total_ = page.total;
    at_ = query_.start + (here - page.leads.begin()) + 1;
    if (here != page.leads.begin()) {
      previous_ = std::prev(here)->id;
      previous_list_ = list_at(query_.store.cursor, query_.start, at_ - 1);
    } else if (!page.previous.empty()) {
      const auto start = std::max<std::int64_t>(0, query_.start - query_.store.limit);
      turn(sees, page.previous, start, false);
    }
    if (std::next(here) != page.leads.end()) {
      next_ = std::next(here)->id;
      next_list_ = list_at(query_.store.cursor, query_.start, at_ + 1);
    } else if (!page.next.empty()) {
      turn(sees, page.next, query_.start + static_cast<std::int64_t>(page.leads.size()), true);
    }
  }
  void follow(const store::lead_page &page) {
    if (page.leads.empty()) return;
    const auto last = static_cast<std::int64_t>(page.leads.size()) - 1;
    const auto at = std::clamp<std::int64_t>(at_ - 1 - query_.start, 0, last);
    follower_ = page.leads[static_cast<std::size_t>(at)].id;
    follower_list_ = list_at(query_.store.cursor, query_.start, query_.start + at + 1);
  }
  void turn(const access::visibility &sees, const std::string &cursor, std::int64_t start, bool forward) {
    auto query = query_.store;
    query.cursor = cursor;
    const auto page = by_.with.leads.list(query, sees, by_.now);
    if (page.leads.empty()) return;
    (forward ? next_ : previous_) = forward ? page.leads.front().id : page.leads.back().id;
    (forward ? next_list_ : previous_list_) = list_at(cursor, start, forward ? at_ + 1 : at_ - 1);
  }

  const request &by_;
  parameters sent_;
  overview_query query_;
  bool found_ = false;
  std::int64_t at_ = 1, total_ = 0, previous_ = 0, next_ = 0;
  std::int64_t follower_ = 0;
  std::string previous_list_, next_list_, follower_list_;
};

/// One filled button a page: where a list goes on, that is the next lead.
json with_next_lead(json actions, json next) {
  if (next.is_null()) return actions;
  for (auto &one : actions) {
    if (one.value("style", "") == "primary") one["style"] = "second";
  }
  actions.insert(actions.begin(), std::move(next));
  return actions;
}

json follow_notice(const request &by, const lead &item) {
  if (item.follows == 0 || !by.with.store.find(item.follows, by.sees())) return nullptr;
  auto block = notice("follows", "info", by.say("This person has asked before."));
  block["link"] = lead_link(by.say("Open the earlier lead"), item.follows);
  return block;
}

/// Of which lead it is a duplicate, and which are duplicates of it, as far as the reader sees them.
json duplicate_notice(const lead_view &view) {
  const auto &by = view.by;
  std::string numbers;
  for (const auto &one : view.duplicates) numbers += (numbers.empty() ? "" : ", ") + std::to_string(one.id);
  const auto its_own = numbers.empty() ? std::string{} : by.say("Duplicates of this lead: {1}", numbers);
  if (const auto kept = processing::lead_desk::duplicate_of(view.item, view.events); kept != 0) {
    const auto head = by.with.desk.goes_on_as(view.item, view.events);
    const bool opens = by.with.store.find(head, by.sees()).has_value();
    const auto of = std::to_string(kept);
    // Of the chain behind it only whoever may open its end learns.
    auto block = notice(
        "duplicate_of", "warn",
        head == kept || !opens
            ? by.say("This lead is a duplicate of lead {1}.", of)
            : by.say("This lead is a duplicate of lead {1}, which is one of lead {2}.", of, std::to_string(head)),
        its_own);
    if (opens) block["link"] = lead_link(by.say("Open the lead that goes on"), head);
    return block;
  }
  if (its_own.empty()) return nullptr;
  auto block = notice("duplicates", "info", its_own, by.say("Their notes stand in the timeline here."));
  block["link"] = lead_link(by.say("Open the duplicate"), view.duplicates.back().id);
  return block;
}

void append(json &blocks, json block) {
  if (!block.is_null()) blocks.push_back(std::move(block));
}

class lead_page : public dms::screen {
 public:
  explicit lead_page(const parts &with) : with_(with) {}
  std::string id() const override { return std::string(page_id); }
  std::string right() const override { return "leads.view"; }

  std::string load(const dms::call &who, std::string_view text) override {
    const request by(with_, who);
    const parameters sent(text);
    const auto lead_id = sent.integer("id");
    const auto item = lead_id ? with_.store.find(*lead_id, by.sees()) : std::nullopt;
    if (!item) throw dms::failure(dms_not_found, by.say("This lead does not exist."));
    const auto list = sent.one("list");
    lead_view view{by,
                   *item,
                   by.write_at(item->location),
                   with_.store.timeline(item->id),
                   with_.store.feedback_of(item->id),
                   list,
                   sent.sent("find") ? std::optional(sent.one("find")) : std::nullopt};
    view.similar = similar_customers(view);
    view.duplicates = seen_duplicates(view);
    const neighbours around(by, *item, list);
    auto result = document(page_id, prospect_name(by, *item));
    result["badge"] = type_cell(by, *item, true);
    result["version"] = item->version;
    result["record"] = std::to_string(item->id);
    result["back"] = around.back();
    result["links"] = json::array({link_to(by.say("Help"), "leads.help", {{"page", "lead"}})});
    if (auto position = around.position(); !position.is_null()) result["position"] = std::move(position);
    result["actions"] = with_next_lead(offered_actions(view), around.go_on());
    result["refresh"] = {{"token", std::to_string(item->version)}};
    if (const auto since = sent.integer("since"); since && item->version > *since) {
      result["refresh"]["text"] = by.say("The lead has changed meanwhile. Reload");
    }
    auto &blocks = result["blocks"];
    blocks.push_back(strip_block(view));
    blocks.push_back(steps_block(view));
    append(blocks, duplicate_notice(view));
    auto related = related_block(view);
    // The other enquiries say it themselves.
    if (related.is_null()) append(blocks, follow_notice(by, *item));
    json left = json::array({person_block(view), vehicle_block(view)}), right_side = json::array();
    append(left, message_block(view));
    append(left, consent_block(view));
    append(left, extras_block(view));
    append(right_side, sale_block(view));
    append(right_side, search_block(view));
    append(right_side, matches_block(view));
    append(right_side, std::move(related));
    append(right_side, contacts_block(view));
    append(right_side, feedback_block(view));
    append(right_side, timeline_block(view));
    blocks.push_back({{"type", "columns"}, {"columns", json::array({std::move(left), std::move(right_side)})}});
    return text_of(result);
  }

  dms::answer act(const dms::call &who, std::string_view action_name, std::string_view input) override {
    const request by(with_, who);
    const parameters given(input);
    if (action_name == "edit") return edit_lead(by, given);
    if (auto done = act_on_sale(by, action_name, given)) return *std::move(done);
    return act_on_leads(by, action_name, given);
  }

 private:
  const parts &with_;
};

}  // namespace

std::unique_ptr<dms::screen> make_lead_page(const parts &with) {
  return std::make_unique<lead_page>(with);
}

}  // namespace lead_system::screens
