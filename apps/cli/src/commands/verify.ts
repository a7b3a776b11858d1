import { readFile } from 'node:fs/promises';
import { isParcelProof, type Verdict, verifyParcelProof, verifyProof } from '@crossparcel/trace/ledger';
import { Command } from 'commander';
import { EXIT, UsageError } from '../conventions/exit.ts';

interface VerifyOptions {
  readonly policy?: string;
  readonly leaf?: string;
}

const read = async (path: string, what: string): Promise<Buffer> => {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`${path}: ${what} cannot be read (${(error as NodeJS.ErrnoException).code}); check the path`);
  }
};

/** The text of a file, or undefined where its bytes are no UTF-8: replaced characters would hide a change. */
const textOf = (bytes: Buffer): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const verify = async (proofPath: string, { policy: policyPath, leaf: leafPath }: VerifyOptions): Promise<Verdict> => {
  if (policyPath === undefined) throw new UsageError('give the policy to check under: --policy FILE');
  const proof = textOf(await read(proofPath, 'the proof'));
  const policy = textOf(await read(policyPath, 'the policy'));
  if (proof === undefined || policy === undefined) {
    return { valid: false, reason: `the ${proof === undefined ? 'proof' : 'policy'} is not UTF-8 text` };
  }
  if (isParcelProof(proof)) {
    if (leafPath !== undefined) throw new UsageError('--leaf is for tlog-proofs; a parcel proof brings its events');
    return verifyParcelProof(proof, policy);
  }
  if (leafPath === undefined) throw new UsageError('a tlog-proof needs the entry that it proves: --leaf FILE');
  return verifyProof({ entry: new Uint8Array(await read(leafPath, 'the entry')), proof, policy });
};

/** `crossparcel verify`: checks a proof offline. */
export const verifyCommand = (): Command =>
  new Command('verify')
    .summary('check a proof offline: that events of a parcel, or an entry, stand in the log')
    .description(
      'Checks a parcel proof, or a C2SP tlog-proof of an entry. Exits with 0 when it is valid and 1 when not.',
    )
    .argument('<proof>', 'file with the proof')
    .option('--policy <file>', 'which log and witnesses are trusted (C2SP tlog-policy)')
    .option('--leaf <file>', 'bytes of the entry that a tlog-proof is about')
    .action(async (proof: string, options: VerifyOptions) => {
      const verdict = await verify(proof, options);
      if (verdict.valid) process.stdout.write('valid\n');
      else process.stdout.write(`invalid: ${verdict.reason}\n`);
      process.exitCode = verdict.valid ? EXIT.done : EXIT.failed;
    });
