import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { PageHead } from '../parts/PageHead.tsx';

export const NotFound = () => {
  const { text } = useSpeech();
  return (
    <>
      <PageHead title={text.app.notFound} />
      <p>{text.app.notFoundMend}</p>
    </>
  );
};
