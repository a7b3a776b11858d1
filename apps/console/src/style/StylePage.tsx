import { Button } from '@mantine/core';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { Facts } from '../parts/Facts.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import css from '../parts/parts.module.css';
import { Section } from '../parts/Section.tsx';
import { Colours } from './Colours.tsx';
import { StateBadges } from './StateBadges.tsx';
import style from './style.module.css';

const SPACES = [4, 8, 12, 16, 24];
const TIME = '2026-11-22T08:30:00Z';

/** How the console looks: letters, colours, spacing, numbers, states, controls. */
export const StylePage = () => {
  const { text, format } = useSpeech();
  const { style: words } = text;
  return (
    <>
      <PageHead title={words.title} />
      <div className={css.stack}>
        <p className={css.sub}>{words.schemes}</p>
        <Section title={words.type}>
          <div className={css.stack} style={{ gap: 8 }}>
            <p style={{ fontSize: 20, lineHeight: '28px', fontWeight: 600 }}>{words.page}</p>
            <p style={{ fontSize: 14, fontWeight: 600 }}>{words.section}</p>
            <p>{words.body}</p>
            <p className={css.note}>{words.note}</p>
            <p className={css.mono}>{words.code}: RR123456785CN</p>
          </div>
        </Section>
        <Colours />
        <Section title={words.states}>
          <StateBadges />
        </Section>
        <div className={css.even}>
          <Section title={words.numbers}>
            <Facts
              facts={[
                [words.count, format.number(123_261)],
                [words.money, format.money('1234.50', 'USD')],
                [words.difference, format.difference(-1.2, 'USD')],
                [words.mass, `${format.mass(545)}, ${format.mass(1_435)}`],
                [words.share, format.percent(0.9537)],
                [words.moment, `${format.dateTime(TIME)} ${format.zoneName}`],
                [words.relative, format.relative(TIME, Date.parse(TIME) + 7_200_000)],
              ]}
            />
          </Section>
          <Section title={words.spacing}>
            <Facts
              facts={SPACES.map((space) => [
                `${space} px`,
                <div key={space} className={style.space} style={{ width: space }} />,
              ])}
            />
          </Section>
          <Section title={words.controls}>
            <div className={css.actions}>
              <Button size="xs">{words.primary}</Button>
              <Button size="xs" variant="default">
                {words.secondary}
              </Button>
              <Button size="xs" variant="subtle">
                {words.quiet}
              </Button>
            </div>
          </Section>
        </div>
      </div>
    </>
  );
};
