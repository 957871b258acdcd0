import { createHash } from 'node:crypto';
import type { Keyring } from '@portillon/kernel';
import type { AuditSealEntity } from './audit-seal.repository';
import { canonicalLine, isMarked, MarkedLine } from '../journal/journal.line';

export type Seal = AuditSealEntity;

/** Content of a seal, in the order that its digest covers: never change it. */
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

/** Predecessor of the first seal. */
export const BEGINNING: Pick<Seal, 'sequence' | 'digest' | 'purgedThrough'> = {
  sequence: 0,
  digest: '0'.repeat(64),
  purgedThrough: 0,
};

const FORM = 'portillon.audit.1';
const PURPOSE = 'audit.seal';

/** Digest over lines one after the other, as a seal covers them. */
export class LinesDigest {
  readonly #hash = createHash('sha256');

  add(line: MarkedLine): void {
    this.#hash.update(`${canonicalLine(line)}${line.mark ?? ''}\n`);
  }

  end(): string {
    return this.#hash.digest('hex');
  }
}

/** SHA-256 over the content of a seal. The next seal includes it, so that each covers all earlier ones. */
export function lineDigestOf(seal: Omit<Seal, 'digest' | 'signature'>): string {
  const said = SAID.map((name) => {
    const value = seal[name];
    return value instanceof Date ? value.toISOString() : value;
  });
  return createHash('sha256')
    .update(JSON.stringify([FORM, ...said]))
    .digest('hex');
}

/** Makes the seal of `lines`, which are sorted by id, after `previous`. */
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

/** Makes the seal which records that the lines of all seals up to `through` were purged. It covers no lines. */
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

/** Whether a key of this deployment signed the digest; an old key may have been removed from the ring. */
export function signatureOf(seal: Pick<Seal, 'digest' | 'signature'>, keyring: Keyring): Signature {
  if (keyring.matches(seal.signature, PURPOSE, [seal.digest])) return 'right';
  return keyring.has(seal.signature.slice(0, seal.signature.lastIndexOf('.'))) ? 'wrong' : 'unknown-key';
}

function signed(said: Omit<Seal, 'digest' | 'signature'>, keyring: Keyring): Seal {
  const digest = lineDigestOf(said);
  return { ...said, digest, signature: keyring.digest(PURPOSE, [digest]) };
}

/** Limits the time of a line from a server whose clock is ahead, so that it is not kept longer. */
function youngestOf(lines: MarkedLine[], sealedAt: Date): Date {
  const youngest = Math.max(...lines.map((line) => line.happenedAt.getTime()));
  return new Date(Math.min(youngest, sealedAt.getTime()));
}
