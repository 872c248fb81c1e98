// parts.hpp - what the screens are given.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "access/organisation.hpp"
#include "columns/lead_index.hpp"
#include "dms/cpp/contributions.hpp"
#include "feedback/channels.hpp"
#include "intake/retry.hpp"
#include "intake/source_book.hpp"
#include "lead/catalog.hpp"
#include "processing/answer_settings.hpp"
#include "processing/answer_texts.hpp"
#include "processing/assignment.hpp"
#include "processing/lead_desk.hpp"
#include "processing/sales_desk.hpp"
#include "processing/settings_desk.hpp"
#include "screens/kit/words.hpp"
#include "screens/kit/writing.hpp"
#include "store/store.hpp"

namespace lead_system::screens {

/// What is written to prospects by e-mail; `wake` gives the host soon what waits.
struct answering {
  const processing::answer_texts &texts;
  const processing::answer_settings &settings;
  std::function<void()> wake;
};

/// Everything outlives the screens. `wake_feedback` asks for a run of the feedback job soon.
struct parts {
  store::store &store;
  columns::lead_index &leads;
  const catalog &types;
  const access::organisation_source &organisation;
  intake::known_sources sources;
  const std::vector<std::string> &bad_sources;  ///< sentences on definition files that could not be read
  processing::lead_desk &desk;
  processing::settings_desk &settings;
  const words &texts;
  const feedback::channels &channels;
  std::function<void()> wake_feedback;
  const intake::retrier &retry;
  const processing::assignment_desk &assignment;
  std::vector<std::string> left_out{};  ///< sentences on what this host lacks a service for
  const processing::sales_desk *sales = nullptr;
  const answering *answers = nullptr;
  const intake::source_book *book = nullptr;
};

/// What one request needs again and again.
struct request {
  request(const parts &house, const dms::call &call);

  const parts &with;
  intake::known_sources::snapshot known;
  const intake::definitions &sources;  ///< as they were when the request came
  const dms::call &who;
  const language &say;
  std::shared_ptr<const access::organisation> people;
  writer write;  ///< in the default zone
  std::string user;
  time_us now;
  access::presence here;  ///< today

  /// For the zone of a location.
  writer write_at(const std::string &location) const;
  access::visibility sees() const { return with.desk.visibility_of(user, here); }
  std::string source_title(const std::string &id) const;
  /// A sentence that was kept (message_json) in the language of who asks; plain text stays as it is.
  std::string told(const std::string &kept) const;
  processing::actor actor() const;
};

/// The plugin's screens.
std::unique_ptr<dms::screen> make_overview(const parts &with);
std::unique_ptr<dms::screen> make_today(const parts &with);
std::unique_ptr<dms::screen> make_lead_page(const parts &with);
std::unique_ptr<dms::screen> make_answer(const parts &with);
std::unique_ptr<dms::screen> make_settings(const parts &with);
std::unique_ptr<dms::screen> make_feedback_log(const parts &with);
std::unique_ptr<dms::screen> make_help(const parts &with);

}  // namespace lead_system::screens
