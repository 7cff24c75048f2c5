import { useState, type ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";

export function Section({
  title,
  open = false,
  children,
}: {
  readonly title: string;
  readonly open?: boolean;
  readonly children: ReactNode;
}) {
  // What nobody looks at is not made.
  const [isMade, setMade] = useState(open);
  return (
    <details
      className="section"
      open={open}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) setMade(true);
      }}
    >
      <summary>
        <h2>{title}</h2>
        <Icon name="chevron" size={14} />
      </summary>
      {isMade ? <div className="section__body">{children}</div> : null}
    </details>
  );
}
