import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Badge } from '../parts/Badge.tsx';
import css from '../parts/parts.module.css';
import { Section } from '../parts/Section.tsx';
import style from './style.module.css';
import { TOKENS, TONES } from './theme.ts';

/** Every colour token, and what the tones mean. */
export const Colours = () => {
  const { text } = useSpeech();
  return (
    <>
      <Section title={text.style.colours}>
        <ul className={style.swatches}>
          {TOKENS.map((token) => (
            <li key={token}>
              <div className={style.swatch} style={{ background: `var(${token})` }} />
              <span className={css.mono}>{token}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={text.style.tones}>
        <ul className={css.actions}>
          {TONES.map((tone) => (
            <li key={tone}>
              <Badge tone={tone}>{text.tone[tone]}</Badge>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
};
