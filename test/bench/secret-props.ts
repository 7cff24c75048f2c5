/** Props such as tools return: records of ids, titles, prices, dates, URLs and texts. */
export function propsOfSize(bytes: number, random: () => number): unknown {
  const items: unknown[] = [];
  const words =
    "the quick brown fox jumps over lazy dog while seven hotels near old harbour offer breakfast and late checkout for guests".split(
      " ",
    );
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? "";
  const hex = (length: number) => Array.from({ length }, () => "0123456789abcdef"[Math.floor(random() * 16)]).join("");
  const text = (length: number) => Array.from({ length }, () => pick(words)).join(" ");
  for (let size = 0, index = 0; size < bytes; index += 1) {
    const item = {
      id: `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
      index,
      title: text(6),
      description: text(30),
      price: Math.round(random() * 1e5) / 100,
      currency: "EUR",
      available: random() > 0.5,
      image: `https://images.example.com/p/${hex(24)}.jpg?w=640&h=480&fit=crop`,
      url: `https://shop.example.com/items/${index}?ref=${hex(8)}&utm_source=chat`,
      updatedAt: "2026-11-20T10:00:00Z",
      location: { lat: random() * 90, lng: random() * 180, city: pick(words) },
      tags: [pick(words), pick(words), pick(words)],
      etag: hex(40),
      nextPageToken: hex(32),
      key: `item:${index}`,
    };
    items.push(item);
    size += JSON.stringify(item).length + 1;
  }
  return { items };
}
