import type { PlacementSummary } from '@crossparcel/api';
import { usePlaceName } from '../data/use-place-name.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { reasonIn } from '../i18n/reasons.ts';
import { Figures } from '../parts/Figures.tsx';
import { Notice } from '../parts/Notice.tsx';

/** What the proposals come to, and what could not be weighed. */
export const PlacementSums = ({ summary }: { readonly summary: PlacementSummary }) => {
  const { text, format, language } = useSpeech();
  const nameOf = usePlaceName();
  const { stock } = text;
  const { currency, saving, units, orders, decideBy, items, limited, leftOut } = summary;
  return (
    <>
      <Figures
        figures={[
          { name: stock.saving, value: format.money(saving, currency), note: stock.savingNote },
          { name: stock.units, value: format.number(units), note: stock.unitsNote(format.number(orders)) },
          { name: stock.decideFirst, value: decideBy === undefined ? '–' : format.day(decideBy) },
          { name: stock.weighed, value: format.number(items), note: stock.weighedNote },
          ...(limited ? [{ name: stock.gap, value: format.percent(limited.gap), note: stock.gapNote }] : []),
        ]}
      />
      {leftOut.map(({ facility, skus, sku, why }) => (
        <Notice key={facility} tone="info" title={stock.leftOut(format.number(skus), nameOf(facility))}>
          <p>
            {stock.leftOutOne(sku)}
            {reasonIn(language, why)}
          </p>
        </Notice>
      ))}
    </>
  );
};
