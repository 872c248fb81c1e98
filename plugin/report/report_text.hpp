// report_text.hpp - the document of the evaluation screen as files that need nothing else: a page to print, and CSV.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace lead_system::report {

/// A whole HTML page, with its own look for paper; the links lead nowhere and are plain numbers. `subtitle`: whose
/// numbers these are, of which period.
std::string as_html(const nlohmann::json &document, const std::string &language, const std::string &subtitle);
/// All tables one below the other, UTF-8 with its mark. `decimal` and `separator` as the reader's language has them.
std::string as_csv(const nlohmann::json &document, char separator, char decimal);
/// The key figures, one a line: "Received: 298".
std::string key_figures(const nlohmann::json &document);

}  // namespace lead_system::report
