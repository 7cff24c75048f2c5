/** What the connection to an MCP server carries and what its process says, as it happens. Raw: it is masked where it is shown. */

export type ServerLogEntry =
  | {
      readonly kind: "message";
      readonly to: "server" | "client";
      /** Which session it was in: 0 is the first. */
      readonly session: number;
      /** As it was sent, read by no schema. */
      readonly message: unknown;
    }
  /** What the process wrote to stderr, in pieces as they came. */
  | { readonly kind: "stderr"; readonly text: string }
  /** A line on stdout that is no message. */
  | { readonly kind: "stray"; readonly text: string }
  /** The process was started, or ended. */
  | { readonly kind: "process"; readonly text: string }
  /** The endpoint answered with no success. */
  | { readonly kind: "http"; readonly text: string };

export type ServerLogListener = (entry: ServerLogEntry) => void;
