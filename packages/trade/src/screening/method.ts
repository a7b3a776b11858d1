import { datedFields } from '@crossparcel/units';
import * as z from 'zod';

const share = z.number().min(0).max(1);

/** Schema of `screening/method.json`: how names are compared, and from which score on someone has to look. */
export const screeningMethodsSchema = z.array(
  z.strictObject({
    id: z.string().min(1),
    /** Winkler's addition to Jaro's similarity for a common start: from which similarity, for how many letters, how much each. */
    boost: z.strictObject({ from: share, letters: z.int().min(0), perLetter: share }),
    /** What two words lose that differ in length: below which ratio of lengths, and which share of the difference. */
    length: z.strictObject({ below: share, weight: share }),
    /** Factor for words that start with different letters. */
    otherFirstLetter: share,
    /** First letters that may stand for one another; words that start with letters of no common group are never paired. */
    firstLetters: z.array(z.string()).min(1),
    /** Which share of the unmatched part of a listed name the score loses. */
    unmatchedListed: share,
    /** Words of up to so many letters are also tried as one with their neighbour (`wei ming`, `weiming`). */
    joinUpToLetters: z.int().min(0),
    /** Factor for names compared by their consonants, as scripts without vowels need it. */
    consonants: share,
    /** Articles that some write as a word of their own and others as part of the next: left out of consonants. */
    articles: z.array(z.string()),
    /** Forms of companies, left off the end of a name. */
    companyForms: z.array(z.string()),
    /** Words left out of names. */
    stopWords: z.array(z.string()),
    /** From which score on a party is held for a person to look (`review`), or stopped at once (`block`). */
    bands: z.strictObject({ review: share, block: share }),
    /** Years by which a birth year may differ before it speaks against a match. */
    birthYears: z.int().min(0),
    ...datedFields,
  }),
);
export type ScreeningMethod = z.infer<typeof screeningMethodsSchema>[number];
