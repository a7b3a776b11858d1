import { parentPort, workerData } from 'node:worker_threads';
import type { RecordBatch } from '@crossparcel/files';
import { recordCommands } from '../commands/record-commands.ts';
import { BatchAnswerer } from './batch-answerer.ts';
import type { WorkerTask } from './worker-pool.ts';

const { command: name, options, keepGoing } = workerData as WorkerTask;
const command = recordCommands.find((one) => one.name === name);
if (!command) throw new Error(`no record command ${name}`);
const answerer = new BatchAnswerer(command, options, keepGoing);
parentPort?.on('message', (batch: RecordBatch) => parentPort?.postMessage(answerer.answer(batch)));
