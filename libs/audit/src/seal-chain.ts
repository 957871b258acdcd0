import type { Keyring } from '@portillon/kernel';
import { BEGINNING, digestOf, Seal, signatureOf } from './seal';
import type { Findings, Head } from './verification';

/** Follows the seals one after the other: each must be as it was made, signed, and continue the one before. */
export class SealChain {
  #previous: Pick<Seal, 'sequence' | 'digest' | 'purgedThrough'> = BEGINNING;
  /** The first of the latest seals whose signatures cannot be checked: a later one that can covers the earlier. */
  #unsignedFrom?: number;
  #foundation = true;
  foundationThrough = 0;
  seals = 0;

  constructor(
    private readonly keyring: Keyring,
    private readonly findings: Findings,
    private readonly expected: Head | undefined,
  ) {}

  follow(seal: Seal): void {
    this.#checkPlace(seal);
    if (digestOf(seal) !== seal.digest)
      this.#tell(seal, `Seal ${seal.sequence} was altered: what it says does not fit its digest.`);
    this.#checkSignature(seal);
    this.#compare(seal);
    this.#weighUnmarked(seal);
    this.#previous = seal;
    this.seals++;
  }

  /** What only shows at the end of the chain. */
  end(): void {
    const { sequence } = this.#previous;
    if (this.#unsignedFrom !== undefined)
      this.findings.add(
        `The seals from ${this.#unsignedFrom} on are signed with a key that is not in SECRET_KEYS: add it to check them.`,
        { seal: this.#unsignedFrom },
      );
    if (this.expected && this.expected.sequence > sequence)
      this.findings.add(
        `The journal ends at seal ${sequence}, but seal ${this.expected.sequence} was noted: its end was cut off.`,
      );
  }

  #checkPlace(seal: Seal): void {
    const { sequence, digest, purgedThrough } = this.#previous;
    if (seal.sequence !== sequence + 1) {
      const last = seal.sequence - 1;
      const range = last === sequence + 1 ? `Seal ${last} is` : `Seals ${sequence + 1} to ${last} are`;
      this.#tell(seal, `${range} missing: removed.`);
    } else if (seal.previousDigest !== digest)
      this.#tell(
        seal,
        `Seal ${seal.sequence} does not continue seal ${sequence}: one of the two was replaced.`,
      );
    if (seal.purgedThrough < purgedThrough || seal.purgedThrough >= seal.sequence)
      this.#tell(seal, `Seal ${seal.sequence} says something impossible about what was purged.`);
  }

  #checkSignature(seal: Seal): void {
    const signature = signatureOf(seal, this.keyring);
    if (signature === 'unknown-key') this.#unsignedFrom ??= seal.sequence;
    else this.#unsignedFrom = undefined;
    if (signature === 'wrong')
      this.#tell(seal, `Seal ${seal.sequence} was not made by Portillon: its signature is wrong.`);
  }

  #compare(seal: Seal): void {
    if (seal.sequence !== this.expected?.sequence || seal.digest === this.expected.digest) return;
    this.#tell(seal, `Seal ${seal.sequence} is not the one that was noted: the journal was rewritten.`);
  }

  /** Only the very first seals may hold lines from before there were marks. */
  #weighUnmarked({ sequence, lineCount, unmarkedCount }: Seal): void {
    if (lineCount === 0) return;
    this.#foundation &&= unmarkedCount > 0;
    if (this.#foundation) this.foundationThrough = sequence;
  }

  #tell(seal: Seal, text: string): void {
    this.findings.add(text, { seal: seal.sequence });
  }
}
