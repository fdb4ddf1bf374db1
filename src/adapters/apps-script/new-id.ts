/** A new random id: 32 hexadecimal digits. */
export function newId(): string {
  return Utilities.getUuid().replace(/-/g, "");
}
