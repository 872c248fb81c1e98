#include "paths.hpp"

namespace paths {

std::string data() {
  return SOURCE_DIR "/tests/data";
}

std::string source() {
  return SOURCE_DIR;
}

std::string build() {
  return BUILD_DIR;
}

}  // namespace paths
