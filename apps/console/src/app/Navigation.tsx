import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Icon } from '../parts/Icon.tsx';
import css from './shell.module.css';

const PAGES = [
  ['today', '/'],
  ['orders', '/orders'],
  ['plans', '/plans'],
  ['parcels', '/parcels'],
  ['posts', '/posts'],
  ['stock', '/stock'],
] as const;

const isAt = (path: string, page: string): boolean => path === page || (page !== '/' && path.startsWith(`${page}/`));

/** Links to the pages: a column beside the content, on narrow screens a bar below it. */
export const Navigation = ({ children }: { readonly children: ReactNode }) => {
  const { text } = useSpeech();
  const [path] = useLocation();
  return (
    <nav className={css.nav} aria-label={text.app.navigation}>
      {children}
      <ul>
        {PAGES.map(([name, page]) => (
          <li key={name}>
            <Link href={page} className={css.link} aria-current={isAt(path, page) ? 'page' : undefined}>
              <Icon name={name} />
              {text.app[name]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
};
