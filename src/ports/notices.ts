/** Short messages outside the sidebar. */
export interface Notices {
  toast(message: string): void;
  /** Mail to the user; false when it could not be sent. */
  mail(subject: string, body: string): boolean;
}
