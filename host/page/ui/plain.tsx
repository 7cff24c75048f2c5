/** Text that others wrote, as text: it can neither turn the direction of what stands around it nor hide a character. */

/** Controls but line ends and tabs, and the marks that change direction or show nothing; not the joiners that scripts and emoji need. */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** The text with what is not seen written out, and cut where it is too long. */
export function seen(text: string, limit = 20_000): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}… (${text.length} characters)` : text;
  return cut.replace(UNSEEN, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** What should be a text, and may be anything. */
export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

export function Plain({
  text,
  limit,
  className,
}: {
  readonly text: string;
  readonly limit?: number;
  readonly className?: string;
}) {
  return <bdi className={className}>{seen(text, limit)}</bdi>;
}

/** Several lines of it, which scroll when they are long. */
export function PlainBlock({
  text,
  label,
  limit,
}: {
  readonly text: string;
  readonly label: string;
  readonly limit?: number;
}) {
  return (
    <pre className="plain-block" tabIndex={0} role="region" aria-label={label}>
      {seen(text, limit)}
    </pre>
  );
}
