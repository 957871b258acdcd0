import { createHash } from 'node:crypto';
import type { Keyring } from '@portillon/kernel';
import type { AuditSealEntity } from './audit-seal.entity';
import { canonicalLine, isMarked, MarkedLine } from '../journal/journal.line';

export type Seal = AuditSealEntity;

/** What every seal says, in the order in which its digest covers it: never change it. */
const SAID = [
  'sequence',
  'firstId',
  'lastId',
  'lineCount',
  'unmarkedCount',
  'youngestAt',
  'linesDigest',
  'purgedThrough',
  'previousDigest',
  'sealedAt',
] as const satisfies (keyof Seal)[];

/** What stands before the first seal. */
export const BEGINNING: Pick<Seal, 'sequence' | 'digest' | 'purgedThrough'> = {
  sequence: 0,
  digest: '0'.repeat(64),
  purgedThrough: 0,
};

const FORM = 'portillon.audit.1';
const PURPOSE = 'audit.seal';

/** Digests lines one after the other, as a seal covers them. */
export class LinesDigest {
  readonly #hash = createHash('sha256');

  add(line: MarkedLine): void {
    this.#hash.update(`${canonicalLine(line)}${line.mark ?? ''}\n`);
  }

  end(): string {
    return this.#hash.digest('hex');
  }
}

/** SHA-256 over what a seal says: the next one says it again, so that each covers all before it. */
export function digestOf(seal: Omit<Seal, 'digest' | 'signature'>): string {
  const said = SAID.map((name) => {
    const value = seal[name];
    return value instanceof Date ? value.toISOString() : value;
  });
  return createHash('sha256')
    .update(JSON.stringify([FORM, ...said]))
    .digest('hex');
}

/** The seal of `lines`, which are in the order of their ids, after `previous`. */
export function sealOf(
  lines: MarkedLine[],
  previous: Pick<Seal, 'sequence' | 'digest' | 'purgedThrough'>,
  sealedAt: Date,
  keyring: Keyring,
): Seal {
  const digest = new LinesDigest();
  for (const line of lines) digest.add(line);
  return signed(
    {
      sequence: previous.sequence + 1,
      firstId: lines[0]!.id,
      lastId: lines.at(-1)!.id,
      lineCount: lines.length,
      unmarkedCount: lines.filter((line) => !isMarked(line, keyring)).length,
      youngestAt: youngestOf(lines, sealedAt),
      linesDigest: digest.end(),
      purgedThrough: previous.purgedThrough,
      previousDigest: previous.digest,
      sealedAt,
    },
    keyring,
  );
}

/** The seal that says that the lines of all seals up to `through` were purged. It covers no line. */
export function purgeSealOf(
  through: number,
  previous: Pick<Seal, 'sequence' | 'digest'>,
  sealedAt: Date,
  keyring: Keyring,
): Seal {
  return signed(
    {
      sequence: previous.sequence + 1,
      firstId: null,
      lastId: null,
      lineCount: 0,
      unmarkedCount: 0,
      youngestAt: sealedAt,
      linesDigest: new LinesDigest().end(),
      purgedThrough: through,
      previousDigest: previous.digest,
      sealedAt,
    },
    keyring,
  );
}

export type Signature = 'right' | 'wrong' | 'unknown-key';

/** Whether a key of this deployment signed the digest; an old key may have left the ring. */
export function signatureOf(seal: Pick<Seal, 'digest' | 'signature'>, keyring: Keyring): Signature {
  if (keyring.matches(seal.signature, PURPOSE, [seal.digest])) return 'right';
  return keyring.has(seal.signature.slice(0, seal.signature.lastIndexOf('.'))) ? 'wrong' : 'unknown-key';
}

function signed(said: Omit<Seal, 'digest' | 'signature'>, keyring: Keyring): Seal {
  const digest = digestOf(said);
  return { ...said, digest, signature: keyring.digest(PURPOSE, [digest]) };
}

/** A line of a server whose clock is ahead must not be kept longer than the others. */
function youngestOf(lines: MarkedLine[], sealedAt: Date): Date {
  const youngest = Math.max(...lines.map((line) => line.happenedAt.getTime()));
  return new Date(Math.min(youngest, sealedAt.getTime()));
}
