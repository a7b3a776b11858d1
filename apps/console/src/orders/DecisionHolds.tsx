import type { DecisionAnswer } from '@crossparcel/api';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Notice } from '../parts/Notice.tsx';

/** Why the plan found no way. */
export const DecisionHolds = ({ holds }: { readonly holds: NonNullable<DecisionAnswer['holds']> }) => {
  const { text, reason } = useSpeech();
  return holds.map(({ code, why, mend }) => (
    <Notice key={code} tone="warn" title={reason(why)}>
      <p>
        {text.orders.mend} {reason(mend)}
      </p>
    </Notice>
  ));
};
