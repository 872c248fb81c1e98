# cmake -DNAMES=a;b -DFILES=x;y -DOUTPUT=out.cpp -P embed.cmake: files as arrays in one C++ source, so that the plugin
# is one library and needs no data directory.
set(body "")
set(entries "")
list(LENGTH FILES count)
math(EXPR last "${count} - 1")
foreach(index RANGE ${last})
  list(GET FILES ${index} file)
  list(GET NAMES ${index} name)
  file(READ ${file} hex HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR length "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  string(APPEND body "constexpr char file_${index}[] = {${bytes}0};\n")
  string(APPEND entries "    {\"${name}\", {file_${index}, ${length}}},\n")
endforeach()
file(WRITE ${OUTPUT} "// Made by embed.cmake.
#include \"screens/embedded.hpp\"
namespace lead_system::screens {
namespace {
${body}constexpr embedded_file files[] = {
${entries}};
}  // namespace
std::span<const embedded_file> embedded_files() noexcept {
  return files;
}
}  // namespace lead_system::screens
")
