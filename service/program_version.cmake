# Writes the program's version with a fingerprint of the sources that results depend on:
#   cmake -DROOT=... -DVERSION=0.1.0 -DOUTPUT=file.cc -P program_version.cmake
# Two builds of one release number with different sources make different runs.
file(GLOB sources LIST_DIRECTORIES false RELATIVE ${ROOT}
  ${ROOT}/geo/*.cc ${ROOT}/geo/*.h ${ROOT}/maps/*.cc ${ROOT}/maps/*.h ${ROOT}/service/*.cc ${ROOT}/service/*.h)
list(SORT sources)
set(text "")
foreach(source ${sources})
  file(SHA256 ${ROOT}/${source} hash)
  string(APPEND text "${source} ${hash}\n")
endforeach()
string(SHA256 fingerprint "${text}")
string(SUBSTRING ${fingerprint} 0 8 fingerprint)
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT
"#include \"service/runs.h\"

namespace lagesbild::service {

std::string ProgramVersion() { return \"@VERSION@+@fingerprint@\"; }

}  // namespace lagesbild::service
")
