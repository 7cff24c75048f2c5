import fileParameter from "../../../../harness/checks/tools/file-parameter.ts";
import { cases, toolOf, toolsOf } from "../server-make.ts";

const text = { type: "string" };
const FILE = {
  type: "object",
  properties: { download_url: text, file_id: text, mime_type: text, file_name: text },
  required: ["download_url", "file_id"],
};
const taking = (file: object, names: unknown = ["file"]) => ({
  tools: toolsOf(
    toolOf({ inputSchema: { type: "object", properties: { file } }, _meta: { "openai/fileParams": names } }),
  ),
});

cases(fileParameter, {
  fails: [
    ["a text", taking(text), ["field-missing error", "optional-missing info"]],
    ["a parameter that is not there", taking(FILE, ["files"]), "unknown error"],
    ["what it needs is optional", taking({ ...FILE, required: [] }), "not-required error"],
    [
      "what it may lack is required",
      taking({ ...FILE, required: ["download_url", "file_id", "mime_type"] }),
      "too-strict error",
    ],
  ],
  passes: [
    ["none", {}, "pass"],
    ["as the host fills it in", taking(FILE), "pass"],
    ["a list of files", taking({ type: "array", items: FILE }), "pass"],
    ["no list of names: told by its type", taking(FILE, "file"), "pass"],
  ],
});
