import { Worker } from 'node:worker_threads';
import type { RecordBatch } from '@crossparcel/files';
import type { BatchAnswer, OptionValues } from './batch-answerer.ts';

/** What a worker is told when it starts: which command it answers for. */
export interface WorkerTask {
  readonly command: string;
  readonly options: OptionValues;
  readonly keepGoing: boolean;
  /** Whether answers are wanted as lines of text. */
  readonly asLines: boolean;
}

interface Waiting {
  resolve(answer: BatchAnswer): void;
  reject(error: unknown): void;
}

/** Batches that may wait at each worker, so that it never runs dry and memory stays bounded. */
const AHEAD = 2;

/** Worker threads that answer batches of records; the answers come in the order of the batches. */
export class WorkerPool {
  readonly #workers: Worker[];
  readonly #waiting: Waiting[][];

  constructor(size: number, task: WorkerTask) {
    this.#waiting = Array.from({ length: size }, () => []);
    this.#workers = this.#waiting.map((queue) => {
      const worker = new Worker(new URL('./record-worker.ts', import.meta.url), { workerData: task });
      worker.on('message', (answer: BatchAnswer) => queue.shift()?.resolve(answer));
      worker.on('error', (error) => {
        for (const waiting of queue.splice(0)) waiting.reject(error);
      });
      return worker;
    });
  }

  /** Answers batches in turn. */
  async *run(batches: AsyncIterable<RecordBatch>): AsyncGenerator<BatchAnswer> {
    const pending: Promise<BatchAnswer>[] = [];
    let turn = 0;
    for await (const batch of batches) {
      pending.push(this.#send(turn % this.#workers.length, batch));
      turn += 1;
      if (pending.length >= this.#workers.length * AHEAD) yield (await pending.shift()) as BatchAnswer;
    }
    for (const answer of pending) yield await answer;
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #send(index: number, batch: RecordBatch): Promise<BatchAnswer> {
    const answer = new Promise<BatchAnswer>((resolve, reject) => {
      this.#waiting[index]?.push({ resolve, reject });
    });
    // A later failure is seen when the answer is awaited; until then it must not end the process.
    answer.catch(() => undefined);
    this.#workers[index]?.postMessage(batch);
    return answer;
  }
}
