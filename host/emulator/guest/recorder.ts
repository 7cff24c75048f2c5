/** The recorder alone, for frames and workers that the protocol reaches and the guest does not. Reports through a binding. */
import { recordMessages } from "./record-messages.ts";
import { installRecorder, type Tell } from "./record.ts";
import { watchTimers } from "./timers.ts";

interface Start {
  readonly binding: string;
}

(globalThis as unknown as Record<string, unknown>).__sandglassRecorder = (
  { binding }: Start,
  where: "document" | "worker",
): void => {
  const scope = globalThis as unknown as Record<string, unknown>;
  const report = scope[binding] as ((payload: string) => void) | undefined;
  Reflect.deleteProperty(scope, binding);
  Reflect.deleteProperty(scope, "__sandglassRecorder");
  if (typeof report !== "function") return;
  const { stringify } = JSON;
  const { assign, create } = Object;
  /** Without a prototype: a `toJSON` that the widget gives all objects must not speak for ours. */
  const bare = (fields: object): object => assign(create(null) as object, fields);
  const source = Math.random().toString(36).slice(2);
  // Workers keep real time, and have none of the APIs that are recorded.
  if (where === "worker") {
    watchTimers((timers) => report(stringify(bare({ timers: bare({ ...timers, source }) }))));
    return;
  }
  const tell: Tell = (record) => report(stringify(bare(record)));
  // `ancestorOrigins` says how deep: frames of the widget's own may be gone before a call has come to its end.
  const isChild = location.ancestorOrigins.length > 2;
  installRecorder(tell, { mayVanish: isChild });
  if (!isChild) recordMessages(tell);
};
