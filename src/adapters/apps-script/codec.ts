import type { Codec } from "../../ports/codec";

const GZIP = "application/x-gzip";

/** Gzip and base64 by Utilities. */
export function createCodec(): Codec {
  return {
    pack: (text) => Utilities.base64Encode(Utilities.gzip(Utilities.newBlob(text, "text/plain")).getBytes()),
    unpack: (packed) =>
      Utilities.ungzip(Utilities.newBlob(Utilities.base64Decode(packed), GZIP)).getDataAsString("UTF-8"),
  };
}
