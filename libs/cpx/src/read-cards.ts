import { readCard } from './card-reader';
import { CardRefusal } from './card-refusal.types';
import { Card } from './card.types';
import { Certificate, readCertificate } from './certificate';

export interface ReadCard {
  certificate: Certificate;
  card?: Card | CardRefusal;
}

/** So many cards are seen again and again at one instance in a working day, in a few megabytes. */
const MOST = 500;

/**
 * Cards as they were read, so that the same bytes are parsed once. Nothing that a day can change is kept: signature,
 * dates and revocation are checked each time.
 */
export class ReadCards {
  readonly #known = new Map<string, ReadCard>();

  /** Nothing when the bytes are not exactly one certificate. */
  of(der: Buffer): ReadCard | undefined {
    const known = this.#known.get(keyOf(der));
    if (known) return known;
    const certificate = readCertificate(der);
    return certificate && { certificate };
  }

  /** To be asked once a trusted authority is known to have signed it: then it is kept, and no stranger is. */
  cardOf(read: ReadCard): Card | CardRefusal {
    read.card ??= readCard(read.certificate);
    this.#keep(read);
    return read.card;
  }

  #keep(read: ReadCard): void {
    const key = keyOf(read.certificate.raw);
    // Again at the end: the one that was not seen for longest goes first.
    this.#known.delete(key);
    this.#known.set(key, read);
    if (this.#known.size > MOST) this.#known.delete(this.#known.keys().next().value!);
  }
}

/** The bytes themselves: no two certificates share them. */
function keyOf(der: Buffer): string {
  return der.toString('latin1');
}
