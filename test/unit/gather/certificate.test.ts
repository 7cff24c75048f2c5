import { X509Certificate } from "node:crypto";
import { connect, createServer } from "node:tls";
import { once } from "node:events";
import { expect, it } from "vitest";
import { boundaryCertificate } from "../../../harness/gather/network/certificate.ts";

it("is a certificate that its own key signed, valid today, the same for the whole process", () => {
  const { key, cert } = boundaryCertificate();
  const parsed = new X509Certificate(cert);
  expect(parsed.verify(parsed.publicKey)).toBe(true);
  expect(parsed.subject).toBe("CN=sandglass.invalid");
  expect(parsed.issuer).toBe(parsed.subject);
  expect(new Date(parsed.validFrom).getTime()).toBeLessThan(Date.now());
  expect(new Date(parsed.validTo).getTime()).toBeGreaterThan(Date.now());
  expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  expect(boundaryCertificate()).toBe(boundaryCertificate());
});

it("serves TLS", async () => {
  const server = createServer(boundaryCertificate(), (socket) => socket.end("hello"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const client = connect({ port, host: "127.0.0.1", rejectUnauthorized: false });
  const [data] = (await once(client, "data")) as [Buffer];
  expect(data.toString()).toBe("hello");
  client.destroy();
  server.close();
});
