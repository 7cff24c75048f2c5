/** What a document of an opaque origin lacks, taken from one that has it. */
import { expect, it } from "vitest";
import { makeOpaque } from "../../../../host/emulator/guest/opaque.ts";

class Document {
  get cookie(): string {
    return "a=1";
  }
  set cookie(_text: string) {
    throw new Error("it was kept");
  }
}
class IDBFactory {
  open(): string {
    return "opened";
  }
}

it("storage, caches, databases and cookies throw as in Chromium, and the origin is nobody's", () => {
  const scope = { Document, IDBFactory, localStorage: {}, sessionStorage: {}, caches: {}, origin: "https://a.example" };
  makeOpaque(scope);
  const page = new Document();
  const acts: readonly (() => unknown)[] = [
    () => scope.localStorage,
    () => scope.sessionStorage,
    () => scope.caches,
    () => page.cookie,
    () => (page.cookie = "b=2"),
    () => new IDBFactory().open(),
  ];
  for (const act of acts) expect(act).toThrow(expect.objectContaining({ name: "SecurityError" }));
  expect(() => scope.localStorage).toThrow(
    "Failed to read the 'localStorage' property from 'Window': The document is sandboxed and lacks the 'allow-same-origin' flag.",
  );
  expect(() => (page.cookie = "b=2")).toThrow("Failed to set the 'cookie' property on 'Document'");
  expect(scope).toMatchObject({ origin: "null", frameElement: null });
});
