#include "reference_host/command_line/serve_options.hpp"

#include <spdlog/spdlog.h>

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "dms/cpp/mail_text.hpp"
#include "reference_host/command_line/settings_file.hpp"
#include "reference_host/core/log_lines.hpp"

namespace dms::reference::command_line {
namespace {

std::string text_of_file(const std::string &path) {
  std::ifstream from(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(from)), {});
  if (!from || text.empty()) throw failure(dms_invalid, "The file \"" + path + "\" cannot be read.");
  return text;
}

void read_tls(const serve_options &how, web::server_options &into) {
  if (how.certificate.empty() != how.key.empty()) {
    throw failure(dms_invalid, "TLS needs both --tls-certificate and --tls-key.");
  }
  if (how.certificate.empty()) return;
  into.certificate_pem = text_of_file(how.certificate);
  into.key_pem = text_of_file(how.key);
}

web::openid_options provider_of(const serve_options &how) {
  auto provider = how.openid;
  if (provider.issuer.empty()) return provider;
  if (!how.openid_secret_file.empty()) provider.secret = secret_in(how.openid_secret_file);
  for (const auto &pair : how.openid_roles) {
    const auto sign = pair.rfind('=');
    if (sign == std::string::npos || sign == 0) {
      throw failure(dms_invalid, "A role of the sign-in service is written as in dms-sellers=sales.");
    }
    provider.roles[pair.substr(0, sign)] = pair.substr(sign + 1);
  }
  return web::openid(provider).how();
}

void add_provider(CLI::App &command, serve_options &how) {
  command
      .add_option("--openid-issuer", how.openid.issuer,
                  "Address of a sign-in service (OpenID Connect) where people may sign in besides here")
      ->type_name("URL");
  command.add_option("--openid-client", how.openid.client, "Id that the sign-in service gave this host")
      ->type_name("ID");
  command
      .add_option("--openid-secret-file", how.openid_secret_file,
                  "File with the secret that belongs to it; without it the host is a public client")
      ->type_name("FILE");
  command.add_option("--openid-name", how.openid.name, "What people call the sign-in service")
      ->capture_default_str()
      ->type_name("NAME");
  command.add_option("--openid-scopes", how.openid.scopes, "What the sign-in service is asked for")
      ->capture_default_str()
      ->type_name("TEXT");
  command.add_option("--openid-roles-claim", how.openid.roles_claim, "Claim that lists somebody's roles")
      ->capture_default_str()
      ->type_name("NAME");
  command.add_option("--openid-locations-claim", how.openid.locations_claim, "Claim that lists somebody's locations")
      ->capture_default_str()
      ->type_name("NAME");
  command
      .add_option("--openid-role", how.openid_roles,
                  "What the sign-in service calls a role, as in dms-sellers=sales; may be given several times")
      ->type_name("THEIRS=OURS");
}

void add_mail(CLI::App &command, serve_options &how) {
  command
      .add_option("--mail-server", how.mail.server,
                  "Mail server for e-mails to people outside, as smtps://mail.example.at; without it none are sent")
      ->type_name("URL");
  command.add_option("--mail-from", how.mail.from, "Address that these e-mails are from")->type_name("ADDRESS");
  command.add_option("--mail-user", how.mail.user, "Name at the mail server")->type_name("NAME");
  command
      .add_option("--mail-password-file", how.mail_password_file,
                  "File with the password at the mail server; else it is in DMS_MAIL_PASSWORD")
      ->type_name("FILE");
  command
      .add_option("--mail-ca", how.mail.authorities,
                  "Authorities that vouch for the mail server (PEM); else the system's")
      ->type_name("FILE");
  command
      .add_option("--mail-replies", how.mail.replies,
                  "Folder where answers to --mail-from are laid down: a maildir, or a message a file")
      ->type_name("DIR");
}

}  // namespace

