import css from './chart.module.css';

interface Props {
  /** The value at the upper end of the axis. */
  readonly top: number;
  /** Where lines begin and end; their values are written left of them. */
  readonly left: number;
  readonly right: number;
  readonly yOf: (value: number) => number;
  readonly write: (value: number) => string;
}

/** Lines across a chart at nothing, half and all of its height, with what they stand for. */
export const AxisLines = ({ top, left, right, yOf, write }: Props) =>
  [0, top / 2, top].map((value) => (
    <g key={value}>
      <line className={css.grid} x1={left} x2={right} y1={yOf(value)} y2={yOf(value)} />
      <text className={css.label} x={left - 8} y={yOf(value) + 4} textAnchor="end">
        {write(value)}
      </text>
    </g>
  ));
