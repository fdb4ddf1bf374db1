const CHECK_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
const ID_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ID_FORM = /^[A-Za-z0-9]{15}(?:[A-Z0-5]{3})?$/;

/** The three letters behind 15 characters: a bit for each capital, five at a time. They make ids safe where case is lost. */
function checkLetters(id15: string): string {
  return [0, 5, 10]
    .map((start) => {
      const block = [...id15.slice(start, start + 5)];
      const bits = block.reduce((sum, letter, at) => sum + (letter >= "A" && letter <= "Z" ? 2 ** at : 0), 0);
      return CHECK_LETTERS[bits];
    })
    .join("");
}

/** The 18 characters of an id of 15 or 18; null for what is no id, a wrong checksum included. */
export function toId18(id: string): string | null {
  if (!ID_FORM.test(id)) return null;
  const full = id.slice(0, 15) + checkLetters(id.slice(0, 15));
  return id.length === 15 || id === full ? full : null;
}

/** The id of the `n`th row made with this prefix; `pod` are the characters behind the prefix that all rows of an org share. */
export function makeId(keyPrefix: string, pod: string, n: number): string {
  let digits = "";
  for (let left = n; left > 0; left = Math.floor(left / 62)) digits = `${ID_DIGITS[left % 62]}${digits}`;
  const id15 = `${keyPrefix}${pod}${digits.padStart(15 - keyPrefix.length - pod.length, "0")}`;
  return id15 + checkLetters(id15);
}
