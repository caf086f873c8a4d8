import type { Overview, Span } from "../../reading/overview";
import { BarChart, type Bar } from "./chart";
import { countWords, dayWords, durationWords } from "./words";

const MINUTE = 60;
const HOUR = 3600;
const DAY_STEPS = [15, 30, 60, 120, 180, 240, 360].map(minutes => minutes * MINUTE);
const MONTH_STEPS = [1, 2, 5, 10, 20, 50, 100].map(hours => hours * HOUR);

/** Today, this week and the days in a row, in large letters. */
export function Figures({ overview }: { readonly overview: Overview }) {
  const { today, week, streak } = overview;
  const figures = [
    ["Today", durationWords(today)],
    ["Last 7 days", durationWords(week)],
    ["Days in a row", countWords(streak, "day")],
  ] as const;
  return (
    <dl class="figures">
      {figures.map(([name, value]) => (
        <div class="card" key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The last 30 days. */
export function DayChart({ days }: { readonly days: readonly Span[] }) {
  const scaleWords = (seconds: number) =>
    seconds % HOUR === 0 && seconds > 0 ? `${seconds / HOUR} h` : `${seconds / MINUTE} min`;
  const bars = days.map(span => barOf(span, "day", "longDay"));
  return (
    <BarChart
      id="days"
      title="Reading per day"
      description={descriptionOf(days, bars, "day")}
      bars={bars}
      labelEvery={7}
      scaleWords={scaleWords}
      steps={DAY_STEPS}
      heads={["Day", "Read"]}
    />
  );
}

/** The last 12 months. */
export function MonthChart({ months }: { readonly months: readonly Span[] }) {
  const bars = months.map(span => barOf(span, "month", "longMonth"));
  return (
    <BarChart
      id="months"
      title="Reading per month"
      description={descriptionOf(months, bars, "month")}
      bars={bars}
      labelEvery={1}
      scaleWords={seconds => `${seconds / HOUR} h`}
      steps={MONTH_STEPS}
      heads={["Month", "Read"]}
    />
  );
}

function barOf({ day, seconds }: Span, short: "day" | "month", long: "longDay" | "longMonth"): Bar {
  return { label: dayWords(day, short), name: dayWords(day, long), value: seconds, words: durationWords(seconds) };
}

function descriptionOf(spans: readonly Span[], bars: readonly Bar[], unit: string): string {
  const total = spans.reduce((sum, { seconds }) => sum + seconds, 0);
  const most = bars.reduce<Bar | undefined>((best, bar) => (best && best.value >= bar.value ? best : bar), undefined);
  if (!most || total === 0) return `Nothing was read in the last ${countWords(bars.length, unit)}.`;
  const whole = `${durationWords(total)} in the last ${countWords(bars.length, unit)}`;
  return `${whole}; most ${unit === "day" ? "on" : "in"} ${most.name}: ${most.words}.`;
}
