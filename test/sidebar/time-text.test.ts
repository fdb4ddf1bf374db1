import { formatRange } from "../../sidebar/state/time-text";

const HOUR_MS = 3_600_000;
const EIGHT_MS = Date.UTC(2026, 2, 2, 8);

/** Some versions of the tables put a narrow space before AM and PM. */
function spaced(text: string): string {
  return text.replace(/\s/g, " ");
}

describe("formatRange", () => {
  it("says a day that both moments share once", () => {
    const text = formatRange(EIGHT_MS, EIGHT_MS + 2 * HOUR_MS, "UTC");
    expect(spaced(text)).toBe("Mar 2, 2026, 8:00 AM – 10:00 AM");
  });

  it("says both days where they differ in that zone", () => {
    const text = formatRange(EIGHT_MS, EIGHT_MS + 8 * HOUR_MS, "Asia/Tokyo");
    expect(spaced(text)).toBe("Mar 2, 2026, 5:00 PM – Mar 3, 2026, 1:00 AM");
  });
});
