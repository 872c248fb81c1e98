#include "intake/own_definitions.hpp"

#include <algorithm>

#include "intake/info_text.hpp"
#include "intake/plain_text.hpp"
#include "lead/digest.hpp"

namespace lead_system::intake {
namespace {

using outcome = own_definitions::outcome;
using verdict = outcome::verdict;

constexpr std::size_t longest_title = 100, longest_note = 500;

outcome refused(verdict is, message text) {
  return {is, std::move(text), {}, {}, 0};
}
outcome not_there() {
  return refused(verdict::not_found, {"There is no definition of one's own of that source.", {}});
}
outcome changed_meanwhile() {
  return refused(verdict::conflict, {"Somebody has changed this definition meanwhile. Look at it again.", {}});
}

bool fits_as_title(const std::string &text) {
  bool cut = false;
  clean_line(text, longest_title, &cut);
  return !cut && text.find_first_of("\n\r") == std::string::npos;
}
message title_problem() {
  return {"The title is one line of at most {1} characters.", {std::to_string(longest_title)}};
}

/// Browsers send lines that end in CR LF.
std::string with_line_feeds(std::string text) {
  std::erase(text, '\r');
  if (!text.empty() && text.back() != '\n') text += '\n';
  return text;
}

std::string quoted(const std::string &text) {
  std::string result = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') result += '\\';
    result += letter;
  }
  return result + "\"";
}

/// The text with another value at the first key of that name that stands outside of braces and alone in its line.
std::string with_value(const std::string &text, const std::string &key, const std::string &value) {
  int line = 0;
  for (const auto &node : parse_info("definition", text).children) {
    if (node.key == key && line == 0) line = node.line;
  }
  std::size_t from = 0;
  for (int count = 1; count < line && from != std::string::npos; ++count) {
    from = text.find('\n', from);
    if (from != std::string::npos) ++from;
  }
  if (line == 0 || from == std::string::npos) return text;
  auto result = text;
  const auto end = std::min(text.find('\n', from), text.size());
  return result.replace(from, end - from, key + " " + value);
}

bool is_id(const std::string &text) {
  return !text.empty() && text.size() <= 60 && std::all_of(text.begin(), text.end(), [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
  });
}

}  // namespace

std::string own_definitions::shipped_text(const std::string &id) const {
  const auto &texts = book_.shipped().texts;
  const auto found = texts.find(id);
  return found == texts.end() ? std::string{} : found->second;
}

bool own_definitions::base_has_changed(const store::own_definition &one) const {
  const auto text = shipped_text(one.base);
  return !text.empty() && !one.base_digest.empty() && sha256_hex(text) != one.base_digest;
}

checked_definition own_definitions::check(const std::string &id, const std::string &text) const {
  auto result = check_definition(with_line_feeds(text), book_.shipped().types);
  if (!result.read.id.empty() && result.read.id != id) {
    result.wrong.push_back(
        {0, {"The text is of the source {1}, and this is the definition of {2}.", {result.read.id, id}}});
  }
  if (!may_be_copied(result.read)) {
    result.wrong.push_back({0, {"\"entered_here\" is for the form \"New lead\" alone.", {}}});
  }
  const auto &shipped = book_.shipped().definitions;
  if (const auto taken = shipped.find(id); taken != shipped.end() && !may_be_copied(taken->second)) {
    result.wrong.push_back({0, {"The source {1} is the form \"New lead\": it has no definition of one's own.", {id}}});
  }
  if (!fits_as_title(result.read.title)) result.wrong.push_back({0, title_problem()});
  return result;
}

outcome own_definitions::create(const dms::call &who, const std::string &base, const std::string &id,
                                const std::string &title) const {
  const auto &shipped = book_.shipped().definitions;
  const auto from = shipped.find(base);
  outcome result;
  result.is = verdict::invalid;
  if (from == shipped.end() || !may_be_copied(from->second)) {
    result.fields["base"] = {"Choose the definition to begin with.", {}};
  }
  if (!is_id(id)) {
    result.fields["id"] = {"The id is written in small letters, digits and _, at most 60 of them.", {}};
  } else if (rows_.find(id)) {
    result.fields["id"] = {"There is a definition of one's own of that id already. Open it.", {}};
  } else if (id != base && shipped.contains(id)) {
    result.fields["id"] = {"This id is taken by a definition that is shipped. Begin with that one, or choose another.",
                           {}};
  }
  if (!fits_as_title(title)) result.fields["title"] = title_problem();
  if (title.empty() && id != base) result.fields["title"] = {"Give the source a title: people see it.", {}};
  if (!result.fields.empty()) return result;
  auto text = with_value(shipped_text(base), "source", id);
  if (!title.empty()) text = with_value(text, "title", quoted(title));
  return first_version(who, id, base, text, {});
}

