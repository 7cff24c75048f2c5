export interface Month {
  readonly month: number;
  readonly sales: number;
  /** The same month of the year before. */
  readonly before: number;
}

export interface Sales {
  readonly currency: string;
  readonly year: number;
  readonly months: readonly Month[];
}

export function isSales(value: unknown): value is Sales {
  return typeof value === "object" && value !== null && Array.isArray((value as Sales).months) && typeof (value as Sales).currency === "string";
}

export function money(amount: number, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: "currency", currency, maximumFractionDigits: 0 }).format(amount);
}

export function monthName(month: number, locale: string, style: "long" | "narrow" = "long"): string {
  return new Intl.DateTimeFormat(locale, { month: style, timeZone: "UTC" }).format(Date.UTC(2026, month - 1, 1));
}
