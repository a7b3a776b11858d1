import type { Features } from './features.ts';
import { HashIndex } from './hash-index.ts';
import { norm } from './tree.ts';

const COMMON_SHARE = 0.015;
const LEAST_COMMON = 100;

/** Nearest labelled goods by cosine of TF-IDF weights (Salton and Buckley 1988), found through an inverted index. */
export class Neighbours {
  readonly #places = new HashIndex(0);
  readonly #starts: Uint32Array;
  readonly #documents: Uint32Array;
  readonly #weights: Float32Array;
  readonly #idf: Float32Array;
  readonly #scores: Float32Array;

  constructor(documents: readonly Features[]) {
    this.#scores = new Float32Array(documents.length);
    const counts: number[] = [];
    const places = documents.map(({ hashes }) => {
      const own = new Uint32Array(hashes.length);
      for (let at = 0; at < hashes.length; at += 1) {
        const place = this.#places.add(hashes[at] ?? 0);
        own[at] = place;
        counts[place] = (counts[place] ?? 0) + 1;
      }
      return own;
    });
    // What stands in very many texts tells them apart least and would cost most of the time.
    const most = Math.max(LEAST_COMMON, documents.length * COMMON_SHARE);
    for (const [place, count] of counts.entries()) if (count > most) counts[place] = 0;
    this.#starts = new Uint32Array(counts.length + 1);
    for (const [place, count] of counts.entries()) this.#starts[place + 1] = (this.#starts[place] ?? 0) + count;
    this.#idf = Float32Array.from(counts, (count) => (count === 0 ? 0 : Math.log(1 + documents.length / count)));
    const postings = this.#starts[counts.length] ?? 0;
    this.#documents = new Uint32Array(postings);
    this.#weights = new Float32Array(postings);
    this.#fill(documents, places);
  }

  #fill(documents: readonly Features[], places: readonly Uint32Array[]) {
    const next = this.#starts.slice();
    for (let document = 0; document < documents.length; document += 1) {
      const weights = documents[document]?.weights ?? new Float32Array();
      const own = places[document] ?? new Uint32Array();
      const length = Math.sqrt(this.#squares(own, weights)) || 1;
      for (let at = 0; at < own.length; at += 1) {
        const place = own[at] ?? 0;
        const idf = this.#idf[place] ?? 0;
        if (idf === 0) continue;
        const posting = next[place] ?? 0;
        next[place] = posting + 1;
        this.#documents[posting] = document;
        this.#weights[posting] = ((weights[at] ?? 0) * idf) / length;
      }
    }
  }

  #squares(places: Uint32Array, weights: Float32Array): number {
    let sum = 0;
    for (let at = 0; at < places.length; at += 1) sum += ((weights[at] ?? 0) * (this.#idf[places[at] ?? 0] ?? 0)) ** 2;
    return sum;
  }

  /** The cosine of a record with every document, in the documents' order; the array is overwritten by the next call. */
  cosines({ hashes, weights }: Features): Float32Array {
    const scores = this.#scores.fill(0);
    const places = new Uint32Array(hashes.length);
    const own = new Float32Array(hashes.length);
    let known = 0;
    for (let at = 0; at < hashes.length; at += 1) {
      const place = this.#places.place(hashes[at] ?? 0);
      if (place < 0 || this.#idf[place] === 0) continue;
      places[known] = place;
      own[known] = (weights[at] ?? 0) * (this.#idf[place] ?? 0);
      known += 1;
    }
    const scale = 1 / norm(own);
    for (let at = 0; at < known; at += 1) this.#add(places[at] ?? 0, (own[at] ?? 0) * scale, scores);
    return scores;
  }

  #add(place: number, weight: number, scores: Float32Array): void {
    const documents = this.#documents;
    const weights = this.#weights;
    const end = this.#starts[place + 1] ?? 0;
    for (let posting = this.#starts[place] ?? 0; posting < end; posting += 1) {
      const document = documents[posting] ?? 0;
      scores[document] = (scores[document] ?? 0) + weight * (weights[posting] ?? 0);
    }
  }
}
