#include "reference_host/core/data/postgresql_dump.hpp"

#include <fcntl.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>

#include "dms/cpp/basics.hpp"
#include "reference_host/core/data/dialect.hpp"

namespace dms::reference {
namespace {

namespace fs = std::filesystem;

struct connection {
  std::string options;   ///< "host='…' dbname='…'", without the password
  std::string password;  ///< goes by the environment: others on the machine can read a command line
};

connection connection_of(const std::string &address) {
  char *reason = nullptr;
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption *)> parsed(
      ::PQconninfoParse(address.c_str(), &reason), &::PQconninfoFree);
  const std::unique_ptr<char, void (*)(void *)> said(reason, &::PQfreemem);
  if (!parsed) throw failure(dms_invalid, "The address of the database cannot be read.");
  connection found;
  for (const auto *option = parsed.get(); option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    if (std::strcmp(option->keyword, "password") == 0) {
      found.password = option->val;
      continue;
    }
    found.options += std::string(option->keyword) + "='";
    for (const char *sign = option->val; *sign != '\0'; ++sign) {
      if (*sign == '\'' || *sign == '\\') found.options += '\\';
      found.options += *sign;
    }
    found.options += "' ";
  }
  return found;
}

std::vector<std::string> environment_with(const std::string &password) {
  std::vector<std::string> values;
  for (char **one = environ; *one != nullptr; ++one) values.emplace_back(*one);
  if (!password.empty()) values.push_back("PGPASSWORD=" + password);
  return values;
}

std::vector<char *> pointers_to(std::vector<std::string> &texts) {
  std::vector<char *> pointers;
  for (auto &text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::string first_line(const fs::path &file) {
  std::string line;
  std::ifstream in(file);
  std::getline(in, line);
  return line;
}

/// What it says goes into `words`. Throws where it does not end well.
void run_tool(std::vector<std::string> command, const std::string &password, const fs::path &words) {
  auto values = environment_with(password);
  const auto tool = command.front();
  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&files, STDERR_FILENO, words.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ::posix_spawn_file_actions_adddup2(&files, STDERR_FILENO, STDOUT_FILENO);
  pid_t child = 0;
  const int fault =
      ::posix_spawnp(&child, tool.c_str(), &files, nullptr, pointers_to(command).data(), pointers_to(values).data());
  ::posix_spawn_file_actions_destroy(&files);
  if (fault != 0) {
    throw failure(dms_unavailable,
                  "The program \"" + tool + "\" is not there; install PostgreSQL's client (postgresql-client).");
  }
  int ended = 0;
  while (::waitpid(child, &ended, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(ended) && WEXITSTATUS(ended) == 0) return;
  const auto said = first_line(words);
  throw failure(dms_unavailable, said.empty() ? "The program \"" + tool + "\" did not end well." : said);
}

}  // namespace

std::vector<std::string> schemas_there(const std::string &address, const std::vector<std::string> &schemas) {
  std::vector<std::string> found;
  const auto sql = open_session(address);
  for (const auto &schema : schemas) {
    int known = 0;
    *sql << "select count(*) from pg_catalog.pg_namespace where nspname = :name", soci::use(schema), soci::into(known);
    if (known > 0) found.push_back(schema);
  }
  return found;
}

void dump_schemas(const std::string &address, const std::vector<std::string> &schemas, const fs::path &to) {
  const auto how = connection_of(address);
  std::vector<std::string> command{"pg_dump",         "--format=custom", "--no-owner",
                                   "--no-privileges", "--no-password",   "--lock-wait-timeout=60s",
                                   "--file",          to.string(),       "--strict-names"};
  for (const auto &schema : schemas) command.push_back("--schema=\"" + schema + '"');
  command.push_back("--dbname=" + how.options);
  run_tool(std::move(command), how.password, to.string() + ".words");
}

void restore_dump(const std::string &address, const fs::path &from) {
  const auto how = connection_of(address);
  run_tool({"pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-password",
            "--dbname=" + how.options, from.string()},
           how.password, from.string() + ".words");
}

}  // namespace dms::reference
