const PREFIX = 'crossparcel-';

/** A remembered choice; null where there is none or storage is closed. */
export const readSetting = (name: string): string | null => {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
};

/** Remembers a choice, or forgets it; does nothing where storage is closed. */
export const writeSetting = (name: string, value: string | undefined): void => {
  try {
    if (value === undefined) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // The choice holds until the page is closed.
  }
};
