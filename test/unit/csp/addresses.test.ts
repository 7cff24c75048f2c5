/** Whose an address is, and whether anybody else can reach it. */
import { expect, test } from "vitest";
import { isLocal, originOf, parseUrl } from "../../../host/csp/addresses.ts";

test.each([
  "http://localhost:3000/",
  "https://app.localhost/",
  "https://printer.local/",
  "http://127.0.0.1/x",
  "https://10.1.2.3/",
  "https://172.16.0.1/",
  "https://172.31.9.9/",
  "https://192.168.1.20/",
  "https://169.254.1.1/",
  "http://[::1]:8080/",
  "https://[fd00::1]/",
  "ws://localhost/",
  "http://localhost./",
  "http://2130706433/",
  "http://0.0.0.0/",
  "https://100.64.1.1/",
  "http://[::ffff:127.0.0.1]/",
  "http://[::ffff:192.168.1.1]/",
  "http://[::]/",
  "http://[febf::1]/",
])("%s is of this machine or network", (url) => expect(isLocal(url)).toBe(true));
test.each([
  "https://localhost.example.com/",
  "https://mylocalhost.example/",
  "https://10.example.com/",
  "https://172.32.0.1/",
  "https://11.0.0.1/",
  "https://100.128.0.1/",
  "https://127.0.0.1.example/",
  "https://[2606:4700::1111]/",
  "https://[::ffff:8.8.8.8]/",
  "https://fd00.example/",
  "https://localdomain.example/",
  "data:text/plain,localhost",
  "localhost",
  "",
])("%s is not", (url) => expect(isLocal(url)).toBe(false));

test("origins: with a port, of schemes with and without a host, and of what is no URL", () => {
  expect(
    ["https://a.example:8443/x?y", "wss://a.example/s", "stun:a.example", "data:,x", "blob", ""].map(originOf),
  ).toEqual(["https://a.example:8443", "wss://a.example", "stun:", "data:", "blob", ""]);
});

test("names that are not ASCII stay URLs, however often they are asked for", () => {
  for (let round = 0; round < 20_000; round++)
    if (parseUrl("https://bücher.example/ü")?.hostname !== "xn--bcher-kva.example") throw new Error(`round ${round}`);
});
