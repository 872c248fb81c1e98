// The program's manual page and the shells' completion, made from the very options that it reads.
#include <algorithm>
#include <iostream>
#include <sstream>

#include "reference_host/command_line/commands.hpp"
#include "reference_host/command_line/language.hpp"
#include "reference_host/core/version.hpp"

namespace dms::reference::command_line {
namespace {

/// A command that can be told, with its path: "intake token add".
struct known_command {
  std::string path;
  const CLI::App *command;
};

void collect(const CLI::App &from, const std::string &path, std::vector<known_command> &into) {
  for (const auto *inner : from.get_subcommands([](const CLI::App *each) { return !each->get_group().empty(); })) {
    const auto name = path.empty() ? inner->get_name() : path + ' ' + inner->get_name();
    into.push_back({name, inner});
    collect(*inner, name, into);
  }
}

std::vector<known_command> commands_of(const CLI::App &app) {
  std::vector<known_command> all;
  collect(app, {}, all);
  return all;
}

bool has_inner(const CLI::App &command) {
  return !command.get_subcommands([](const CLI::App *each) { return !each->get_group().empty(); }).empty();
}

std::vector<const CLI::Option *> options_shown(const CLI::App &command) {
  return command.get_options([](const CLI::Option *each) { return !each->get_group().empty(); });
}

/// Whether a word follows the option.
bool takes_value(const CLI::Option &option) {
  return option.get_items_expected_max() > 0;
}

// --- manual page, troff ---

std::string troff(std::string_view text) {
  std::string safe;
  for (const char letter : text) {
    if (letter == '\\') safe += "\\e";
    if (letter == '-') safe += "\\-";
    if (letter != '\\' && letter != '-') safe += letter;
  }
  // A line that begins with one of these would be a request.
  return safe.starts_with('.') || safe.starts_with('\'') ? "\\&" + safe : safe;
}

std::string option_heading(const CLI::Option &option) {
  if (option.get_positional() && option.nonpositional() == false) return "\\fI" + troff(option.get_name(true)) + "\\fR";
  std::string names;
  for (const auto &name : option.get_snames())
    names += (names.empty() ? "" : ", ") + ("\\fB" + troff("-" + name) + "\\fR");
  for (const auto &name : option.get_lnames())
    names += (names.empty() ? "" : ", ") + ("\\fB" + troff("--" + name) + "\\fR");
  return takes_value(option) ? names + " \\fI" + troff(option.get_type_name()) + "\\fR" : names;
}

void write_options(std::ostream &to, const CLI::App &command) {
  for (const auto *option : options_shown(command)) {
    to << ".TP\n" << option_heading(*option) << '\n' << troff(option->get_description());
    if (!option->get_default_str().empty()) to << " (" << troff(option->get_default_str()) << ')';
    if (!option->get_envname().empty()) to << " [" << troff(option->get_envname()) << ']';
    to << '\n';
  }
}

void write_manual(std::ostream &to, const CLI::App &app) {
  to << ".TH DMS_HOST 1 \"\" \"dms_host " << troff(host_version) << "\" \"\"\n.SH NAME\ndms_host \\- "
     << troff(app.get_description()) << "\n.SH SYNOPSIS\n.B dms_host\n.I COMMAND\n.RI [ OPTION ...]\n.SH COMMANDS\n";
  for (const auto &[path, command] : commands_of(app)) {
    if (has_inner(*command)) continue;
    to << ".SS " << troff("dms_host " + path) << '\n' << troff(command->get_description()) << ".\n";
    write_options(to, *command);
  }
  to << ".SH \"EXIT STATUS\"\n"
     << troff(said("0: done. 1: not done. 2: wrong usage. 3: something is in quarantine (import). Why is said in one "
                   "sentence."))
     << "\n.SH \"SEE ALSO\"\n.BR dms\\-host.conf (5),\n.BR dms\\-sources (5),\n.BR dms\\-admin (8)\n";
}

/// What may stand in a settings file: the options of serve that take a value.
void write_settings(std::ostream &to, const CLI::App &app) {
  to << ".TH DMS\\-HOST.CONF 5 \"\" \"dms_host " << troff(host_version) << "\" \"\"\n.SH NAME\ndms\\-host.conf \\- "
     << troff(said("settings of the host")) << "\n.SH SYNOPSIS\n/etc/dms/host.conf\n.SH DESCRIPTION\n"
     << troff(said("One setting a line: its name, a space, its value, in quotes where it has spaces or signs. What "
                   "stands behind a semicolon is a remark. A setting may stand there several times where the command "
                   "line takes it several times. What stands on the command line counts before the file. A value "
                   "\"credential:NAME\" is the file of that name among the credentials of the service: of "
                   "dms-host.service \"credential:dms_NAME\" is the file /etc/dms/secrets/NAME."))
     << "\n.SH SETTINGS\n";
  for (const auto *option : options_shown(*app.get_subcommand("serve"))) {
    if (!takes_value(*option) || option->get_lnames().empty() || option->get_lnames().front() == "config") continue;
    to << ".TP\n\\fB" << troff(option->get_lnames().front()) << "\\fR \\fI" << troff(option->get_type_name())
       << "\\fR\n"
       << troff(option->get_description());
    if (!option->get_default_str().empty()) to << " (" << troff(option->get_default_str()) << ')';
    to << '\n';
  }
  to << ".SH EXAMPLE\n.nf\nlisten \"0.0.0.0:8443\"\ntls\\-certificate \"/etc/ssl/certs/dms.pem\"\n"
        "tls\\-key \"credential:dms_tls_key\"\nhost\\-name dms.example.at\n.fi\n.SH \"SEE ALSO\"\n"
        ".BR dms_host (1),\n.BR dms\\-sources (5),\n.BR systemd.exec (5)\n";
}

// --- completion: after each path of commands the words that may come ---

std::string words_after(const CLI::App &command, bool with_values) {
  std::string words;
  const auto add = [&](const std::string &word) { words += (words.empty() ? "" : " ") + word; };
  for (const auto *inner : command.get_subcommands([](const CLI::App *each) { return !each->get_group().empty(); })) {
    if (!with_values) add(inner->get_name());
  }
  for (const auto *option : options_shown(command)) {
    if (with_values && !takes_value(*option)) continue;
    for (const auto &name : option->get_lnames()) add("--" + name);
  }
  return words;
}

void write_cases(std::ostream &to, const CLI::App &app) {
  to << "    '') offered='" << words_after(app, false) << "' ;;\n";
  for (const auto &[path, command] : commands_of(app)) {
    to << "    '" << path << "') offered='" << words_after(*command, false) << "' valued='"
       << words_after(*command, true) << "' ;;\n";
  }
}

void write_bash(std::ostream &to, const CLI::App &app) {
  to << R"(# bash completion for dms_host
_dms_host() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} path= offered valued= index
  _dms_host_words() {
    valued=
    case $1 in
)";
  write_cases(to, app);
  to << R"(    *) return 1 ;;
    esac
  }
  _dms_host_words ''
  for ((index = 1; index < COMP_CWORD; ++index)); do
    _dms_host_words "${path:+$path }${COMP_WORDS[index]}" || continue
    path="${path:+$path }${COMP_WORDS[index]}"
  done
  _dms_host_words "$path"
  COMPREPLY=()
  case " $valued " in *" $before "*) compopt -o default; return ;; esac
  mapfile -t COMPREPLY < <(compgen -W "$offered" -- "$current")
  [ ${#COMPREPLY[@]} -gt 0 ] || compopt -o default
}
complete -F _dms_host dms_host dms-admin
)";
}

