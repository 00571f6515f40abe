#include "geo/contact_role.h"

#include <gtest/gtest.h>

#include <vector>

namespace lagesbild::geo {
namespace {

const std::vector<std::string> kPlaces = {"Heby", "Östervåla"};

TEST(ContactRole, IsARoleOfTheOrganization) {
  for (const char* text : {"", "säkerhetssamordnare", "Rektor, Östervåla skola", "kommunpolis Heby", "VD",
                           "LPO Heby, kommunpolis", "Kommunpolis", "ordförande i föreningen", "Ungdomscoach",
                           "Hebys säkerhetschef", "HR-chef"})
    EXPECT_FALSE(CheckContactRole(text, kPlaces)) << text;
}

TEST(ContactRole, IsRefusedWithPersonalData) {
  for (const char* text : {"rektor 070-123 45 67", "rektor@skola.se", "kurator, kurator (at) skola.se",
                           "kassör 19121212-1212", "chef @kontoret"})
    EXPECT_EQ(CheckContactRole(text, kPlaces), ContactRoleFault::kPersonalData) << text;
}

TEST(ContactRole, IsRefusedWhereItLooksLikeAName) {
  for (const char* text : {"Anna Svensson", "Rektor Anna Svensson", "Anna, rektor", "rektor Åsa Öberg",
                           "Kurator Li", "ANNAS kurator", "rektor anna svensson"})
    EXPECT_EQ(CheckContactRole(text, kPlaces), ContactRoleFault::kLooksLikeName) << text;
}

TEST(ContactRole, IsRefusedWithoutARole) {
  for (const char* text : {"rum tolv", "rum 12, rektor", "  ", "den som svarar"})
    EXPECT_EQ(CheckContactRole(text, kPlaces), ContactRoleFault::kNoRole) << text;
}

}  // namespace
}  // namespace lagesbild::geo
