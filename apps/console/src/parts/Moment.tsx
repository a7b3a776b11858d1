import { useSpeech } from '../i18n/LanguageProvider.tsx';

/** A point in time in the viewer's zone; the zone and the distance from now show on hovering. */
export const Moment = ({ at }: { readonly at: string }) => {
  const { format } = useSpeech();
  return (
    <time dateTime={at} title={`${format.zoneName} · ${format.relative(at, Date.now())}`}>
      {format.dateTime(at)}
    </time>
  );
};
