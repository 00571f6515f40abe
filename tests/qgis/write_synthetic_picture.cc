// Writes the files of hand-made pictures, for the tests that open them in QGIS.
// Usage: lagesbild_write_synthetic_picture FOLDER [hostile]

#include <exception>
#include <filesystem>
#include <iostream>
#include <string>

#include "maps/picture_files.h"
#include "tests/maps/synthetic_picture.h"

int main(int argc, char** argv) {
  using namespace lagesbild;
  if (argc < 2) {
    std::cerr << "usage: " << argv[0] << " FOLDER [hostile]\n";
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  try {
    const bool hostile = argc > 2 && std::string(argv[2]) == "hostile";
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
