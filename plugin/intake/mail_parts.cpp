#include "intake/mail_parts.hpp"

#include <algorithm>
#include <map>

#include "intake/mail_text.hpp"

namespace lead_system::intake {
namespace {

/// The first line of `text` without its end; `text` goes on behind it.
std::string_view take_line(std::string_view &text) {
  const auto end = std::min(text.find('\n'), text.size());
  auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

constexpr std::size_t longest_header = std::size_t{64} << 10U;  ///< what stands behind it is of no use to us

using headers = std::map<std::string, std::string, std::less<>>;  ///< by name in lower case; the first of a name

/// The name of the header that a line begins; empty: it begins none.
std::string_view header_name(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos) return {};
  auto name = line.substr(0, colon);
  while (name.ends_with(' ') || name.ends_with('\t')) name.remove_suffix(1);
  const bool fits = std::all_of(name.begin(), name.end(), [](char letter) { return letter > ' ' && letter < 0x7F; });
  return fits && !name.empty() && name.front() != '<' ? name : std::string_view{};
}

/// Takes the headers and the empty line behind them off the front. Where there is no header at all nothing is taken.
headers take_headers(std::string_view &text) {
  headers found;
  std::string repeated, *last = nullptr;
  auto rest = text;
  while (!rest.empty()) {
    const auto before = rest;
    const auto line = take_line(rest);
    if (line.empty()) {
      text = rest;
      return found;
    }
    const bool goes_on = line.front() == ' ' || line.front() == '\t';
    if (goes_on && last != nullptr) {
      if (last->size() < longest_header) *last += ' ' + std::string(without_blanks(line).substr(0, longest_header));
      continue;
    }
    if (last == nullptr && (line.starts_with("From ") || line.starts_with(">From "))) continue;  // of an mbox
    const auto name = goes_on ? std::string_view{} : header_name(line);
    if (name.empty()) {  // the empty line is missing
      text = before;
      return found;
    }
    const auto value = without_blanks(line.substr(line.find(':') + 1)).substr(0, longest_header);
    auto [item, first] = found.emplace(lower_ascii(name), std::string(value));
    last = first ? &item->second : &repeated;
  }
  text = rest;
  return found;
}

std::string value_of(const headers &from, std::string_view name) {
  const auto found = from.find(name);
  return found == from.end() ? std::string{} : found->second;
}

/// RFC 3834, and what mail programs said before it. "auto-generated" and lists are no answers: portals send leads so.
bool is_automatic_answer(const headers &from) {
  struct sign {
    std::string_view name, value;  ///< value empty: any but "no"
  };
  constexpr sign signs[] = {{"auto-submitted", "auto-replied"},
                            {"auto-submitted", "auto-notified"},
                            {"precedence", "auto_reply"},
                            {"precedence", "auto-reply"},
                            {"x-autoreply", ""},
                            {"x-autorespond", ""},
                            {"x-autoreply-from", ""},
                            {"x-mail-autoreply", ""},
                            {"x-failed-recipients", ""}};
  const auto said = [&](const sign &one) {
    const auto value = lower_ascii(value_of(from, one.name));
    return one.value.empty() ? !value.empty() && value != "no" : value.starts_with(one.value);
  };
  const auto type = lower_ascii(value_of(from, "content-type"));
  return std::any_of(std::begin(signs), std::end(signs), said) || type.starts_with("multipart/report");
}

std::string percent_decoded(std::string_view text) {
  std::string quoted(text);
  std::replace(quoted.begin(), quoted.end(), '%', '=');
  return from_quoted_printable(quoted);
}

/// "text/xml; charset="utf-8"; name*0*=UTF-8''le%61d; name*1=.xml": the value, and its parameters with the parts of RFC
/// 2231 put together.
struct parameterised {
  std::string value;
  headers parameters;
};

parameterised read_parameters(std::string_view text) {
  parameterised result;
  const auto end = std::min(text.find(';'), text.size());
  result.value = lower_ascii(without_blanks(text.substr(0, end)));
  text.remove_prefix(end);
  while (!text.empty()) {
    text.remove_prefix(1);  // the semicolon
    const auto name_end = std::min(text.find_first_of("=;"), text.size());
    auto name = lower_ascii(without_blanks(text.substr(0, name_end)));
    text.remove_prefix(name_end);
    if (!text.starts_with('=')) continue;
    text.remove_prefix(1);
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    std::string value;
    if (text.starts_with('"')) {
      text.remove_prefix(1);
      while (!text.empty() && text.front() != '"') {
        if (text.front() == '\\' && text.size() > 1) text.remove_prefix(1);
        value += text.front();
        text.remove_prefix(1);
      }
      text.remove_prefix(std::min(text.find(';'), text.size()));
    } else {
      const auto value_end = std::min(text.find(';'), text.size());
      value = without_blanks(text.substr(0, value_end));
      text.remove_prefix(value_end);
    }
    if (name.ends_with('*')) {
      const auto language = value.find('\'');
      const auto word = language == std::string::npos ? std::string::npos : value.find('\'', language + 1);
      value = percent_decoded(word == std::string::npos ? value : value.substr(word + 1));
    }
    name.resize(std::min(name.find('*'), name.size()));
    result.parameters[name] += value;
  }
  return result;
}

/// Visits the parts between the delimiters "--boundary". What stands before the first and behind the last is for mail
/// programs that know no MIME. Returns how many there were.
int split_parts(std::string_view body, std::string_view boundary, const std::function<bool(std::string_view)> &visit) {
  const std::string delimiter = "--" + std::string(boundary);
  int count = 0;
  const char *part = nullptr;
  const auto close_part = [&](const char *end) {
    if (part == nullptr) return true;
    ++count;
    std::string_view content(part, static_cast<std::size_t>(end - part));
    // The line break before a delimiter is part of the delimiter.
    if (content.ends_with('\n')) content.remove_suffix(1);
    if (content.ends_with('\r')) content.remove_suffix(1);
    return visit(content);
  };
  auto rest = body;
  while (!rest.empty()) {
    const auto *const begin = rest.data();
    auto line = take_line(rest);
    while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
    const bool last = line.size() == delimiter.size() + 2 && line.starts_with(delimiter) && line.ends_with("--");
    if (!last && line != delimiter) continue;
    if (!close_part(begin)) return count;
    part = last ? nullptr : rest.data();
    if (last) return count;
  }
  close_part(body.data() + body.size());
  return count;
}

/// The boundary of a multipart whose header names none: what stands behind the "--" that its first such line begins
/// with.
std::string guessed_boundary(std::string_view body) {
  while (!body.empty()) {
    const auto line = without_blanks(take_line(body));
    if (line.starts_with("--") && line.size() > 2) return std::string(line.substr(2));
  }
  return {};
}

class mail_walk {
 public:
  mail_walk(const mail_limits &within, const std::function<void(mail_leaf &&)> &visit)
      : within_(within), visit_(visit) {}