mail_options mail_of(const serve_options &how) {
  auto mail = how.mail;
  if (mail.server.empty() && mail.from.empty()) {
    if (!mail.replies.empty()) throw failure(dms_invalid, "--mail-replies needs --mail-server and --mail-from.");
    return mail;
  }
  if (!mail.server.starts_with("smtp://") && !mail.server.starts_with("smtps://")) {
    throw failure(dms_invalid, "The mail server is written as in smtps://mail.example.at.");
  }
  if (mail.server.find('@') != std::string::npos) {
    throw failure(dms_invalid, "Name and password of the mail server go into --mail-user and --mail-password-file.");
  }
  if (!is_mail_address(mail.from)) {
    throw failure(dms_invalid, "E-mails need a sender: give --mail-from, as in leads@example.at.");
  }
  if (!how.mail_password_file.empty()) {
    mail.password = secret_in(how.mail_password_file);
  } else if (const char *given = std::getenv("DMS_MAIL_PASSWORD")) {
    mail.password = given;
  }
  return mail;
}

web::server_options options_of(const serve_options &how) {
  const auto colon = how.listen.rfind(':');
  const auto port = colon == std::string::npos ? std::string{} : how.listen.substr(colon + 1);
  unsigned number = 0;
  const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
  if (port.empty() || read.ptr != port.data() + port.size() || number > 65535 || colon == 0) {
    throw failure(dms_invalid, "The address to listen on is written as in 127.0.0.1:8080.");
  }
  auto address = how.listen.substr(0, colon);
  if (address.size() > 2 && address.front() == '[') address = address.substr(1, address.size() - 2);
  web::server_options options;
  options.address = address;
  options.port = static_cast<int>(number);
  options.trusted_proxies = how.proxies;
  options.host_names = how.names;
  read_tls(how, options);
  if (!how.metrics_token.empty()) options.metrics_token = secret_in(how.metrics_token);
  options.provider = provider_of(how);
  return options;
}

void add_doors(CLI::App &command, serve_options &how) {
  command.add_option("--listen", how.listen, "Address and port")->capture_default_str()->type_name("ADDR:PORT");
  command.add_option("--tls-certificate", how.certificate, "Serve over TLS with this certificate and its chain (PEM)")
      ->type_name("FILE");
  command.add_option("--tls-key", how.key, "Key of the certificate (PEM, without a password)")->type_name("FILE");
  command
      .add_option("--trusted-proxy", how.proxies,
                  "Address of a proxy whose X-Forwarded-For, -Proto and -Host count; may be given several times")
      ->type_name("ADDRESS");
  command
      .add_option("--host-name", how.names,
                  "Name with a dot under which browsers reach this host; may be given several times")
      ->type_name("NAME");
  command
      .add_option("--drop-root", how.drop_root,
                  "Folder below which admins may name drop folders; else below the data directory")
      ->type_name("DIR");
  command
      .add_option("--metrics-token-file", how.metrics_token,
                  "File with the token for GET /metrics; without it there are no numbers")
      ->type_name("FILE");
  add_provider(command, how);
  add_mail(command, how);
  command
      .add_option("--config", how.config, "Settings file: what the line does not say stands there, by the same names")
      ->type_name("FILE");
  command.add_option("--log-format", how.log_format, "How the log is written: text, or json for programs")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str()
      ->type_name("text|json");
  command.add_option("--log-level", how.log_level, "From which level on: debug, info, warning or error")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}))
      ->capture_default_str()
      ->type_name("LEVEL");
}

serve_options read_again(const std::vector<std::string> &line) {
  CLI::App app("", "dms_host");
  auto *command = app.add_subcommand(line.at(0));
  target of;
  serve_options how;
  add_target(*command, of);
  add_doors(*command, how);
  command->add_option("--locale");
  auto words = with_settings(app, line);
  std::reverse(words.begin(), words.end());  // as CLI11 takes them
  app.parse(words);
  return how;
}

void shape_log(spdlog::logger &log, const serve_options &how) {
  log.set_formatter(how.log_format == "json" ? json_line_formatter()
                                             : one_line_formatter("%Y-%m-%dT%H:%M:%S.%e%z %l %v"));
  log.set_level(spdlog::level::from_str(how.log_level));
}

}  // namespace dms::reference::command_line
