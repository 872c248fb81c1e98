#include "screens/kit/parts.hpp"

namespace lead_system::screens {

request::request(const parts &house, const dms::call &call)
    : with(house),
      known(house.sources.now()),
      sources(*known),
      who(call),
      say(house.texts.in(call.locale())),
      people(house.organisation.now()),
      write(say, {}, call.now_us()),
      user(call.user()),
      now(call.now_us()),
      here(house.desk.presence_at(call.now_us())) {}

writer request::write_at(const std::string &location) const {
  const auto *place = people->find_location(location);
  return {say, place != nullptr ? place->time_zone : std::string{}, now};
}

std::string request::source_title(const std::string &id) const {
  const auto found = sources.find(id);
  return found == sources.end() ? id : say(found->second.title);
}

std::string request::told(const std::string &kept) const {
  const auto text = message_from_json(kept);
  return text ? say(*text) : kept;
}

processing::actor request::actor() const {
  processing::actor result;
  result.user = user;
  result.name = who.user_name();
  result.may_process = who.may("leads.process");
  result.may_assign = who.may("leads.assign");
  result.may_erase = who.may("leads.erase");
  result.now = now;
  // People press a wrong button; programs mean what they send.
  if (who.channel() == "web") result.undo_us = processing::lead_desk::undo_span;
  return result;
}

}  // namespace lead_system::screens