  message problem() const { return problem_; }

  /// A message or a part of one, from its headers on; recursion is bounded by the limits.
  bool walk(std::string_view text, int depth, mail_head *head) {
    if (depth > within_.depth) {
      problem_ = {"The mail is nested more than {1} deep. Have the sender correct it.",
                  {std::to_string(within_.depth)}};
    } else if (++parts_ > within_.parts) {
      problem_ = {"The mail has more than {1} parts. Have the sender correct it.", {std::to_string(within_.parts)}};
    }
    if (!problem_.empty()) return false;
    const auto fields = take_headers(text);
    if (head != nullptr) {
      *head = {decoded_words(value_of(fields, "from")),
               decoded_words(value_of(fields, "subject")),
               value_of(fields, "date"),
               value_of(fields, "message-id"),
               is_automatic_answer(fields),
               !value_of(fields, "in-reply-to").empty()};
    }
    const auto content = read_parameters(value_of(fields, "content-type"));
    const auto encoding = value_of(fields, "content-transfer-encoding");
    if (content.value.starts_with("multipart/") && multipart(text, content, depth)) return problem_.empty();
    if (content.value == "message/rfc822") return walk(from_transfer_encoding(encoding, text), depth + 1, nullptr);
    const auto disposition = read_parameters(value_of(fields, "content-disposition"));
    auto name = value_of(disposition.parameters, "filename");
    if (name.empty()) name = value_of(content.parameters, "name");
    // A multipart that is none is text.
    const bool named = !content.value.empty() && !content.value.starts_with("multipart/");
    visit_({named ? content.value : "text/plain", value_of(content.parameters, "charset"),
            lower_ascii(decoded_words(name)), from_transfer_encoding(encoding, text), alternative_});
    return true;
  }

 private:
  /// False: there is no delimiter in it, so it is no multipart.
  bool multipart(std::string_view body, const parameterised &content, int depth) {
    const auto outer = alternative_;
    if (content.value == "multipart/alternative") alternative_ = ++alternatives_;
    const bool any = split(body, content, depth);
    alternative_ = outer;
    return any;
  }

  bool split(std::string_view body, const parameterised &content, int depth) {
    const auto each = [&](std::string_view part) { return walk(part, depth + 1, nullptr); };
    const auto named = value_of(content.parameters, "boundary");
    if (!named.empty() && split_parts(body, named, each) > 0) return true;
    const auto guessed = guessed_boundary(body);
    return !guessed.empty() && split_parts(body, guessed, each) > 0;
  }

  const mail_limits &within_;
  const std::function<void(mail_leaf &&)> &visit_;
  message problem_;
  int parts_ = 0, alternatives_ = 0, alternative_ = 0;
};

}  // namespace

message read_mail_parts(std::string_view mail, const mail_limits &within, mail_head &head,
                        const std::function<void(mail_leaf &&)> &visit) {
  if (mail.starts_with("\xEF\xBB\xBF")) mail.remove_prefix(3);
  mail.remove_prefix(std::min(mail.find_first_not_of("\r\n"), mail.size()));
  mail_walk all(within, visit);
  all.walk(mail, 0, &head);
  return all.problem();
}

}  // namespace lead_system::intake
