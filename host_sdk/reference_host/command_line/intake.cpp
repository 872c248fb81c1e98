// Intake tokens.
#include <iostream>

#include "reference_host/command_line/commands.hpp"
#include "reference_host/command_line/language.hpp"

namespace dms::reference::command_line {
namespace {

struct token_options {
  std::string source, label;
  std::int64_t id = 0;
};

int add_token(const target &of, const token_options &how) {
  const auto into = open_host(of);
  const auto now = into->clock().now_us();
  const auto token = into->data().intake_tokens.add(how.source, how.label, now);
  into->data().audit.write({0, now, "", "command_line", "intake_token.add", how.source, how.label});
  std::cout << token << '\n';
  std::cerr << said("Keep this token: it is shown only now.") << '\n';
  return ended_well;
}

int list_tokens(const target &of) {
  for (const auto &token : open_host(of)->data().intake_tokens.all()) {
    std::cout << token.id << '\t' << token.source << '\t' << (token.label.empty() ? "-" : token.label) << '\t'
              << (token.used_us == 0 ? "never used" : "used") << '\n';
  }
  return ended_well;
}

int revoke_token(const target &of, std::int64_t id) {
  const auto into = open_host(of);
  if (!into->data().intake_tokens.revoke(id)) {
    throw failure(dms_not_found, "There is no intake token \"" + std::to_string(id) + "\".");
  }
  into->data().audit.write(
      {0, into->clock().now_us(), "", "command_line", "intake_token.revoke", std::to_string(id), ""});
  std::cout << said("The token \"{1}\" is revoked.", std::to_string(id)) << '\n';
  return ended_well;
}

}  // namespace

void add_intake(CLI::App &app, target &of, chosen &run) {
  auto *family = app.add_subcommand("intake", "Who may post payloads over HTTP")->require_subcommand(1);
  auto *tokens = family->add_subcommand("token", "Tokens for POST /intake/{source}")->require_subcommand(1);
  auto how = std::make_shared<token_options>();
  auto *add = tokens->add_subcommand("add", "Make a token; it is printed once");
  add_target(*add, of);
  add->add_option("source", how->source, "Source id, or * for all")->required();
  add->add_option("--label", how->label, "What it is for");
  add->callback([&of, &run, how] { run = [&of, how] { return add_token(of, *how); }; });
  auto *list = tokens->add_subcommand("list", "All tokens, never the tokens themselves");
  add_target(*list, of);
  list->callback([&of, &run] { run = [&of] { return list_tokens(of); }; });
  auto *revoke = tokens->add_subcommand("revoke", "Take a token back");
  add_target(*revoke, of);
  revoke->add_option("id", how->id, "Its number in the list")->required();
  revoke->callback([&of, &run, how] { run = [&of, how] { return revoke_token(of, how->id); }; });
}

}  // namespace dms::reference::command_line
