// serve_options.hpp - how a host serves, as the command line and the settings file say it.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "reference_host/command_line/commands.hpp"
#include "reference_host/web/server.hpp"

namespace dms::reference::command_line {

struct serve_options {
  std::string listen = "127.0.0.1:8080", certificate, key;
  std::vector<std::string> proxies, names;
  std::string drop_root, config, log_format = "text", log_level = "info", metrics_token;
  web::openid_options openid;
  std::string openid_secret_file;
  std::vector<std::string> openid_roles;  ///< "theirs=ours"
  mail_options mail;
  std::string mail_password_file;
  bool no_serve = false;
};

/// Adds the options that serve and demo share, but --data and those beside it (add_target).
void add_doors(CLI::App &command, serve_options &how);

/// What the face needs of it; certificate and key are read. Throws failure(dms_invalid) with the sentence.
web::server_options options_of(const serve_options &how);

/// How e-mails to people outside are sent, with the password; nothing is opened. Throws failure(dms_invalid) with the
/// sentence.
mail_options mail_of(const serve_options &how);

/// The options of a command line that was read once, read again: from the settings file as it is now.
serve_options read_again(const std::vector<std::string> &line);

/// Text or JSON, as much as wanted.
void shape_log(spdlog::logger &log, const serve_options &how);

}  // namespace dms::reference::command_line
