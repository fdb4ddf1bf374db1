/** Something the person should read: a toast of the script, an alert it showed, or what went wrong. */
export interface Notice {
  readonly id: number;
  readonly kind: "toast" | "alert" | "error";
  readonly title: string;
  readonly text: string;
}
