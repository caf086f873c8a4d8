/** One bar of a chart. */
export interface Bar {
  /** Below the axis. */
  readonly label: string;
  /** In words, for the table beside the chart and for who points at the bar. */
  readonly name: string;
  readonly value: number;
  readonly words: string;
}

interface ChartProps {
  /** Unique on its page. */
  readonly id: string;
  readonly title: string;
  /** What the chart says, in a sentence. */
  readonly description: string;
  readonly bars: readonly Bar[];
  /** Every so many bars have a label. */
  readonly labelEvery: number;
  /** What a line across the chart stands for. */
  readonly scaleWords: (value: number) => string;
  /** Candidates for the distance of lines, smallest first. */
  readonly steps: readonly number[];
  /** The heads of the table's columns. */
  readonly heads: readonly [string, string];
}

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [400, 190, 50, 24, 10];
const MOST_LINES = 4;
const PLOT = { width: WIDTH - LEFT, height: HEIGHT - BOTTOM - TOP };

/** A bar chart, and the same numbers as a table for who cannot or will not read it. */
export function BarChart(props: ChartProps) {
  const { id, title, description, bars, heads } = props;
  return (
    <figure class="chart">
      <figcaption id={`${id}-caption`}>{title}</figcaption>
      <div class="chart-and-table">
        <Drawing {...props} />
        <div class="numbers" role="region" aria-label={`${title}: the numbers`} tabIndex={0}>
          <table aria-describedby={`${id}-caption`}>
            <caption>{description}</caption>
            <thead>
              <tr>
                <th scope="col">{heads[0]}</th>
                <th scope="col" class="number">
                  {heads[1]}
                </th>
              </tr>
            </thead>
            <tbody>
              {bars.toReversed().map(({ name, words }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td class="number">{words}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </figure>
  );
}

function Drawing({ id, title, description, bars, labelEvery, scaleWords, steps }: ChartProps) {
  const step = stepFor(Math.max(...bars.map(({ value }) => value)), steps);
  const top = step * Math.max(1, Math.ceil(Math.max(...bars.map(({ value }) => value)) / step));
  const lines = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step);
  const y = (value: number) => TOP + PLOT.height * (1 - value / top);
  const slot = PLOT.width / bars.length;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby={`${id}-title ${id}-desc`}>
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
      {lines.map(value => (
        <g key={value}>
          <line class="rule" x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} />
          <text x={LEFT - 6} y={y(value) + 4} text-anchor="end">
            {scaleWords(value)}
          </text>
        </g>
      ))}
      {bars.map(({ label, name, value, words }, index) => (
        <g key={name}>
          <rect
            class="bar"
            x={LEFT + slot * (index + 0.15)}
            width={slot * 0.7}
            y={y(value)}
            height={PLOT.height + TOP - y(value)}
          >
            <title>{`${name}: ${words}`}</title>
          </rect>
          {(bars.length - 1 - index) % labelEvery === 0 && (
            <text
              x={LEFT + slot * (index + 0.5)}
              y={HEIGHT - 6}
              text-anchor={index === bars.length - 1 && labelEvery > 1 ? "end" : "middle"}
            >
              {label}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}

/** The smallest distance with which few lines reach over all bars. */
function stepFor(most: number, steps: readonly number[]): number {
  const largest = steps.at(-1) ?? 1;
  return steps.find(step => step * MOST_LINES >= most) ?? largest * Math.ceil(most / (largest * MOST_LINES));
}
