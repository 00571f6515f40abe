// Writes the files of hand-made pictures, for the tests that open them in QGIS.
// Usage: lagesbild_write_synthetic_picture FOLDER [hostile|released|released-hostile]

#include <exception>
#include <filesystem>
#include <iostream>
#include <string>

#include "maps/picture_files.h"
#include "maps/released_files.h"
#include "tests/maps/synthetic_picture.h"
#include "tests/maps/synthetic_release.h"

int main(int argc, char** argv) {
  using namespace lagesbild;
  if (argc < 2) {
    std::cerr << "usage: " << argv[0] << " FOLDER [hostile|released|released-hostile]\n";
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  try {
    const std::string what = argc > 2 ? argv[2] : "";
    if (what.rfind("released", 0) == 0) {
      const maps::testing::SyntheticRelease made = what == "released-hostile"
                                                       ? maps::testing::MakeHostileRelease()
                                                       : maps::testing::MakeSyntheticRelease();
      for (const maps::WrittenFile& file :
           maps::WriteReleasedFiles(made.content, made.metadata, made.reference, folder))
        std::cout << file.path.string() << "\n";
      return 0;
    }
    const bool hostile = what == "hostile";
    for (const maps::testing::SyntheticPicture& made :
         {hostile ? maps::testing::MakeHostilePicture() : maps::testing::MakeSyntheticPicture({2026, 3}, 1)})
      for (const maps::WrittenFile& file :
           maps::WritePictureFiles(made.picture, made.metadata, made.reference, folder))
        std::cout << file.path.string() << "\n";
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  return 0;
}
