import type { FieldName } from "../../src/domain/schema";
import type { CrmValue } from "../../src/domain/value";

const FIRST = [
  "Anna",
  "Björn",
  "Chloé",
  "Dario",
  "Elif",
  "François",
  "Greta",
  "Håkon",
  "Inés",
  "Jürgen",
  "Łucja",
  "Mai",
];
const LAST = [
  "Müller",
  "O'Brien",
  "Åberg",
  "García",
  "Šimić",
  "Da Silva",
  "Nguyễn",
  "Brandt",
  "Rossi",
  "Öztürk",
  "Kowalski",
];
const CITIES = ["Köln", "Zürich", "Málaga", "Kraków", "Bergen", "Lyon"];
const COLOURS = ["red", "green", "blue", "hot_pink", ""];

/** Contact number `index` (from 0) of a seed: the same values every time, e-mail unique in the seed. */
export function toFakeContact(seed: number, index: number): Readonly<Record<FieldName, CrmValue>> {
  const pick = (list: readonly string[], salt: number): string =>
    list[(seed * 7 + index * salt + salt) % list.length] ?? "";
  const firstname = pick(FIRST, 5);
  const lastname = pick(LAST, 3);
  return {
    email: `person${index}.s${seed}@example.com`,
    firstname,
    lastname,
    phone: index % 3 === 0 ? `+49 221 ${100_000 + index}` : index % 3 === 1 ? `0221 ${200_000 + index}` : "",
    city: pick(CITIES, 11),
    favourite_colour: pick(COLOURS, 1),
    score: index % 4 === 0 ? "" : String((index * 13) % 100),
    renewal_date: index % 5 === 0 ? "" : `2027-${String((index % 12) + 1).padStart(2, "0")}-15`,
    newsletter: index % 2 === 0 ? "true" : "false",
    external_ref: `S${seed}-${index}`,
  };
}
