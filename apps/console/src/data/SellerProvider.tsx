import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import { readSetting, writeSetting } from './settings.ts';

interface ChosenSeller {
  /** Id of the seller that lists are narrowed to; undefined for all. */
  readonly seller: string | undefined;
  readonly choose: (seller: string | undefined) => void;
}

const Context = createContext<ChosenSeller>({ seller: undefined, choose: () => undefined });
const SETTING = 'seller';

export const SellerProvider = ({ children }: { readonly children: ReactNode }) => {
  const [seller, setSeller] = useState(() => readSetting(SETTING) ?? undefined);
  const value = useMemo(
    (): ChosenSeller => ({
      seller,
      choose: (chosen) => {
        writeSetting(SETTING, chosen);
        setSeller(chosen);
      },
    }),
    [seller],
  );
  return <Context value={value}>{children}</Context>;
};

/** Which seller an operator looks at. */
export const useChosenSeller = (): ChosenSeller => use(Context);

/** The query part that narrows a request to the chosen seller. */
export const useSellerQuery = (): { readonly seller?: string } => {
  const { seller } = useChosenSeller();
  return useMemo(() => (seller === undefined ? {} : { seller }), [seller]);
};
