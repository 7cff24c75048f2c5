/** The commands, found by typing. */
import { useId, useState, type KeyboardEvent } from "react";
import { matches } from "../ui/parts.tsx";
import { commandsOf, type Command, type CommandInput } from "./commands.ts";

/** Commands shown; the rest is found by typing. */
const SHOWN = 60;

export default function CommandList({ of, onClose }: { readonly of: CommandInput; readonly onClose: () => void }) {
  const commands = commandsOf(of);
  const id = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const found = commands.filter(({ group, label }) => matches(text, group, label)).slice(0, SHOWN);
  const chosen = Math.min(at, found.length - 1);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const press = (event: KeyboardEvent) => {
    const to = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, Home: 0, End: found.length - 1 }[event.key];
    if (event.key === "Enter") run(found[chosen]);
    else if (to === undefined || found.length === 0) return;
    else {
      const next = (to + found.length) % found.length;
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
    }
    event.preventDefault();
  };
  return (
    <>
      <input
        type="search"
        role="combobox"
        aria-label="Command"
        placeholder="What to do?"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={found.length > 0 ? `${id}-${chosen}` : undefined}
        autoFocus
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <ul id={id} role="listbox" aria-label="Commands">
        {found.map((command, index) => (
          <li
            key={command.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => run(command)}
            onPointerMove={() => setAt(index)}
          >
            <span className="palette__group">{command.group}</span> {command.label}
          </li>
        ))}
      </ul>
      {found.length === 0 ? (
        <p className="hint" role="status">
          No such command.
        </p>
      ) : null}
    </>
  );
}
