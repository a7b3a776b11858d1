import type * as z from 'zod';
import type { Fault } from './errors.ts';

const fieldOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );

const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

/** Of the forms that a value may take, the issue of the one that it comes nearest to: whose type it has at least. */
const nearest = (issue: z.core.$ZodIssue): z.core.$ZodIssue => {
  if (issue.code !== 'invalid_union') return issue;
  const [found] = issue.errors.flatMap(([first]) => (first && first.code !== 'invalid_type' ? [first] : []));
  return found ? { ...nearest(found), path: [...issue.path, ...found.path] } : issue;
};

const wording = (issue: z.core.$ZodIssue): { what: string; mend: string } => {
  const [what = '', mend] = issue.message.split('; ', 2);
  if (mend !== undefined) return { what, mend };
  switch (issue.code) {
    case 'invalid_type':
      return { what: `is missing or not ${withArticle(issue.expected)}`, mend: `give ${withArticle(issue.expected)}` };
    case 'invalid_value':
      return { what: 'is not one of the known values', mend: `give one of ${issue.values.map(String).join(', ')}` };
    case 'unrecognized_keys':
      return {
        what: `has fields that are not known: ${issue.keys.join(', ')}`,
        mend: 'leave them out; --schema lists what is known',
      };
    case 'too_small':
      return {
        what: 'is too small',
        mend: `give ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${issue.origin === 'string' ? ' characters' : ''}`,
      };
    case 'too_big':
      return {
        what: 'is too large',
        mend: `give ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}`,
      };
    default:
      return { what, mend: 'see --schema for the form' };
  }
};

/** The first thing that a schema found wrong with a record, as a fault that names its field. */
export const faultOfIssues = (issues: readonly z.core.$ZodIssue[]): Fault => {
  const [first] = issues;
  const issue = first && nearest(first);
  if (!issue) return { code: 'bad-record', what: 'does not fit its schema', mend: 'see --schema for the form' };
  const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return { code: 'bad-record', field: fieldOf([...issue.path, ...extra]), ...wording(issue) };
};
