/** What a server answers to a probe, however it wraps it. */
import { expect, it } from "vitest";
import { messageIn } from "../../../harness/probes/auth/ask.ts";

const RESULT = '{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}';
const LOG = '{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"hello"}}';

it.each([
  ["JSON", RESULT],
  ["JSON after a blank line", `\n${RESULT}`],
  ["one event", `event: message\ndata: ${RESULT}\n\n`],
  ["an event after an empty one", `id: 1\ndata: \n\nid: 2\ndata: ${RESULT}\n\n`],
  ["an event after a log line", `data: ${LOG}\n\ndata: ${RESULT}\n\n`],
  ["an event with the line ends of HTTP", `data: ${LOG}\r\n\r\ndata: ${RESULT}\r\n\r\n`],
])("an answer as %s", (_form, text) => expect(messageIn(text)).toMatchObject({ result: { tools: [] } }));

it.each([
  ["nothing", ""],
  ["a page", "<p>result</p>"],
  ["a log line alone", `data: ${LOG}\n\n`],
  ["half", RESULT.slice(0, 30)],
])("%s is no answer", (_form, text) => expect(messageIn(text)).toBeNull());
