/** Every command of the page by its name: Ctrl or Cmd and K. */
import { lazy, Suspense, useEffect, useEffectEvent, useRef } from "react";
import type { CommandInput } from "./commands.ts";

const CommandList = lazy(() => import("./command-list.tsx"));

export function Palette({
  of,
  isOpen,
  onToggle,
}: {
  /** What the commands are made of. */
  readonly of: CommandInput;
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const toggle = useEffectEvent(() => onToggle(!isOpen));
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k")
        return;
      event.preventDefault();
      toggle();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} className="palette" aria-label="Commands" onClose={() => onToggle(false)}>
      {isOpen ? (
        <Suspense fallback={null}>
          <CommandList of={of} onClose={() => onToggle(false)} />
        </Suspense>
      ) : null}
    </dialog>
  );
}
