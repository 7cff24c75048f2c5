import { App } from "@modelcontextprotocol/ext-apps";
import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { Chart } from "./chart.tsx";
import { type Sales, isSales, money, monthName } from "./sales.ts";
import "./style.css";

const app = new App({ name: "sales-chart", version: "1.0.0" }, {}, { autoResize: true });

function SalesChart() {
  const [sales, setSales] = useState<Sales | null>(null);
  const [locale, setLocale] = useState("en-US");
  const [chosen, setChosen] = useState<number | null>(null);

  useEffect(() => {
    const onContext = (context: ReturnType<typeof app.getHostContext>): void => {
      if (context?.theme) document.documentElement.dataset.theme = context.theme;
      if (context?.locale) setLocale(context.locale);
    };
    app.ontoolresult = ({ structuredContent }) => {
      if (isSales(structuredContent)) setSales(structuredContent);
    };
    app.onhostcontextchanged = onContext;
    app.onteardown = async () => ({});
    void app.connect().then(() => onContext(app.getHostContext()));
  }, []);

  if (!sales) return <main className="card"><p className="soft" role="status">Waiting for the sales…</p></main>;
  const total = sales.months.reduce((sum, month) => sum + month.sales, 0);
  const before = sales.months.reduce((sum, month) => sum + month.before, 0);
  const month = sales.months.find((one) => one.month === chosen) ?? null;
  return (
    <main className="card">
      <header>
        <div>
          <h1>Sales {sales.year}</h1>
          <p className="total">{money(total, sales.currency, locale)}</p>
        </div>
        {before > 0 && <Change share={total / before - 1} locale={locale} year={sales.year - 1} />}
      </header>
      {sales.months.length === 0 ? <p className="soft">No month of {sales.year} has closed yet.</p> : <Chart sales={sales} locale={locale} chosen={chosen} onChoose={setChosen} />}
      <p className="soft" role="status">
        {month ? `${monthName(month.month, locale)}: ${money(month.sales, sales.currency, locale)}, a year before ${money(month.before, sales.currency, locale)}` : "Choose a month to see its figures."}
      </p>
    </main>
  );
}

function Change({ share, locale, year }: { share: number; locale: string; year: number }) {
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1, signDisplay: "always" }).format(share);
  return <p className={share < 0 ? "change down" : "change up"}>{percent} <span>to {year}</span></p>;
}

createRoot(document.getElementById("root")!).render(<StrictMode><SalesChart /></StrictMode>);
