import listSize from "../../../../harness/checks/transport/list-size.ts";
import { cases, contentOf, readOf, resourcesOf, toolOf, toolsOf } from "../server-make.ts";

const many = (count: number) => ({
  tools: toolsOf(...Array.from({ length: count }, (_, index) => toolOf({ name: `t${index}` }))),
});
const document = (bytes: number) => ({
  resources: resourcesOf({ reads: [readOf({ contents: [contentOf({ bytes })] })] }),
});

cases(listSize, {
  fails: [
    ["a list without an end", { tools: { ...toolsOf(), pages: 200, hasNoEnd: true } }, "endless error"],
    ["a list of 80 kB", { tools: { ...toolsOf(), bytes: 80_000 } }, "bytes warning"],
    ["41 tools", many(41), "count warning"],
    ["a document of 6 MB", document(6_000_000), "document warning"],
  ],
  passes: [
    ["small", {}, "pass"],
    ["40 tools", many(40), "pass"],
    ["a document of 5 MB", document(5_000_000), "pass"],
  ],
});
