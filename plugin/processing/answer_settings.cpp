#include "processing/answer_settings.hpp"

#include <algorithm>

#include "lead/answer_text.hpp"
#include "processing/outcomes.hpp"

namespace lead_system::processing {

namespace {

constexpr std::size_t longest_title = 100;

outcome text_changed_meanwhile(std::string what) {
  outcome result;
  result.result = verdict::conflict;
  result.text = {std::move(what), {}};
  return result;
}

std::map<std::string, message> problems_of(const store::answer_template &item, const catalog &types) {
  std::map<std::string, message> problems;
  const auto check = [&](const char *field, const std::string &text, std::size_t longest, bool lines) {
    if (auto wrong = typed_problem(text, longest, lines)) problems[field] = std::move(*wrong);
  };
  check("title", item.title, longest_title, false);
  check("subject", item.subject, longest_subject, false);
  check("body", item.body, longest_answer, true);
  for (const auto &[field, text] : {std::pair{"subject", &item.subject}, std::pair{"body", &item.body}}) {
    if (auto wrong = template_problem(*text)) problems[field] = std::move(*wrong);
  }
  const auto one_of = [](const std::string &text, auto... choices) { return ((text == choices) || ...); };
  if (!one_of(item.kind, "receipt", "answer")) problems["kind"] = {"Choose one of the list.", {}};
  if (!one_of(item.language, "de", "en")) problems["language"] = {"Choose one of the list.", {}};
  const auto colon = item.reach.find(':');
  const auto what = item.reach.substr(0, colon), key = colon == std::string::npos ? "" : item.reach.substr(colon + 1);
  const bool known = item.reach.empty() || (what == "type" && types.find_type(key) != nullptr) ||
                     (what == "category" && types.find_category(key) != nullptr);
  if (!known) problems["reach"] = {"Choose one of the list.", {}};
  return problems;
}

}  // namespace

outcome answer_settings::save(const actor &who, const store::answer_template &item, std::int64_t &id) const {
  outcome result;
  result.fields = problems_of(item, types_);
  if (!result.fields.empty()) {
    result.result = verdict::invalid;
    result.text = {"Please check the marked fields.", {}};
    return result;
  }
  const auto saved = rows_.save(item, who.user, who.now);
  if (!saved) return text_changed_meanwhile("Somebody else has changed or removed this text meanwhile.");
  id = *saved;
  return result;
}

outcome answer_settings::remove(const actor &who, std::int64_t id, std::int64_t version) const {
  if (!rows_.find(id)) return not_found();
  if (rows_.remove(id, version, who.user, who.now)) return {};
  return text_changed_meanwhile("Somebody else has changed or removed this text meanwhile.");
}

outcome answer_settings::take_shipped(const actor &who) const {
  const auto known = rows_.templates();
  std::int64_t taken = 0;
  for (const auto &one : shipped_answers()) {
    const bool there = std::any_of(known.begin(), known.end(), [&](const auto &it) {
      return it.title == one.title && it.language == one.language;
    });
    if (there) continue;
    store::answer_template item;
    item.kind = one.kind;
    item.language = one.language;
    item.title = one.title;
    item.subject = one.subject;
    item.body = one.body;
    rows_.save(item, who.user, who.now);
    ++taken;
  }
  if (taken == 0) return refused({"All texts that ship with the plugin are here already.", {}});
  outcome done;
  done.text = {"{1} texts are here now. None is in use before you say so: look at each.", {std::to_string(taken)}};
  return done;
}

outcome answer_settings::set_footer(const actor &who, const store::answer_footer &item, const std::string &seen) const {
  if (!item.location.empty() && organisation_.now()->find_location(item.location) == nullptr) {
    return invalid("location", {"This location does not exist or is closed.", {}});
  }
  if (item.language != "de" && item.language != "en") return invalid("language", {"Choose one of the list.", {}});
  if (auto wrong = signs_problem(item.body, longest_footer, true)) return invalid("body", std::move(*wrong));
  if (rows_.set_footer(item, seen, who.user, who.now)) return {};
  return text_changed_meanwhile("Somebody else has changed this footer meanwhile.");
}

std::optional<message> answer_settings::not_ready_for(const lead_type &type,
                                                      const std::vector<std::string> &locations) const {
  const auto all = rows_.templates();
  const bool any = std::any_of(all.begin(), all.end(), [&](const auto &one) {
    const bool fits = one.reach.empty() || one.reach == "type:" + type.key || one.reach == "category:" + type.category;
    return one.kind == "receipt" && one.active && fits;
  });
  if (!any) return message{"No receipt is in use for “{1}”. Write one, or switch one on.", {type.title}};
  const auto footers = rows_.footers();
  const auto has = [&](const std::string &place) {
    return std::any_of(footers.begin(), footers.end(), [&](const auto &one) { return one.location == place; });
  };
  for (const auto &place : locations) {
    if (has(place) || has({})) continue;
    const auto name = place.empty() ? std::string("Without location") : organisation_.now()->location_name(place);
    return message{"“{1}” has no legal footer. Write one first.", {name}};
  }
  return std::nullopt;
}

outcome answer_settings::set_receipts(const actor &who, const std::string &type,
                                      const std::vector<std::string> &locations,
                                      const std::optional<std::string> &seen) const {
  const auto *known = types_.find_type(type);
  if (known == nullptr) return invalid("type", {"This lead type does not exist.", {}});
  auto wanted = locations;
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  for (const auto &one : wanted) {
    const auto people = organisation_.now();
    const auto *place = people->find_location(one);
    if (!one.empty() && (place == nullptr || !place->open)) {
      return invalid("locations", {"This location does not exist or is closed.", {}});
    }
  }
  if (!wanted.empty()) {
    if (auto lacks = not_ready_for(*known, wanted)) return invalid("locations", std::move(*lacks));
  }
  if (rows_.set_receipts(type, wanted, seen ? &*seen : nullptr, who.user, who.now)) return {};
  outcome result = text_changed_meanwhile("The settings of “{1}” have been changed meanwhile. Open the page again.");
  result.text.arguments = {known->title};
  return result;
}

}  // namespace lead_system::processing
