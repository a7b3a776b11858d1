import { type ReactNode, useId } from 'react';
import css from './parts.module.css';

interface Props {
  readonly title: string;
  readonly beside?: ReactNode;
  /** Tables and lists reach to the edges. */
  readonly isFlush?: boolean;
  readonly children: ReactNode;
}

/** A titled part of a page. */
export const Section = ({ title, beside, isFlush = false, children }: Props) => {
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <div className={css.sectionHead}>
        <h2 id={id}>{title}</h2>
        {beside}
      </div>
      {isFlush ? children : <div className={css.sectionBody}>{children}</div>}
    </section>
  );
};
