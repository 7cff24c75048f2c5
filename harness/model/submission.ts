/** The file that fills in the submission form (`chatgpt-app-submission.json`, schema v1). Plain JSON. */

export const HINTS = ["readOnlyHint", "openWorldHint", "destructiveHint"] as const;
export type Hint = (typeof HINTS)[number];

/** Key of a hint's sentence. */
export const JUSTIFICATIONS = {
  readOnlyHint: "read_only_justification",
  openWorldHint: "open_world_justification",
  destructiveHint: "destructive_justification",
} as const satisfies Record<Hint, string>;

export interface SubmittedTool {
  readonly annotations?: Readonly<Partial<Record<Hint, boolean | null>>>;
  readonly justifications?: Readonly<Partial<Record<(typeof JUSTIFICATIONS)[Hint], string>>>;
}

export interface SubmittedCase {
  readonly description: string;
  readonly user_prompt: string;
  readonly file_attachment_urls: readonly string[] | null;
  /** Names, by comma; null where no tool may be called. */
  readonly tools_triggered: string | null;
  readonly expected_output: string;
  readonly expected_output_url: string | null;
}

export interface Submission {
  readonly $schema?: string;
  readonly schema_version: 1;
  readonly app_info?: {
    readonly display_name?: string;
    readonly subtitle?: string;
    readonly description?: string;
    readonly category?: string;
  };
  readonly tools: Readonly<Record<string, SubmittedTool>>;
  readonly test_cases?: readonly Partial<SubmittedCase>[];
  readonly negative_test_cases?: readonly Partial<SubmittedCase>[];
}

/** Begins a text that nobody has written yet. */
export const TODO = "TODO";
export const CASES = { positive: 5, negative: 3 } as const;
