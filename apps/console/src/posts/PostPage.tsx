import type { OutlookAnswer } from '@crossparcel/api';
import { useOutlook } from '../data/use-posts.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { wordFor } from '../i18n/language.ts';
import { Answer } from '../parts/Answer.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Notice } from '../parts/Notice.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import css from '../parts/parts.module.css';
import { Section } from '../parts/Section.tsx';
import { SpikeSection } from './SpikeSection.tsx';
import { SpikeStateBadge, spikeStateOf } from './SpikeStateBadge.tsx';

const Body = ({ outlook }: { readonly outlook: OutlookAnswer }) => {
  const { text, format } = useSpeech();
  const { posts } = text;
  const { post, views, orders, notes } = outlook;
  return (
    <div className={css.stack}>
      {notes.map((note) => (
        <Notice key={note} tone="info" title={wordFor(posts.notes, note)} />
      ))}
      {orders && <SpikeSection title={posts.unitsTitle} startsAt={post.publishesAt} spike={orders} />}
      {views && <SpikeSection title={posts.views} startsAt={post.publishesAt} spike={views} />}
      <Section title={posts.facts}>
        <Facts
          facts={[
            [posts.platform, post.platform],
            [posts.published, format.dateTime(post.publishesAt)],
            [posts.goods, post.skus.length > 0 ? format.list(post.skus) : undefined],
            ...Object.entries(post.attributes).map(([name, value]) => [name, String(value)] as const),
          ]}
        />
      </Section>
    </div>
  );
};

export const PostPage = ({ id }: { readonly id: string }) => {
  const { text } = useSpeech();
  const { posts } = text;
  const outlook = useOutlook(id);
  const { data } = outlook;
  const state = data && spikeStateOf(data);
  return (
    <>
      <PageHead
        title={data ? posts.named(wordFor(posts.kinds, data.post.kind), data.post.externalId) : posts.title}
        beside={state !== undefined && <SpikeStateBadge state={state} />}
      />
      <Answer query={outlook} lines={8}>
        {(answer) => <Body outlook={answer} />}
      </Answer>
    </>
  );
};
