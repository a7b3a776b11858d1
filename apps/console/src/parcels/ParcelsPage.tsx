import type { ParcelAnswer } from '@crossparcel/api';
import { PARCEL_STATES } from '@crossparcel/trace';
import { Link } from 'wouter';
import { useParcels } from '../data/use-parcels.ts';
import type { Format } from '../format/format.ts';
import type { Strings } from '../i18n/en.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { wordFor } from '../i18n/language.ts';
import { FilterBar } from '../parts/FilterBar.tsx';
import { Moment } from '../parts/Moment.tsx';
import { NoMatch } from '../parts/NoMatch.tsx';
import { Notice } from '../parts/Notice.tsx';
import { PagedRecords } from '../parts/PagedRecords.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { ParcelStateBadge } from '../parts/ParcelStateBadge.tsx';
import css from '../parts/parts.module.css';
import type { Column } from '../parts/Records.tsx';
import { useFilter } from '../parts/use-filter.ts';

const columnsIn = (text: Strings, format: Format): Column<ParcelAnswer>[] => [
  {
    key: 'parcel',
    head: text.parcels.parcel,
    cell: ({ id, epc, despatch }) => (
      <Link href={`/parcels/${id}`} className={css.mono}>
        {despatch?.number ?? epc}
      </Link>
    ),
  },
  { key: 'state', head: text.common.state, cell: ({ state }) => <ParcelStateBadge state={state} /> },
  { key: 'order', head: text.parcels.order, cell: ({ orderExternalId }) => orderExternalId },
  {
    key: 'via',
    head: text.parcels.via,
    cell: ({ despatch }) => (despatch ? `${despatch.facility} · ${wordFor(text.service, despatch.service)}` : '–'),
  },
  { key: 'mass', head: text.parcels.mass, isNumeric: true, cell: ({ grossGrams }) => format.mass(grossGrams) },
  {
    key: 'promised',
    head: text.parcels.promised,
    isNumeric: true,
    cell: ({ despatch }) => (despatch?.promisedAt ? format.day(despatch.promisedAt) : '–'),
  },
  {
    key: 'since',
    head: `${text.parcels.since} (${format.zoneName})`,
    isNumeric: true,
    cell: ({ since }) => (since === undefined ? '–' : <Moment at={since} />),
  },
];

export const ParcelsPage = () => {
  const { text, format } = useSpeech();
  const filter = useFilter(PARCEL_STATES);
  const parcels = useParcels({
    ...(filter.state !== undefined && { state: filter.state }),
    ...(filter.searched !== '' && { number: filter.searched }),
  });
  const isFiltered = filter.state !== undefined || filter.searched !== '';
  const empty = isFiltered ? (
    <NoMatch title={text.parcels.noMatch} mend={text.parcels.noMatchMend} onClear={filter.clear} />
  ) : (
    <Notice tone="neutral" title={text.parcels.empty}>
      <p>{text.parcels.emptyMend}</p>
    </Notice>
  );
  return (
    <>
      <PageHead title={text.parcels.title} />
      <FilterBar
        filter={filter}
        states={PARCEL_STATES}
        stateWords={text.parcelState}
        searchLabel={text.parcels.search}
        searchHint={text.parcels.searchHint}
      />
      <div className={css.section}>
        <PagedRecords
          label={text.parcels.title}
          query={parcels}
          columns={columnsIn(text, format)}
          keyOf={({ id }) => id}
          empty={empty}
        />
      </div>
    </>
  );
};
