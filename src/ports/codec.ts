/** Text compression for stored documents. */
export interface Codec {
  /** Gzip, then base64. */
  pack(text: string): string;
  unpack(packed: string): string;
}
