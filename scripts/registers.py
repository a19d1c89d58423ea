#!/usr/bin/env python3
"""Writes assets/registers: schools of four registers counted by region (in Tanzania by council) and by the register's own
word for the level, learners added up where it tells them. `scripts/registers.py FOLDER`, where the registers lie."""

import collections
import csv
import pathlib
import sys

# The title, which is the source of each figure; no comma stands in it.
REGISTERS = {
    "KEN": ("KEN_schools.csv", "List of schools of the Ministry of Education of Kenya 2016 (CC0): primary schools alone"),
    "LKA": ("LKA_schools.csv", "List of schools of the Ministry of Education of Sri Lanka 2024 (MIT): few private schools"),
    "NIC": ("NIC_schools.csv", "Map of schools of the Ministry of Education of Nicaragua 2025 (MIT): public schools alone"),
    "TZA": ("TZA_primary_schools.csv", "Basic education data of Tanzania 2022 by PO-RALG (MIT): primary schools alone"),
}


def level(iso3, text):
    """A combination whatever its order; Kenya's primary schools taught Standards 1 to 8, and hold the junior schools of today."""
    words = sorted({word.strip() for word in text.split(",")})
    if iso3 == "KEN":
        return {"Primary": "Primary + Junior Secondary"}.get(text, "")
    return " + ".join(word for word in words if word in ("PRIMARIA", "SECUNDARIA")) if iso3 == "NIC" else text


def main(folder):
    for iso3, (name, title) in REGISTERS.items():
        rows = list(csv.DictReader(open(pathlib.Path(folder, name), encoding="utf-8")))
        latest = max(row["year"] for row in rows)
        councils, told = iso3 == "TZA", any(row["students"] for row in rows)
        schools, learners = collections.Counter(), collections.Counter()
        for row in rows:
            of = level(iso3, row["level"])
            if row["year"] != latest or not of or not row["admin1"]:
                continue
            place = (row["admin1"], row["admin2"]) if councils else (row["admin1"],)
            schools[place + (of,)] += 1
            learners[place + (of,)] += int(row["students"] or 0)
        with open(f"assets/registers/{iso3}.csv", "w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow([title])
            header = ["region"] + ["council"] * councils + ["level", "schools"] + ["learners"] * told
            table.writerow(header)
            for place in sorted(schools):
                table.writerow(place + (schools[place],) + ((learners[place],) if told else ()))
        print(iso3, len(schools), sum(schools.values()), sum(learners.values()))


main(sys.argv[1])