/// zsh reads what bash reads; only where the words come from and go to is its own.
void write_zsh(std::ostream &to, const CLI::App &app) {
  to << R"(#compdef dms_host dms-admin
_dms_host() {
  local typed_path='' offered='' valued='' index next
  local -a typed=("${(@)words}")
  _dms_host_words() {
    valued=
    case $1 in
)";
  write_cases(to, app);
  to << R"(    *) return 1 ;;
    esac
  }
  for ((index = 2; index < CURRENT; ++index)); do
    next="${typed_path:+$typed_path }${typed[index]}"
    _dms_host_words "$next" && typed_path=$next
  done
  _dms_host_words "$typed_path"
  if [[ " $valued " == *" ${typed[CURRENT-1]} "* ]]; then _files; return; fi
  compadd -- ${(s: :)offered} || _files
}
_dms_host "$@"
)";
}

struct manual_options {
  std::string what = "man";
};

int write(const CLI::App &app, const manual_options &how) {
  std::ostringstream text;
  if (how.what == "man") write_manual(text, app);
  if (how.what == "settings") write_settings(text, app);
  if (how.what == "bash") write_bash(text, app);
  if (how.what == "zsh") write_zsh(text, app);
  std::cout << text.str();
  return ended_well;
}

}  // namespace

void add_manual(CLI::App &app, chosen &run) {
  auto *command = app.add_subcommand("manual", "Write the manual page, or what a shell completes");
  auto how = std::make_shared<manual_options>();
  command->add_option("what", how->what, "man, settings (their manual page), bash or zsh")
      ->check(CLI::IsMember({"man", "settings", "bash", "zsh"}))
      ->capture_default_str();
  command->callback([&app, &run, how] { run = [&app, how] { return write(app, *how); }; });
}

}  // namespace dms::reference::command_line
