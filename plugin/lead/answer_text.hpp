// answer_text.hpp - what is written to a prospect by e-mail: templates with placeholders, and the salutation. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lead/lead.hpp"
#include "lead/message.hpp"

namespace lead_system {

/// What placeholders stand for, in the language of the answer; empty where it is not known.
struct answer_values {
  std::string salutation, name, vehicle, type, wished_date, location, salesperson, salesperson_mail, salesperson_phone,
      dealership;
};

/// A placeholder by its two names; both may stand in any template.
struct answer_placeholder {
  std::string_view english, german;
  std::string_view meaning;  ///< English, a gettext key
  std::string answer_values::*value;
};
std::span<const answer_placeholder> answer_placeholders() noexcept;

/// Bounds of what is kept and sent, in bytes.
inline constexpr std::size_t longest_subject = 200, longest_answer = 8'000, longest_footer = 2'000;

/// What is typed for a subject or a text, with `lines`, is empty, too long, or holds signs that no e-mail takes: one
/// sentence; nothing where all is well.
std::optional<message> typed_problem(std::string_view text, std::size_t longest, bool lines);
/// The same of what may be empty.
std::optional<message> signs_problem(std::string_view text, std::size_t longest, bool lines);

/// A placeholder that there is none, or a brace that is not closed: one sentence; nothing where all is well.
std::optional<message> template_problem(std::string_view text);

/// Placeholders filled in. A line of which every placeholder is empty goes, with the blank line that it leaves.
std::string filled_answer(std::string_view text, const answer_values &with);
/// The same for a subject: what is left of an empty placeholder at its end ("Ihre Anfrage: ") goes too.
std::string filled_subject(std::string_view text, const answer_values &with);

/// "Sehr geehrte Frau Huber," or "Dear Ms Huber,"; without a sex the whole name. `language`: "de" or "en".
std::string salutation_of(const person &who, std::string_view language);
/// The requested date as the place writes it; empty where none was named. `zone`: IANA.
std::string wished_date_of(const lead_content &content, const std::string &zone, std::string_view language);

/// The language to write to a person in: his, where it is one of ours; English for any other; `otherwise` where it is
/// not known.
std::string answer_language(const person &who, const std::string &otherwise);
inline constexpr std::string_view answer_languages[] = {"de", "en"};

/// A text that ships with the plugin, for an admin to take over.
struct shipped_answer {
  std::string title, kind, language, subject, body;  ///< kind: "receipt" or "answer"
};
std::vector<shipped_answer> shipped_answers();

}  // namespace lead_system
