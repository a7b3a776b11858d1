import { ActionIcon } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useLive } from '../data/use-live.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Icon } from '../parts/Icon.tsx';
import mark from './favicon.svg';
import { LiveIndicator } from './LiveIndicator.tsx';
import { Navigation } from './Navigation.tsx';
import { Settings } from './Settings.tsx';
import css from './shell.module.css';
import { usePlace } from './use-place.ts';

/** As in the style sheet. */
const NARROW = '(max-width: 760px)';

/** The frame around every page. */
export const Shell = ({ children }: { readonly children: ReactNode }) => {
  const { text } = useSpeech();
  const live = useLive();
  const main = usePlace();
  const [path] = useLocation();
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  const [isOpen, setOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the settings
  useEffect(() => setOpen(false), [path]);
  const brand = (
    <Link href="/" className={css.brand}>
      <img src={mark} alt="" width="20" height="20" />
      {text.app.name}
    </Link>
  );
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#main">
        {text.app.skip}
      </a>
      {isNarrow && (
        <header className={css.top}>
          {brand}
          <LiveIndicator state={live} />
          <ActionIcon
            variant="default"
            size={36}
            aria-label={text.app.settings}
            aria-expanded={isOpen}
            aria-controls="settings"
            onClick={() => setOpen(!isOpen)}
          >
            <Icon name={isOpen ? 'close' : 'menu'} />
          </ActionIcon>
        </header>
      )}
      <div className={css.side}>
        <Navigation>{!isNarrow && brand}</Navigation>
        <section id="settings" className={css.settings} data-open={isOpen} aria-label={text.app.settings}>
          {!isNarrow && <LiveIndicator state={live} />}
          <Settings />
        </section>
      </div>
      <main id="main" ref={main} className={css.main} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
};
