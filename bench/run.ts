import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Contest, hold } from './contest.ts';

const ROUNDS = 5;

const [, , room, rounds = String(ROUNDS)] = process.argv;
const rooms = [
  'capacity',
  'classification',
  'demand',
  'documents',
  'events',
  'files',
  'intake',
  'landed-cost',
  'packing',
  'placement',
  'planning',
  'rates',
  'reroute',
  'screening',
  'transport',
];
const file = new URL(`./${room}.ts`, import.meta.url);
if (room === undefined || !rooms.includes(room) || !existsSync(fileURLToPath(file))) {
  process.stderr.write(`give a room: ${rooms.join(', ')}\n`);
  process.exit(2);
}
const { contests, close } = (await import(file.href)) as {
  contests: () => Promise<Contest[]>;
  close?: () => Promise<void>;
};
process.stdout.write(
  `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim()}); medians of ${rounds} rounds\n\n`,
);
try {
  for (const contest of await contests()) process.stdout.write(`${await hold(contest, Number(rounds))}\n`);
} finally {
  await close?.();
}
