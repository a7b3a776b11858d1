import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Fonts } from '@crossparcel/documents';

const FILES = {
  regular: 'dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf',
  bold: 'dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf',
  han: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  hangul: '@expo-google-fonts/nanum-gothic/400Regular/NanumGothic_400Regular.ttf',
};

const kept = new Map<string, Uint8Array>();

const bytesOf = (file: string): Uint8Array => {
  const known = kept.get(file);
  if (known) return known;
  const bytes = new Uint8Array(readFileSync(createRequire(import.meta.url).resolve(file)));
  kept.set(file, bytes);
  return bytes;
};

let fonts: Fonts | undefined;

/**
 * The fonts of all papers: DejaVu Sans Condensed for Latin, Greek and Cyrillic; Noto Sans SC for Chinese and Japanese and
 * Nanum Gothic for Korean, which are read when a text first needs them. The same object every time.
 */
export const documentFonts = (): Fonts => {
  fonts ??= {
    regular: bytesOf(FILES.regular),
    bold: bytesOf(FILES.bold),
    others: [() => bytesOf(FILES.han), () => bytesOf(FILES.hangul)],
  };
  return fonts;
};
