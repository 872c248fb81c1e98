// dms-render [OPTION...] [DOCUMENT]: a document of dms.screen/1 (a file, or the input) as HTML.
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>

#include "dms/cpp/basics.hpp"
#include "render/c_face/dms_render.h"

namespace {

constexpr auto usage = R"(usage: dms-render [OPTION...] [DOCUMENT]
  --locale de-AT|en     of the renderer's own words
  --screens ADDRESS     what stands before a screen's id ("/screens/")
  --assets ADDRESS      what stands before an asset's name ("/assets/")
  --places JSON         addresses of what links mean ({"customer":"/customers/show"})
  --part                only what belongs into a page's main element
  --asset NAME          writes that file (app.css, app.js) instead
)";

dms_status to_output(void *, dms_str bytes) {
  std::cout << dms::view(bytes);
  return std::cout ? dms_ok : dms_failed;
}

std::string read_all(const std::string &file) {
  if (file.empty()) return {std::istreambuf_iterator<char>(std::cin), {}};
  std::ifstream from(file, std::ios::binary);
  if (!from) throw dms::failure(dms_not_found, "The file " + file + " cannot be read.");
  return {std::istreambuf_iterator<char>(from), {}};
}

int run(std::map<std::string, std::string> &given, const std::string &file, bool part) {
  const dms_sink output{nullptr, &to_output};
  auto error = dms::no_error();
  if (given.contains("--asset")) {
    dms::check(dms_render_asset(dms::str(given["--asset"]), &output, &error), error);
    return 0;
  }
  dms_render_options how{};
  how.struct_size = sizeof how;
  how.whole_page = part ? 0 : 1;
  how.locale = dms::str(given["--locale"]);
  how.screens = dms::str(given["--screens"]);
  how.assets = dms::str(given["--assets"]);
  how.places = dms::str(given["--places"]);
  const auto document = read_all(file);
  dms::check(dms_render(dms::str(document), &how, &output, &error), error);
  return 0;
}

}  // namespace

int main(int count, char **words) {
  std::map<std::string, std::string> given{{"--locale", ""}, {"--screens", ""}, {"--assets", ""}, {"--places", ""}};
  std::string file;
  bool part = false;
  for (int at = 1; at < count; ++at) {
    const std::string word = words[at];
    if (word == "--part") {
      part = true;
    } else if ((given.contains(word) || word == "--asset") && at + 1 < count) {
      given[word] = words[++at];
    } else if (word.starts_with("-") || !file.empty()) {
      std::cerr << usage;
      return 2;
    } else {
      file = word;
    }
  }
  try {
    return run(given, file, part);
  } catch (const std::exception &reason) {
    std::cerr << reason.what() << '\n';
    return 1;
  }
}
