/** Stable names for findings, the same in Node and in a browser. */
import type { TagData } from "../model/tags.ts";

/** 16 hex digits over check, message and identifying data; equal input gives equal output in every run. FNV-1a, 64 bits. */
export function fingerprintOf(checkId: string, messageId: string, data: TagData): string {
  const text = JSON.stringify([
    checkId,
    messageId,
    Object.entries(data).sort(([a], [b]) => Number(a > b) - Number(a < b)),
  ]);
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, "0");
}
