#include "intake/source_book.hpp"

#include "intake/reading.hpp"

namespace lead_system::intake {
namespace {

/// What can be said of a source by which nothing can be read: its name for lists, and its feedback, so that what became
/// of its leads is still told.
definition closed_one(const store::own_definition &one, checked_definition &&text, const definition *base,
                      const catalog &known, message why) {
  definition result = std::move(text.read);
  if (result.how == nullptr) result.how = std::make_shared<const definition::reading>();
  result.id = one.id;
  result.title = one.title;
  if (base != nullptr) {
    if (known.find_category(result.category) == nullptr) result.category = base->category;
    if (!result.feedback.enabled) result.feedback = base->feedback;
    if (result.format.empty()) result.format = base->format;
  }
  result.closed = std::move(why);
  return result;
}

const definition *find(const definitions &among, const std::string &id) {
  const auto found = among.find(id);
  return found == among.end() ? nullptr : &found->second;
}

}  // namespace

source_book::source_book(const sources &shipped, store::definition_rows &rows) : shipped_(shipped), rows_(rows) {
  auto first = std::make_shared<state>();
  first->all = shipped_.definitions;
  state_ = std::move(first);
}

known_sources::snapshot source_book::now() const {
  const std::lock_guard lock(mutex_);
  return {state_, &state_->all};
}

std::vector<std::string> source_book::unusable() const {
  const std::lock_guard lock(mutex_);
  return state_->unusable;
}

void source_book::look() {
  const auto revision = rows_.revision();
  {
    const std::lock_guard lock(mutex_);
    if (state_->revision == revision) return;
  }
  auto made = built(revision);
  const std::lock_guard lock(mutex_);
  // Of two that look at once the newer one counts.
  if (state_->revision < made->revision) state_ = std::move(made);
}

/// What is read may be newer than the number, never older: then it is built once more.
std::shared_ptr<const source_book::state> source_book::built(std::int64_t revision) const {
  auto made = std::make_shared<state>();
  made->revision = revision;
  made->all = shipped_.definitions;
  for (const auto &one : rows_.all()) put(one, *made);
  return made;
}

void source_book::put(const store::own_definition &one, state &into) const {
  const auto *base = find(shipped_.definitions, one.id);
  if (one.active == 0) {
    if (base != nullptr) return;
    // Its leads are here, and it may still be sent to: nothing of that is lost.
    for (const auto &version : rows_.versions(one.id)) {
      if (version.activated_at == 0) continue;
      auto text = rows_.version(one.id, version.version);
      if (!text) return;
      into.all[one.id] =
          closed_one(one, check_definition(text->text, shipped_.types), nullptr, shipped_.types,
                     {"No version of this source's definition is active. Activate one, and try again.", {}});
      return;
    }
    return;
  }
  const auto text = rows_.version(one.id, one.active);
  auto checked = check_definition(text ? text->text : std::string{}, shipped_.types);
  const bool usable = checked.wrong.empty() && checked.read.id == one.id;
  if (!usable) {
    into.unusable.push_back(one.id);
    auto closed =
        closed_one(one, std::move(checked), base, shipped_.types,
                   {"Version {1} of this source's own definition cannot be used any more. Mend it on the page "
                    "of the definition, and try again.",
                    {std::to_string(one.active)}});
    closed.version = one.active;
    into.all[one.id] = std::move(closed);
    return;
  }
  checked.read.version = one.active;
  into.all[one.id] = std::move(checked.read);
}

}  // namespace lead_system::intake
