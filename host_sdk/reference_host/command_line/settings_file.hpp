// settings_file.hpp - a file that says what the command line would say: the same names, in PropertyTree INFO.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace dms::reference::command_line {

using words = std::vector<std::string>;

/// The words of a command line without the program's name, with those of the file that its --config names. What stands
/// on the line, or in the environment of an option, counts before the file, also where it excludes it. A value
/// "credential:NAME" is the file of that name among the credentials of the service (systemd.exec(5)); commands that do
/// not serve go without. Throws failure(dms_invalid) with the sentence for a file that cannot be read or names what is
/// no option.
words with_settings(const CLI::App &app, words line);

/// The settings of a file that are among the credentials of the service, where this is not the service: nobody else
/// reads them.
words unseen_in(const std::string &file);

}  // namespace dms::reference::command_line
