#include "service/import_row_text.h"

namespace lagesbild::service {

std::string InSwedish(geo::PersonalDataKind kind) {
  switch (kind) {
    case geo::PersonalDataKind::kPersonalIdentityNumber:
      return "ett personnummer";
    case geo::PersonalDataKind::kPhoneNumber:
      return "ett telefonnummer";
    case geo::PersonalDataKind::kEmailAddress:
      return "en e-postadress";
    case geo::PersonalDataKind::kPersonName:
      return "ett personnamn";
    case geo::PersonalDataKind::kAccountName:
      return "ett kontonamn";
  }
  return "en personuppgift";
}

std::string InSwedish(const maps::TableRow& row) {
  const std::string cells = std::to_string(row.cell_count), columns = std::to_string(row.column_count);
  switch (row.fault) {
    case maps::TableFault::kNone:
      break;
    case maps::TableFault::kTooManyCells:
      return "Raden kan inte läsas: raden har " + cells + " celler men rubrikraden " + columns +
             " kolumner; sätt citattecken om text som innehåller skiljetecknet och skicka raden igen.";
    case maps::TableFault::kTooFewCells:
      return "Raden kan inte läsas: raden har " + cells + " av " + columns +
             " kolumner; den är avhuggen eller har ett annat skiljetecken; rätta den och skicka den igen.";
    case maps::TableFault::kNulByte:
      return "Raden kan inte läsas: den innehåller ett NUL-tecken, som inte hör hemma i en text; ta bort det "
             "och skicka raden igen.";
    case maps::TableFault::kTooLong:
      return "Raden kan inte läsas: den är längre än 1 MiB; ett citattecken fattas troligen; rätta raden och "
             "skicka den igen.";
    case maps::TableFault::kBadEncoding:
      return "Raden kan inte läsas: den har tecken som inte finns i filens teckenkodning; ange rätt encoding "
             "under [file] i mappningen eller spara filen som UTF-8.";
    case maps::TableFault::kOpenQuote:
      return "Raden kan inte läsas: ett citattecken öppnas men stängs inte; rätta det och skicka raden igen.";
  }
  return "Raden kan inte läsas; rätta den och skicka den igen.";
}

std::string InSwedish(ClockFault fault) {
  switch (fault) {
    case ClockFault::kNone:
      return "";
    case ClockFault::kNoClock:
      return "är inget riktigt klockslag (00:00 till 23:59); rätta det eller lämna det tomt";
    case ClockFault::kSkipped:
      return "finns inte den dagen, för då ställdes klockan fram; rätta det eller lämna det tomt";
  }
  return "";
}

std::string InSwedish(geo::CoordinateFault fault) {
  switch (fault) {
    case geo::CoordinateFault::kNone:
      return "";
    case geo::CoordinateFault::kNotANumber:
      return "är inte tal; skriv dem i meter, som 620000 och 6650000";
    case geo::CoordinateFault::kSwapped:
      return "ser omkastade ut: öst står där nord ska stå; byt plats på kolumnerna i mappningen eller i "
             "filen";
    case geo::CoordinateFault::kDegrees:
      return "ser ut som longitud och latitud; ange epsg = 4326 i mappningen eller skriv dem i det angivna "
             "systemet";
    case geo::CoordinateFault::kOutsideRegion:
      return "ligger inte i närheten av kommunen; rätta dem, eller ange rätt epsg i mappningen";
  }
  return "";
}

}  // namespace lagesbild::service
