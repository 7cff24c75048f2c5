import { describe, expect, it } from "vitest";
import { asksForNothing } from "../../../harness/sources/asks-for-nothing.ts";

const none = { type: "object", properties: {} };

describe("a tool that is called unasked, for its name shows and it takes nothing", () => {
  it.each([
    "get_orders",
    "listItems",
    "show-map",
    "getAddress",
    "view_bookings",
    "fetchAndroidVersions",
    "getHTMLOrders",
  ])("%s", (name) => {
    expect(asksForNothing(name, none)).toBe(true);
  });
  it.each([
    "getAndDeleteAll",
    "fetchURLAndDelete",
    "getALLAndDelete",
    "find_or_insert",
    "listPurge",
    "list_and_clear",
    "fetchThenRemove",
    "showAndResetCounter",
    "orders",
    "getaway",
    "view_send",
  ])("not %s", (name) => {
    expect(asksForNothing(name, none)).toBe(false);
  });
  it("not one that takes an argument", () => {
    expect(asksForNothing("get_order", { type: "object", properties: { id: { type: "string" } } })).toBe(false);
    expect(asksForNothing("get_order", { type: "object", required: ["id"] })).toBe(false);
  });
});
