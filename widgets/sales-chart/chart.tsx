import { type Sales, money, monthName } from "./sales.ts";

const WIDTH = 660;
const HEIGHT = 220;
const LEFT = 46;
const BOTTOM = 24;

interface Props {
  readonly sales: Sales;
  readonly locale: string;
  readonly chosen: number | null;
  onChoose(month: number): void;
}

/** Bars of this year, a line for the year before; each bar is a button. */
export function Chart({ sales, locale, chosen, onChoose }: Props) {
  const top = niceCeiling(Math.max(...sales.months.flatMap(({ sales: now, before }) => [now, before])));
  const step = (WIDTH - LEFT) / 12;
  const x = (month: number): number => LEFT + (month - 0.5) * step;
  const y = (amount: number): number => 8 + (HEIGHT - BOTTOM - 8) * (1 - amount / top);
  const short = new Intl.NumberFormat(locale, { notation: "compact" });
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={`Sales by month, ${sales.year}`}>
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <g key={share} className="grid" aria-hidden="true">
          <line x1={LEFT} x2={WIDTH} y1={y(share * top)} y2={y(share * top)} />
          <text x={LEFT - 8} y={y(share * top) + 4} textAnchor="end">{short.format(share * top)}</text>
        </g>
      ))}
      {sales.months.map(({ month, sales: now }) => (
        <g
          key={month} className={month === chosen ? "bar chosen" : "bar"} role="button" tabIndex={0} aria-pressed={month === chosen}
          aria-label={`${monthName(month, locale)}: ${money(now, sales.currency, locale)}`}
          onClick={() => onChoose(month)} onKeyDown={(event) => (event.key === "Enter" || event.key === " ") && onChoose(month)}
        >
          <rect className="hit" x={x(month) - step / 2} y={0} width={step} height={HEIGHT} />
          <rect x={x(month) - step * 0.3} y={y(now)} width={step * 0.6} height={y(0) - y(now)} rx={4} />
          <text x={x(month)} y={HEIGHT - 6} textAnchor="middle" aria-hidden="true">{monthName(month, locale, "narrow")}</text>
        </g>
      ))}
      <polyline className="before" points={sales.months.map(({ month, before }) => `${x(month)},${y(before)}`).join(" ")} />
    </svg>
  );
}

/** The next of 1, 2, 4, 8 times a power of ten. */
function niceCeiling(amount: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(amount, 1)));
  return power * ([1, 2, 4, 8, 10].find((factor) => factor * power >= amount) ?? 10);
}
