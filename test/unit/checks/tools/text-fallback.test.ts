import textFallback from "../../../../harness/checks/tools/text-fallback.ts";
import { callOf, cases } from "../server-make.ts";

const answering = (content: unknown, isError = false) => ({ calls: [callOf({ content, isError })] });

cases(textFallback, {
  fails: [
    ["nothing", answering([]), "silent warning"],
    ["no list", answering(null), "silent warning"],
    ["white space", answering([{ type: "text", text: " \n" }]), "silent warning"],
    ["an error without a reason", answering([], true), "silent-error warning"],
    [
      "nothing, to the user's own empty list",
      { calls: [callOf({ content: [], arguments: { paths: [] }, by: "scenario" })] },
      "silent warning",
    ],
    [
      "nothing, to an empty list that was made up",
      { calls: [callOf({ content: [], arguments: { paths: [] }, by: "schema" })] },
      "review asked-for-nothing",
    ],
    ["one tool is told once", { calls: [callOf({ content: [] }), callOf({ content: [] })] }, "silent warning"],
  ],
  passes: [
    ["a text", {}, "pass"],
    ["a picture", answering([{ type: "image", data: "…", mimeType: "image/png" }]), "pass"],
    [
      "a refusal over the protocol is no answer",
      { calls: [callOf({ content: null, error: "Invalid params" })] },
      "inapplicable not-called",
    ],
    ["nothing was called", { calls: [] }, "inapplicable not-called"],
  ],
});
