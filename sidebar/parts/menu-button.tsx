import { useEffect, useId, useRef, useState } from "preact/hooks";

/** One entry of a menu. */
export interface MenuItem {
  readonly label: string;
  readonly hint: string;
  onChoose(): void;
}

interface MenuButtonProps {
  readonly label: string;
  readonly primary: boolean;
  readonly disabled: boolean;
  /** Says which thing the menu is about; it contains the label. */
  readonly name: string;
  readonly items: readonly MenuItem[];
}

/** A button that opens a menu: arrows move, Escape closes, Tab leaves. */
export function MenuButton({ label, primary, disabled, name, items }: MenuButtonProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  const entries = (): HTMLElement[] => [...(root.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  useEffect(() => {
    if (!open) return undefined;
    entries()[0]?.focus();
    const closeOutside = (event: Event): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", closeOutside);
    return () => document.removeEventListener("pointerdown", closeOutside);
  }, [open]);
  const close = (): void => {
    setOpen(false);
    root.current?.querySelector<HTMLElement>("button")?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const arrow = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (open && event.key === "Tab") setOpen(false);
    else if (open && event.key === "Escape") {
      close();
      event.preventDefault();
    } else if (!open && arrow) {
      setOpen(true);
      event.preventDefault();
    } else if (open && moveFocus(entries(), event.key)) event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the button and the entries inside.
    <div class="menu-root" ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        class={`button ${primary ? "primary" : "plain"}`}
        disabled={disabled}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={name}
        onClick={() => setOpen(!open)}
      >
        {label}
        <span aria-hidden="true"> ▾</span>
      </button>
      {open && (
        <div class="menu" role="menu" id={id} aria-label={name}>
          {items.map((item) => (
            <button type="button" role="menuitem" tabIndex={-1} key={item.label} onClick={item.onChoose}>
              {item.label}
              <span class="hint">{item.hint}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** Moves the focus among the entries; false when the key means nothing here. */
function moveFocus(entries: readonly HTMLElement[], key: string): boolean {
  const at = entries.findIndex((entry) => entry.matches(":focus"));
  const last = entries.length - 1;
  const to: Readonly<Record<string, number>> = {
    ArrowDown: at === last ? 0 : at + 1,
    ArrowUp: at <= 0 ? last : at - 1,
    Home: 0,
    End: last,
  };
  const next = to[key];
  if (next === undefined) return false;
  entries[next]?.focus();
  return true;
}
