#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

outcome with(verdict result, message text) {
  outcome what;
  what.result = result;
  what.text = std::move(text);
  return what;
}

}  // namespace

outcome not_found() {
  return with(verdict::not_found, {"This lead does not exist.", {}});
}

outcome forbidden(message why) {
  return with(verdict::forbidden, std::move(why));
}

outcome refused(message why) {
  return with(verdict::refused, std::move(why));
}

outcome not_in_this_state(const lead &item) {
  return refused({"This is not possible in the state “{1}”.", {std::string(title(item.state))}});
}

outcome not_of_this_type(lead_state state) {
  return refused({"Leads of this type have no step “{1}”.", {std::string(title(state))}});
}

outcome invalid(const std::string &field, message why) {
  auto what = with(verdict::invalid, {"Please check the marked fields.", {}});
  what.fields[field] = std::move(why);
  return what;
}

}  // namespace lead_system::processing
