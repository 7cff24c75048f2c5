import honestHints from "../../../../harness/checks/tools/honest-hints.ts";
import { callOf, cases, toolOf, toolsOf } from "../server-make.ts";

const READS = { readOnlyHint: true, destructiveHint: false, openWorldHint: false };
const WRITES = { readOnlyHint: false, destructiveHint: false, openWorldHint: false };
const tool = (name: string, description: string, annotations: object, more: object = {}) => ({
  tools: toolsOf(toolOf({ name, description, annotations, ...more })),
});
const url = {
  inputSchema: { type: "object", properties: { url: { type: "string", description: "https:// address to fetch" } } },
};
const UI = { _meta: { ui: { resourceUri: "ui://chart/v1.html" } } };
const answering = (text: string, given: object = {}) => ({
  calls: [callOf({ content: [{ type: "text", text }], ...given })],
});

cases(honestHints, {
  fails: [
    [
      "read-only and destructive",
      tool("show", "Shows it.", { ...READS, destructiveHint: true }),
      "contradiction error",
    ],
    ["a name that writes", tool("create_note", "Notes.", READS), "writes warning"],
    ["a name in camelCase", tool("createNote", "Notes.", READS), "writes warning"],
    ["a description that writes", tool("notes", "Saves a note for later.", READS), "writes warning"],
    ["a name that destroys", tool("purge_cache", "The cache.", { ...WRITES, openWorldHint: true }), "destroys warning"],
    ["a description that destroys", tool("cleanup", "Cleans up. This cannot be undone.", WRITES), "destroys warning"],
    ["a name that sends", tool("send_invoice", "Invoices.", WRITES), "reaches-out warning"],
    [
      "a description that reaches out",
      tool("look_up", "Finds pages on the web about it.", READS),
      "reaches-out warning",
    ],
    ["a parameter that is fetched", tool("summary", "Summarises a page.", READS, url), "reaches-out warning"],
    ["a reader that says it writes", tool("list_notes", "Lists notes.", WRITES), "only-reads info"],
    [
      "an answer that tells what was done",
      { tools: toolsOf(), ...answering("Deleted 3 notes") },
      "answer-writes warning",
    ],
    [
      "a name that destroys, under hints that ask no one",
      tool("purge_cache", "The cache.", WRITES),
      "destroys warning",
    ],
    ["a stored thing that is removed", tool("remove_number", "Removes it from your account.", READS), "writes error"],
    ["a chart that is kept", tool("create_chart", "Creates a chart and saves it.", READS, UI), "writes warning"],
    ["a view without a widget", tool("create_view", "A view of a table.", READS, { _meta: {} }), "writes warning"],
    [
      "an answer that names what it made",
      { tools: toolsOf(), ...answering("Created 3 files") },
      "answer-writes warning",
    ],
    ["numbers that are kept", tool("add_entries", "Adds numbers to the phone book.", READS), "writes warning"],
    ["a sum that is none, by its name", tool("delete_rows", "Adds two numbers.", READS), "writes error"],
    ["a third person that destroys", tool("deletes_note", "A note.", READS), "writes error"],
    ["a name that destroys, as one that only reads", tool("purge_cache", "The cache.", READS), "writes error"],
  ],
  passes: [
    ["a reader", {}, "pass"],
    ["a writer that says so", tool("create_note", "Creates a note.", WRITES), "pass"],
    ["a destroyer that says so", tool("delete_note", "Deletes a note.", { ...WRITES, destructiveHint: true }), "pass"],
    ["a sender that says so", tool("send_invoice", "Sends it.", { ...WRITES, openWorldHint: true }), "pass"],
    ["a noun that looks like a verb", tool("order_status", "Status of an order.", READS), "pass"],
    ["a word with a verb in it", tool("settings_view", "Shows settings.", READS), "pass"],
    ["deleted things are listed", tool("list_deleted_notes", "Lists what was deleted.", READS), "pass"],
    ["a sum", tool("add", "Adds two numbers.", READS), "pass"],
    ["a picture that is handed in", tool("remove_background", "Cuts out what is in front.", READS), "pass"],
    ["a history", tool("purchase_history", "What was bought.", READS), "pass"],
    ["a chart that is shown", tool("create_chart", "Creates a bar chart of numbers.", READS, UI), "pass"],
    ["no internet", tool("look_up", "Looks it up without the internet.", READS), "pass"],
    ["an answer that says when", { tools: toolsOf(), ...answering("Created on 2026-11-02 by Ada") }, "pass"],
    ["an answer that says how long ago", { tools: toolsOf(), ...answering("Updated 3 minutes ago") }, "pass"],
    ["a heading", { tools: toolsOf(), ...answering("Saved searches:\n- Oslo") }, "pass"],
    ["a reader that also saves", tool("get_report", "Makes a report and saves it.", WRITES), "pass"],
    ["nothing is said: that is told by tools/annotations", tool("delete_note", "Deletes it.", {}), "pass"],
    ["an answer about what was deleted", { tools: toolsOf(), ...answering("3 notes were deleted last week") }, "pass"],
    ["a failed call did nothing", { tools: toolsOf(), ...answering("Deleted nothing", { isError: true }) }, "pass"],
  ],
});
