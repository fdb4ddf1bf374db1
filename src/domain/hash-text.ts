/** 32 bits of a text (FNV-1a): to spread texts over places and to remember that one was seen; no proof that two are equal. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
