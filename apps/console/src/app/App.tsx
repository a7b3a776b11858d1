import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { createQueryClient } from '../data/query-client.ts';
import { SellerProvider } from '../data/SellerProvider.tsx';
import { LanguageProvider } from '../i18n/LanguageProvider.tsx';
import { cssVariables, theme } from '../style/theme.ts';
import { Pages } from './Pages.tsx';
import { SessionGate } from './SessionGate.tsx';
import { Shell } from './Shell.tsx';

const queries = createQueryClient();
const schemes = localStorageColorSchemeManager({ key: 'crossparcel-color-scheme' });

export const App = () => (
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariables}
    colorSchemeManager={schemes}
    defaultColorScheme="auto"
  >
    <LanguageProvider>
      <QueryClientProvider client={queries}>
        <SellerProvider>
          <SessionGate>
            <Shell>
              <Pages />
            </Shell>
          </SessionGate>
        </SellerProvider>
      </QueryClientProvider>
    </LanguageProvider>
  </MantineProvider>
);
