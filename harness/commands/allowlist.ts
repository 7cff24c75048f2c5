export async function allowlist(): Promise<number> { return 2; }
