import type { Today } from '@crossparcel/api';
import { Link } from 'wouter';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { wordFor } from '../i18n/language.ts';
import { Badge } from '../parts/Badge.tsx';
import { Notice } from '../parts/Notice.tsx';
import css from '../parts/parts.module.css';
import { CONCERN_TONES } from '../parts/tones.ts';
import today from './today.module.css';

type Concern = Today['concerns'][number];

/** Lists that show all of a kind; some kinds have none. */
const LISTS: Readonly<Partial<Record<Concern['kind'], string>>> = {
  'orders-held': '/orders?state=held',
  'customs-held': '/parcels?state=held',
  'parcels-lost': '/parcels?state=lost',
  'orders-unplanned': '/orders?state=ready',
};

const Example = ({ example }: { readonly example: Concern['examples'][number] }) => {
  if (example.parcel !== undefined) return <Link href={`/parcels/${example.parcel}`}>{example.label}</Link>;
  if (example.order !== undefined) return <Link href={`/orders/${example.order}`}>{example.label}</Link>;
  return <span>{example.label}</span>;
};

/** Things that want a person, the most pressing first. */
export const Concerns = ({ concerns }: { readonly concerns: readonly Concern[] }) => {
  const { text, format } = useSpeech();
  if (concerns.length === 0) {
    return (
      <Notice tone="neutral" title={text.today.noConcerns}>
        <p>{text.today.noConcernsMend}</p>
      </Notice>
    );
  }
  return (
    <ul className={today.concerns}>
      {concerns.map(({ kind, count, examples }) => {
        const list = LISTS[kind];
        const tone = CONCERN_TONES[kind] ?? 'neutral';
        return (
          <li key={kind} className={today.concern}>
            <div className={today.concernHead}>
              <span className={today.count} data-tone={tone}>
                {format.number(count)}
              </span>
              <Badge tone={tone}>{wordFor(text.concern, kind)}</Badge>
              {list !== undefined && (
                <Link href={list} aria-label={`${text.today.showAll}: ${wordFor(text.concern, kind)}`}>
                  {text.today.showAll}
                </Link>
              )}
            </div>
            <p className={css.sub}>{wordFor(text.concernMend, kind)}</p>
            <div className={today.examples}>
              {examples.map((example) => (
                <Example key={example.id} example={example} />
              ))}
            </div>
          </li>
        );
      })}
    </ul>
  );
};
