#include "screens/people/handover.hpp"

#include "screens/kit/document.hpp"
#include "screens/kit/results.hpp"

namespace lead_system::screens {

std::string open_work_of(const parts &with, const dms::call &who, const std::string &kind) {
  const request by(with, who);
  auto result = json::object();
  if (kind != "user" && kind != "location") return text_of(result);
  for (const auto &[whose, count] : with.desk.open_by(kind)) {
    result[whose] =
        json::array({{{"label", by.say.count("{1} open lead", "{1} open leads", count)}, {"count", count}}});
  }
  return text_of(result);
}

std::string handed_over_words(const request &by, const processing::lead_desk::handed_over &came,
                              const std::string &to) {
  auto text = by.say.count("{1} lead was handed over to {2}.", "{1} leads were handed over to {2}.", came.done,
                           by.people->user_name(to));
  if (came.left > 0) {
    text += " " + by.say.count("{1} could not be handed over just now; try it again.",
                               "{1} could not be handed over just now; try it again.", came.left);
  }
  return text;
}

std::string hand_over(const parts &with, const dms::call &who, const std::string &kind, const std::string &from,
                      const std::string &to) {
  const request by(with, who);
  if (kind != "user" && kind != "location") throw dms::failure(dms_invalid, by.say("This is not possible."));
  const auto came = with.desk.hand_over(by.actor(), who, kind, from, to);
  if (came.result.result != processing::verdict::done) {
    const auto &fields = came.result.fields;
    throw dms::failure(status_of(came.result.result),
                       by.say(fields.empty() ? came.result.text : fields.begin()->second));
  }
  json result{{"done", came.done}, {"left", came.left}};
  if (came.done + came.left > 0) result["message"] = handed_over_words(by, came, to);
  return text_of(result);
}

}  // namespace lead_system::screens
