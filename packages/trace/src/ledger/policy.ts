import { KEY_TYPES, type NoteKey, parseVerifierKey } from './signed-note.ts';

/** Whose signatures a checkpoint needs (C2SP tlog-policy). */
export interface Policy {
  readonly logs: readonly NoteKey[];
  readonly witnesses: ReadonlyMap<string, NoteKey>;
  readonly groups: ReadonlyMap<string, { readonly atLeast: number; readonly members: readonly string[] }>;
  /** Name of a witness or a group, or undefined for `none`. */
  readonly quorum: string | undefined;
}

/** A policy, or what is wrong with its text. */
export type ReadPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly reason: string };

class PolicyReader {
  readonly logs: NoteKey[] = [];
  readonly witnesses = new Map<string, NoteKey>();
  readonly groups = new Map<string, { atLeast: number; members: string[] }>();
  quorum: string | undefined;
  hasQuorum = false;

  /** Takes one line; gives what is wrong with it. */
  take(words: readonly string[]): string | undefined {
    const [keyword, name = '', ...rest] = words;
    switch (keyword) {
      case 'log':
        return this.#log(name);
      case 'witness':
        return this.#witness(name, rest[0] ?? '');
      case 'group':
        return this.#group(name, rest[0] ?? '', rest.slice(1));
      case 'quorum':
        return this.#quorum(name);
      default:
        return `unknown keyword ${keyword}`;
    }
  }

  #log(text: string): string | undefined {
    const key = parseVerifierKey(text);
    if (key?.type !== KEY_TYPES.ed25519) return `${text} is not an Ed25519 key`;
    this.logs.push(key);
    return undefined;
  }

  #witness(name: string, text: string): string | undefined {
    const key = parseVerifierKey(text);
    if (!key) return `${text} is not a key`;
    if (this.#isTaken(name)) return `${name} is named twice`;
    this.witnesses.set(name, key);
    return undefined;
  }

  #group(name: string, threshold: string, members: string[]): string | undefined {
    if (this.#isTaken(name)) return `${name} is named twice`;
    if (new Set(members).size !== members.length) return `${name} names a member twice`;
    const unknown = members.find((member) => !this.#isTaken(member));
    if (unknown !== undefined) return `${name} names ${unknown}, which does not stand before it`;
    const atLeast = threshold === 'any' ? 1 : threshold === 'all' ? members.length : Number(threshold);
    if (!Number.isInteger(atLeast) || atLeast < 1 || atLeast > members.length) return `${threshold} is no threshold`;
    this.groups.set(name, { atLeast, members });
    return undefined;
  }

  #quorum(name: string): string | undefined {
    if (this.hasQuorum) return 'there are two quorums';
    if (name !== 'none' && !this.#isTaken(name)) return `${name} does not stand before the quorum`;
    this.hasQuorum = true;
    this.quorum = name === 'none' ? undefined : name;
    return undefined;
  }

  #isTaken(name: string): boolean {
    return name === '' || name === 'none' || this.witnesses.has(name) || this.groups.has(name);
  }
}

/** Reads a policy text: lines of words, `#` starts a comment. */
export const parsePolicy = (text: string): ReadPolicy => {
  const reader = new PolicyReader();
  for (const [index, line] of text.split('\n').entries()) {
    const words = (line.split('#', 1)[0] ?? '').split(/\s+/).filter((word) => word !== '');
    if (words.length === 0) continue;
    const wrong = reader.take(words);
    if (wrong !== undefined) return { ok: false, reason: `policy line ${index + 1}: ${wrong}` };
  }
  if (reader.logs.length === 0) return { ok: false, reason: 'the policy names no log' };
  if (!reader.hasQuorum) return { ok: false, reason: 'the policy has no quorum line' };
  const { logs, witnesses, groups, quorum } = reader;
  return { ok: true, policy: { logs, witnesses, groups, quorum } };
};

/** Whether some witnesses, by name, make the quorum. */
export const meetsQuorum = (policy: Policy, present: ReadonlySet<string>): boolean => {
  const holds = (name: string): boolean => {
    const group = policy.groups.get(name);
    if (!group) return present.has(name);
    return group.members.filter(holds).length >= group.atLeast;
  };
  return policy.quorum === undefined || holds(policy.quorum);
};
