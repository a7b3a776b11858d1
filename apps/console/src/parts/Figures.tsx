import css from './parts.module.css';

export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
}

/** Headline numbers side by side. */
export const Figures = ({ figures }: { readonly figures: readonly Figure[] }) => (
  <dl className={css.figures}>
    {figures.map(({ name, value, note }) => (
      <div key={name} className={css.figure}>
        <dt>{name}</dt>
        <dd>
          <div className={css.figureValue}>{value}</div>
          {note !== undefined && <div className={css.note}>{note}</div>}
        </dd>
      </div>
    ))}
  </dl>
);