outcome own_definitions::take_in(const dms::call &who, const std::string &text) const {
  const auto id = check_definition(with_line_feeds(text), book_.shipped().types).read.id;
  outcome result;
  result.is = verdict::invalid;
  if (!is_id(id)) {
    result.fields["file"] = {"The file is no definition of a source.", {}};
    result.wrong = check(id, text).wrong;
    return result;
  }
  if (rows_.find(id)) {
    result.fields["file"] = {"There is a definition of one's own of {1} already. Open it and bring the file in there.",
                             {id}};
    return result;
  }
  return first_version(who, id, shipped_text(id).empty() ? std::string{} : id, text, {});
}

outcome own_definitions::first_version(const dms::call &who, const std::string &id, const std::string &base,
                                       const std::string &text, const std::string &note) const {
  auto checked = check(id, text);
  outcome result;
  if (!checked.wrong.empty()) {
    result.is = verdict::invalid;
    result.wrong = std::move(checked.wrong);
    return result;
  }
  const auto base_text = shipped_text(base);
  store::own_definition of{id, checked.read.title, base, base_text.empty() ? std::string{} : sha256_hex(base_text)};
  store::definition_version made{id, 0, with_line_feeds(text), note, std::string(who.user()), who.now_us(), 0};
  const auto number = rows_.save(of, made, 0);
  if (!number) return changed_meanwhile();
  book_.look();
  log_(who, "definition.created", id, "version " + std::to_string(*number));
  result.version = *number;
  result.id = id;
  return result;
}

outcome own_definitions::save(const dms::call &who, const std::string &id, const std::string &text,
                              const std::string &note, std::int64_t seen_last) const {
  auto known = rows_.find(id);
  if (!known) return not_there();
  if (known->last != seen_last) return changed_meanwhile();
  outcome result;
  result.is = verdict::invalid;
  bool too_long = false;
  const auto said = clean_line(note, longest_note, &too_long);
  if (too_long) {
    result.fields["note"] = {"The note has at most {1} characters.", {std::to_string(longest_note)}};
    return result;
  }
  auto checked = check(id, text);
  if (!checked.wrong.empty()) {
    result.wrong = std::move(checked.wrong);
    return result;
  }
  const auto whole = with_line_feeds(text);
  if (const auto before = rows_.version(id, known->last); before && before->text == whole) {
    result.fields["text"] = {"Nothing was changed: it is as version {1}.", {std::to_string(known->last)}};
    return result;
  }
  known->title = checked.read.title;
  const auto number = rows_.save(*known, {id, 0, whole, said, std::string(who.user()), who.now_us(), 0}, seen_last);
  if (!number) return changed_meanwhile();
  book_.look();
  log_(who, "definition.saved", id, "version " + std::to_string(*number));
  result.is = verdict::done;
  result.version = *number;
  return result;
}

outcome own_definitions::activate(const dms::call &who, const std::string &id, std::int64_t number,
                                  std::int64_t seen_active) const {
  const auto known = rows_.find(id);
  if (!known) return not_there();
  outcome result;
  if (number != 0) {
    const auto version = rows_.version(id, number);
    if (!version) return not_there();
    // It was without a mistake when it was saved; the plugin may be another one by now.
    auto checked = check(id, version->text);
    if (!checked.wrong.empty()) {
      result.is = verdict::invalid;
      result.wrong = std::move(checked.wrong);
      return result;
    }
  }
  if (!rows_.activate(id, number, seen_active, std::string(who.user()), who.now_us())) return changed_meanwhile();
  book_.look();
  log_(who, "definition.activated", id, number == 0 ? "none" : "version " + std::to_string(number));
  result.version = number;
  return result;
}

outcome own_definitions::drop_draft(const dms::call &who, const std::string &id, std::int64_t number) const {
  if (!rows_.drop_draft(id, number)) {
    return refused(verdict::conflict, {"This version is no draft any more: what has read payloads is kept.", {}});
  }
  book_.look();
  log_(who, "definition.dropped", id, "version " + std::to_string(number));
  return {};
}

outcome own_definitions::note_base(const dms::call &who, const std::string &id) const {
  const auto known = rows_.find(id);
  if (!known) return not_there();
  rows_.note_base(id, sha256_hex(shipped_text(known->base)));
  log_(who, "definition.base_seen", id, known->base);
  return {};
}

}  // namespace lead_system::intake
