import { Button, type MantineColorScheme, NativeSelect, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { Link } from 'wouter';
import { useEndSession } from '../data/use-session.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { LANGUAGES, type Language } from '../i18n/language.ts';
import { SellerSelect } from './SellerSelect.tsx';
import css from './shell.module.css';

/** Language, colour scheme, seller, and the way out. */
export const Settings = () => {
  const { text, language, setLanguage, format } = useSpeech();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const end = useEndSession();
  const { app } = text;
  return (
    <>
      <SellerSelect />
      <SegmentedControl
        size="xs"
        aria-label={app.language}
        value={language}
        onChange={(chosen) => setLanguage(chosen as Language)}
        data={[
          { value: 'en', label: 'EN' },
          { value: 'zh-CN', label: LANGUAGES['zh-CN'] },
        ]}
      />
      <NativeSelect
        size="xs"
        aria-label={app.scheme}
        value={colorScheme}
        onChange={(event) => setColorScheme(event.currentTarget.value as MantineColorScheme)}
        data={[
          { value: 'auto', label: app.system },
          { value: 'light', label: app.light },
          { value: 'dark', label: app.dark },
        ]}
      />
      <p className={css.zone}>{app.zone(format.zone, format.zoneName)}</p>
      <p className={css.zone}>
        <Link href="/style">{app.style}</Link> · <a href="/docs">{app.docs}</a>
      </p>
      <Button size="compact-xs" variant="default" loading={end.isPending} onClick={() => end.mutate()}>
        {app.signOut}
      </Button>
    </>
  );
};
