import { parentPort, workerData } from 'node:worker_threads';
import type { RecordBatch } from '@crossparcel/files';
import { recordCommands } from '../commands/record-commands.ts';
import { BatchAnswerer } from './batch-answerer.ts';
import type { WorkerTask } from './worker-pool.ts';

const { command: name, options, keepGoing, asLines } = workerData as WorkerTask;
const command = recordCommands.find((one) => one.name === name);
if (!command) throw new Error(`no record command ${name}`);
const answerer = await BatchAnswerer.of(command, options, keepGoing);
parentPort?.on('message', (batch: RecordBatch) => {
  const answer = answerer.answer(batch);
  if (!asLines) {
    parentPort?.postMessage(answer);
    return;
  }
  // Handed over without a copy, so that the main thread has nothing to do but to write.
  const bytes = new TextEncoder().encode(answer.records.map((record) => `${record}\n`).join(''));
  const lines = { bytes, count: answer.records.length };
  parentPort?.postMessage({ ...answer, records: [], lines }, [bytes.buffer]);
});
