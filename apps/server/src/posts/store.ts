import type { PostAnswer, PostSubmission } from '@crossparcel/api';
import { formatInstant } from '@crossparcel/units';
import type { Sql } from '../database/database.ts';
import type { Tenant } from '../database/tenant.ts';
import { newId } from '../database/uuid.ts';

type PostContent = Pick<PostSubmission, 'kind' | 'skus' | 'attributes'>;

/** A post as it is kept. */
export interface PostRow {
  readonly id: string;
  readonly seller_id: string;
  readonly platform: string;
  readonly external_id: string;
  readonly publishes_at: Date;
  readonly content: PostContent;
}

const COLUMNS = 'id, seller_id, platform, external_id, publishes_at, content';

/** A post as the interface shows it. */
export const postAnswer = (row: PostRow): PostAnswer => ({
  id: row.id,
  seller: row.seller_id,
  platform: row.platform,
  externalId: row.external_id,
  publishesAt: formatInstant(row.publishes_at.getTime()),
  ...row.content,
});

/** The name of a post among those of a seller. */
export const postName = ({ platform, externalId }: { readonly platform: string; readonly externalId: string }) =>
  JSON.stringify([platform, externalId]);

/** Keeps what is said of posts, the last word on each; gives them as they are kept then. */
export const putPosts = async (
  sql: Sql,
  tenant: Required<Tenant>,
  posts: readonly PostSubmission[],
): Promise<PostRow[]> => {
  const last = [...new Map(posts.map((post) => [postName(post), post])).values()];
  const rows = last.map(({ platform, externalId, publishesAt, ...content }) => {
    return { id: newId(), platform, external_id: externalId, publishes_at: publishesAt, content };
  });
  return sql.query<PostRow>(
    `INSERT INTO posts (operator_id, seller_id, id, platform, external_id, publishes_at, content)
     SELECT $2, $3, id, platform, external_id, publishes_at, content
     FROM jsonb_to_recordset($1::jsonb)
       AS row (id uuid, platform text, external_id text, publishes_at timestamptz, content jsonb)
     ORDER BY platform, external_id
     ON CONFLICT (operator_id, seller_id, platform, external_id)
       DO UPDATE SET publishes_at = excluded.publishes_at, content = excluded.content
     RETURNING ${COLUMNS}`,
    [JSON.stringify(rows), tenant.operator, tenant.seller],
  );
};

/** Where a list of posts goes on: after this one. */
export interface PostPlace {
  readonly publishesAt: string;
  readonly id: string;
}

/** Posts, latest published first. */
export const listPosts = (sql: Sql, after: PostPlace | undefined, limit: number): Promise<PostRow[]> =>
  sql.query<PostRow>(
    `SELECT ${COLUMNS} FROM posts
     WHERE $1::timestamptz IS NULL OR (publishes_at, id) < ($1::timestamptz, $2::uuid)
     ORDER BY publishes_at DESC, id DESC LIMIT $3`,
    [after?.publishesAt ?? null, after?.id ?? null, limit],
  );

/** One post. */
export const findPost = async (sql: Sql, id: string): Promise<PostRow | undefined> => {
  const [row] = await sql.query<PostRow>(`SELECT ${COLUMNS} FROM posts WHERE id = $1`, [id]);
  return row;
};
