// What a newer plugin writes into the error of an older host: as much as fits.
#include <cstdio>
#include <cstdlib>

#include "dms/cpp/basics.hpp"

namespace {

void expect(bool holds, const char *what) {
  if (holds) return;
  std::fprintf(stderr, "not so: %s\n", what);
  std::exit(1);
}

}  // namespace

int main() {
  static_assert(sizeof(dms_error) > DMS_ERROR_SIZE_1_0, "built with grown headers");
  dms_error error{};
  error.struct_size = DMS_ERROR_SIZE_1_0;
  expect(dms::fail(&error, dms_conflict, "Grüße") == dms_conflict, "the status is returned");
  expect(error.code == dms_conflict && std::string_view(error.message) == "Grüße", "an error of 1.0 is filled");
  dms_error small{};
  small.struct_size = 12;
  dms::fail(&small, dms_refused, "Grüße");
  expect(small.code == dms_refused && std::string_view(small.message) == "Gr", "a smaller one gets whole characters");
  dms_error tiny{};
  tiny.struct_size = 4;
  dms::fail(&tiny, dms_refused, "x");
  expect(tiny.code == 0, "one without room stays as it is");
  dms::fail(nullptr, dms_refused, "x");
}
