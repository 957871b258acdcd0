import { Keyring } from '@portillon/kernel';
import type { JournalFaults, Head } from './verification.types';
import { BEGINNING, lineDigestOf, Seal, signatureOf } from '../seal/seal';

/** Checks the seals one after the other: each must be unaltered, signed, and continue the previous one. */
export class SealChain {
  #previous: Pick<Seal, 'sequence' | 'digest' | 'purgedThrough'> = BEGINNING;
  /** The first of the latest seals whose signatures cannot be checked, and their keys; a later verified seal covers them. */
  #unchecked?: { from: number; keys: Set<string> };
  #foundation = true;
  foundationThrough = 0;
  seals = 0;

  constructor(
    private readonly keyring: Keyring,
    private readonly findings: JournalFaults,
    private readonly noted: Head | undefined,
  ) {}

  follow(seal: Seal): void {
    this.#checkPlace(seal);
    if (lineDigestOf(seal) !== seal.digest)
      this.#report(seal, `Seal ${seal.sequence} was altered: what it says does not fit its digest.`);
    this.#checkSignature(seal);
    this.#compare(seal);
    this.#weighUnmarked(seal);
    this.#previous = seal;
    this.seals++;
  }

  /** Reports faults that only show at the end of the chain. */
  end(): void {
    const { sequence } = this.#previous;
    if (this.#unchecked) this.#doubtSignatures(this.#unchecked.from, [...this.#unchecked.keys]);
    if (this.noted && this.noted.sequence > sequence)
      this.findings.add(
        `The journal ends at seal ${sequence}, but seal ${this.noted.sequence} was noted: its end was cut off.`,
      );
    if (!this.noted && this.seals === 0)
      this.findings.doubt(
        'Nothing is sealed yet, and a journal that was emptied looks the same: only a head that was noted (--head) tells them apart.',
      );
  }

  #checkPlace(seal: Seal): void {
    const { sequence, digest, purgedThrough } = this.#previous;
    if (seal.sequence !== sequence + 1) {
      const last = seal.sequence - 1;
      const range = last === sequence + 1 ? `Seal ${last} is` : `Seals ${sequence + 1} to ${last} are`;
      this.#report(seal, `${range} missing: removed.`);
    } else if (seal.previousDigest !== digest)
      this.#report(
        seal,
        `Seal ${seal.sequence} does not continue seal ${sequence}: one of the two was replaced.`,
      );
    if (seal.purgedThrough < purgedThrough || seal.purgedThrough >= seal.sequence)
      this.#report(seal, `Seal ${seal.sequence} says something impossible about what was purged.`);
  }

  #checkSignature(seal: Seal): void {
    const signature = signatureOf(seal, this.keyring);
    if (signature !== 'unknown-key') this.#unchecked = undefined;
    else {
      this.#unchecked ??= { from: seal.sequence, keys: new Set() };
      this.#unchecked.keys.add(Keyring.keyIdOf(seal.signature));
    }
    if (signature === 'wrong')
      this.#report(seal, `Seal ${seal.sequence} was not made by Portillon: its signature is wrong.`);
  }

  #doubtSignatures(from: number, keys: string[]): void {
    const names = keys.map((key) => `"${key}"`).join(', ');
    this.findings.doubt(
      `The seals from ${from} on are signed with a key that is not in SECRET_KEYS (${names}): add it to check them.`,
      { seal: from },
    );
  }

  #compare(seal: Seal): void {
    if (seal.sequence !== this.noted?.sequence || seal.digest === this.noted.digest) return;
    this.#report(seal, `Seal ${seal.sequence} is not the one that was noted: the journal was rewritten.`);
  }

  /** Only the very first seals may cover lines from before marks existed. */
  #weighUnmarked({ sequence, lineCount, unmarkedCount }: Seal): void {
    if (lineCount === 0) return;
    this.#foundation &&= unmarkedCount > 0;
    if (this.#foundation) this.foundationThrough = sequence;
  }

  #report(seal: Seal, text: string): void {
    this.findings.add(text, { seal: seal.sequence });
  }
}
