import type { OutlookAnswer } from '@crossparcel/api';
import { Link } from 'wouter';
import { useOutlooks } from '../data/use-posts.ts';
import { useSpeech } from '../i18n/LanguageProvider.tsx';
import { wordFor } from '../i18n/language.ts';
import { Notice } from '../parts/Notice.tsx';
import { PagedRecords } from '../parts/PagedRecords.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import css from '../parts/parts.module.css';
import type { Column } from '../parts/Records.tsx';
import { SpikeStateBadge, spikeStateOf } from './SpikeStateBadge.tsx';
import { useRange } from './use-range.ts';

export const PostsPage = () => {
  const { text, format } = useSpeech();
  const { posts, common } = text;
  const range = useRange();
  const columns: Column<OutlookAnswer>[] = [
    {
      key: 'post',
      head: posts.post,
      cell: ({ post: { id, kind, externalId } }) => (
        <Link href={`/posts/${id}`}>{posts.named(wordFor(posts.kinds, kind), externalId)}</Link>
      ),
    },
    {
      key: 'state',
      head: common.state,
      cell: (outlook) => {
        const state = spikeStateOf(outlook);
        return state === undefined ? '–' : <SpikeStateBadge state={state} />;
      },
    },
    {
      key: 'published',
      head: `${posts.published} (${format.zoneName})`,
      cell: ({ post }) => format.dateTime(post.publishesAt),
    },
    { key: 'skus', head: posts.goods, cell: ({ post: { skus } }) => (skus.length > 0 ? format.list(skus) : '–') },
    {
      key: 'views',
      head: posts.views,
      isNumeric: true,
      cell: ({ views }) => (views ? format.number(views.observed) : '–'),
    },
    {
      key: 'units',
      head: posts.units,
      isNumeric: true,
      cell: ({ orders }) => (orders ? format.number(orders.observed) : '–'),
    },
    { key: 'expected', head: posts.expected, isNumeric: true, cell: ({ orders }) => range(orders) },
  ];
  return (
    <>
      <PageHead title={posts.title} />
      <div className={css.section}>
        <PagedRecords
          label={posts.title}
          query={useOutlooks()}
          columns={columns}
          keyOf={({ post }) => post.id}
          empty={
            <Notice tone="neutral" title={posts.empty}>
              <p>{posts.emptyMend}</p>
            </Notice>
          }
        />
      </div>
    </>
  );
};
