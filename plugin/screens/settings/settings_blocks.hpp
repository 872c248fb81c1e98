// settings_blocks.hpp - the parts of Lead Einstellungen.
#pragma once

#include "access/coverage.hpp"
#include "screens/kit/document.hpp"
#include "screens/kit/parameters.hpp"
#include "screens/kit/parts.hpp"
#include "screens/kit/results.hpp"

namespace lead_system::screens {

constexpr std::string_view settings_id = "leads.settings";

/// "Wien, Graz und Linz"
std::string enumerated(const request &by, const std::vector<std::string> &names);
/// 30 Min., 4 Std., 1 Arbeitstag: minutes in opening hours, a working day is 600 of them.
std::string working_span(const request &by, int minutes);

// Coverage (settings_coverage.cpp)
/// Open leads whose salesperson is not here and not represented; null where there are none.
json absent_notice(const request &by, const std::vector<access::open_leads> &leads);
json coverage_notice(const request &by, const access::coverage_report &report);
json coverage_summary(const request &by, const access::coverage_report &report);

struct rights_view;
// Rights (settings_users.cpp, settings_matrix.cpp, settings_sees.cpp)
json rights_filters(const request &by, const parameters &sent);
json rights_matrix(const rights_view &view);
/// "Was sieht …?" of the user that the address names; without one only the choice. Throws dms_not_found.
void add_sees(json &blocks, const rights_view &view);

// The other tabs (settings_tabs.cpp, settings_sources.cpp, settings_history.cpp)
json types_table(const request &by);
json codes_table(const request &by);
json code_form(const request &by);
json sources_table(const request &by);
json history_table(const request &by);
std::int64_t unmapped_codes(const request &by);

// Assignment (settings_assignment.cpp)
json assignment_table(const request &by);
dms::answer set_assignment(const request &by, const parameters &input);
/// Locations as the settings' history keeps them, in words.
std::string places_words(const request &by, const std::string &text);

// Answers (settings_answers.cpp, settings_answer_form.cpp)
void add_answers(json &blocks, const request &by, const parameters &sent);
json answers_actions(const request &by, const parameters &sent);
/// The form of one template, where the address asks for it, with how it reads.
void add_answer_template(json &blocks, const request &by, const parameters &sent);
json answer_template_actions(const request &by, const parameters &sent);
dms::answer set_answer_template(const request &by, const parameters &input);
dms::answer remove_answer_template(const request &by, const parameters &input);
dms::answer take_shipped_answers(const request &by, const parameters &input);
dms::answer set_answer_footer(const request &by, const parameters &input);
dms::answer set_receipts(const request &by, const parameters &input);
/// "all leads", "Test drive": for which leads a template is.
std::string reach_words(const request &by, const std::string &reach);
std::string answer_kind_words(const request &by, const std::string &kind);

// Feedback channels (settings_channels.cpp)
json channels_table(const request &by);
/// The form of one channel, where the address asks for it: only the fields of the chosen way.
void add_channel(json &blocks, const request &by, const parameters &sent);
/// A channel as the settings' history keeps it, in words.
std::string channel_words(const request &by, const std::string &text);
dms::answer set_feedback_channel(const request &by, const parameters &input);
dms::answer test_feedback_channel(const request &by, const parameters &input);

/// grant, grant_many, copy_rights, undo, lead_type, assignment, dealer_code, feedback_channel, feedback_test,
/// answer_template, answer_remove, answer_take, answer_footer, receipts (settings_actions.cpp)
dms::answer act_on_settings(const request &by, std::string_view action, const parameters &input);
/// The grant that `input` describes; what is wrong goes into `wrong`.
access::grant read_grant(const request &by, const parameters &input, std::map<std::string, message> &wrong);

}  // namespace lead_system::screens
