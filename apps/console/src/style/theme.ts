import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** What a colour means. Every state, figure and notice has exactly one of these tones. */
export const TONES = ['neutral', 'info', 'good', 'warn', 'bad'] as const;
export type Tone = (typeof TONES)[number];

const accent: MantineColorsTuple = [
  '#eef1fb',
  '#dbe2f8',
  '#b8c6f1',
  '#92a7ea',
  '#7b92e6',
  '#5571d6',
  '#4361cb',
  '#3451b2',
  '#2b4494',
  '#223675',
];

const dark: MantineColorsTuple = [
  '#ececee',
  '#c3c6ce',
  '#a0a4ae',
  '#6b6f78',
  '#3d4048',
  '#2c2f35',
  '#1b1d21',
  '#111214',
  '#0c0d0f',
  '#08090a',
];

const SANS =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';
const MONO = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace';

export const theme = createTheme({
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, dark },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '6px', md: '8px', lg: '10px', xl: '16px' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  headings: { fontFamily: SANS, fontWeight: '600' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
});

const light = {
  '--c-page': '#f7f7f8',
  '--c-surface': '#ffffff',
  '--c-sunken': '#f1f1f3',
  '--c-line': '#e3e4e8',
  '--c-line-strong': '#c9ccd3',
  '--c-text': '#17181c',
  '--c-muted': '#575c66',
  '--c-accent': '#3451b2',
  '--c-accent-soft': '#e9edfa',
  '--c-bar': '#5571d6',
  '--c-bar-quiet': '#b8c2dd',
  '--c-spike': '#d97706',
  '--c-land': '#dfe2e8',
  '--c-sea': '#f7f8fa',
  '--c-neutral': '#4a4f59',
  '--c-neutral-soft': '#ecedf0',
  '--c-info': '#2b479f',
  '--c-info-soft': '#e6ebfb',
  '--c-good': '#14633a',
  '--c-good-soft': '#e0f3e8',
  '--c-warn': '#804405',
  '--c-warn-soft': '#fcefd6',
  '--c-bad': '#a82018',
  '--c-bad-soft': '#fdeae8',
};

const night: Record<keyof typeof light, string> = {
  '--c-page': '#111214',
  '--c-surface': '#17191c',
  '--c-sunken': '#1f2125',
  '--c-line': '#2a2d33',
  '--c-line-strong': '#43474f',
  '--c-text': '#ececee',
  '--c-muted': '#a3a7b1',
  '--c-accent': '#9db2ff',
  '--c-accent-soft': '#222b47',
  '--c-bar': '#6f8be8',
  '--c-bar-quiet': '#3c4870',
  '--c-spike': '#f59e0b',
  '--c-land': '#2b2f37',
  '--c-sea': '#131518',
  '--c-neutral': '#bcc0c9',
  '--c-neutral-soft': '#292c32',
  '--c-info': '#a9bbff',
  '--c-info-soft': '#202a4a',
  '--c-good': '#82d8a5',
  '--c-good-soft': '#163021',
  '--c-warn': '#f3c276',
  '--c-warn-soft': '#372913',
  '--c-bad': '#ff9f96',
  '--c-bad-soft': '#3f1d1a',
};

/** Names of the colour tokens, for the style page. */
export const TOKENS = Object.keys(light) as (keyof typeof light)[];

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...light, '--mantine-color-body': light['--c-page'], '--mantine-color-text': light['--c-text'] },
  dark: { ...night, '--mantine-color-body': night['--c-page'], '--mantine-color-text': night['--c-text'] },
});
