// A document that a hostile plugin wrote, as a page: it may look like anything, but it runs nothing.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "reference_host/web/page.hpp"
#include "reference_host/web/rendered.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size) {
  using namespace dms::reference::web;
  static const words said;
  static const templates german(said, "de-AT");
  auto document = dms::read_json({reinterpret_cast<const char *>(bytes), size});
  if (!document || !document->is_object()) return 0;
  view made(german, own_addresses());
  made.screen = text(*document, "id");
  made.csrf = "token";
  const attempt failed{"assign", *document, {{"", "No."}, {"user", "No."}}};
  if (truth(*document, "failed")) made.failed = &failed;
  const auto page = render_screen(made, *document, {}).html();
  for (const auto *never : {"<script", "<iframe", "href=\"javascript:", "href=\"data:", " onerror=\"", " onclick=\""}) {
    if (page.find(never) != std::string::npos) std::abort();
  }
  return 0;
}
