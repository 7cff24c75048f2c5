/** The small part of Markdown that check pages use, rendered as elements: no HTML passes through. */
import type { ReactNode } from "react";

export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className="prose">
      {blocksOf(text).map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </div>
  );
}

type BlockKind =
  | { readonly kind: "heading"; readonly level: number; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly string[] }
  | { readonly kind: "table"; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: "text"; readonly text: string };

function blocksOf(text: string): BlockKind[] {
  const lines = text.replace(/\r\n/g, "\n").split("\n");
  const blocks: BlockKind[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? "";
    const take = (matches: (line: string) => boolean): string[] => {
      const taken: string[] = [];
      for (; at < lines.length && matches(lines[at] ?? ""); at++) taken.push(lines[at] ?? "");
      return taken;
    };
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (line.trim() === "") at++;
    else if (heading) {
      const [, marks = "", title = ""] = heading;
      blocks.push({ kind: "heading", level: marks.length, text: title });
      at++;
    } else if (line.startsWith("```")) {
      at++;
      const code = take((one) => !one.startsWith("```"));
      at++;
      blocks.push({ kind: "code", text: code.join("\n") });
    } else if (/^\s*([-*]|\d+\.)\s/.test(line)) {
      const items: string[] = [];
      for (const one of take((next) => next.trim() !== "" && !/^#|^```/.test(next))) {
        const item = /^\s*(?:[-*]|\d+\.)\s+(.*)$/.exec(one);
        if (item) items.push(item[1] ?? "");
        else items.push(`${items.pop() ?? ""} ${one.trim()}`);
      }
      blocks.push({ kind: "list", ordered: /^\s*\d/.test(line), items });
    } else if (line.startsWith("|")) {
      const rows = take((one) => one.startsWith("|")).filter((one) => !/^\|[\s:|-]+\|$/.test(one.trim()));
      blocks.push({
        kind: "table",
        rows: rows.map((row) =>
          row
            .trim()
            .replace(/^\||\|$/g, "")
            .split(/(?<!\\)\|/)
            .map((cell) => cell.trim()),
        ),
      });
    } else
      blocks.push({
        kind: "text",
        text: take((one) => one.trim() !== "" && !/^(#{1,6}\s|```|\|)/.test(one)).join(" "),
      });
  }
  return blocks;
}

function Block({ block }: { readonly block: BlockKind }) {
  switch (block.kind) {
    case "heading": {
      // The page's own headings end at level 3.
      const Heading = block.level <= 1 ? "h4" : "h5";
      return <Heading>{inline(block.text)}</Heading>;
    }
    case "code":
      return (
        <pre tabIndex={0}>
          <code>{block.text}</code>
        </pre>
      );
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List>
          {block.items.map((item, index) => (
            <li key={index}>{inline(item)}</li>
          ))}
        </List>
      );
    }
    case "table":
      return (
        <div className="prose__table" tabIndex={0}>
          <table>
            <tbody>
              {block.rows.map((row, index) => (
                <tr key={index}>
                  {row.map((cell, column) =>
                    index === 0 ? (
                      <th key={column} scope="col">
                        {inline(cell)}
                      </th>
                    ) : (
                      <td key={column}>{inline(cell)}</td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case "text":
      return <p>{inline(block.text)}</p>;
  }
}

/** Code, bold, emphasis and links; a link shows its address only as text when it is not https. */
function inline(text: string): ReactNode[] {
  const parts = text.split(/(`[^`]+`|\*\*[^*]+\*\*|\[[^\]]+\]\([^)\s]+\))/);
  return parts.map((part, index) => {
    if (part.startsWith("`") && part.endsWith("`") && part.length > 1)
      return <code key={index}>{part.slice(1, -1)}</code>;
    if (part.startsWith("**")) return <strong key={index}>{part.slice(2, -2)}</strong>;
    const link = /^\[([^\]]+)\]\(([^)\s]+)\)$/.exec(part);
    if (link?.[2]?.startsWith("https://"))
      return (
        <a key={index} href={link[2]} target="_blank" rel="noreferrer noopener">
          {link[1]}
        </a>
      );
    return link ? `${link[1]} (${link[2]})` : part;
  });
}
