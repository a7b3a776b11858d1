import { parentPort, workerData } from 'node:worker_threads';
import { Atlas } from '../plans/atlas.ts';
import { type PlacementGround, proposalsOn } from './proposing.ts';

// Weighing thousands of SKUs takes many seconds, in which the process that answers requests must not stand still.
parentPort?.postMessage(await proposalsOn(new Atlas(), workerData as PlacementGround));
