import { parseToken, secretMatches } from '@portillon/kernel';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, IsNull, LessThanOrEqual, MoreThan, Not, Repository } from 'typeorm';

/** A row whose token, `id.secret`, is valid once, until it expires. */
export interface SingleUseRow {
  id: string;
  /** SHA-256 of the secret; null as soon as the token was used, voided or found expired. */
  secretDigest: string | null;
  expiresAt: Date;
}

/** Marks the token of a row as used, voided or expired. */
export const WIPED = { secretDigest: null };

/** Single use and expiry of tokens, whatever they are for. */
export abstract class SingleUseRepository<Row extends SingleUseRow> extends EntityRepository<Row> {
  /**
   * Returns the row of a valid token, which stays valid. Any text is answered. Records an expiry, so that no clock that
   * steps back revives the token.
   */
  async findValid(token: string, now: Date, tx?: EntityManager): Promise<Row | undefined> {
    const parsed = parseToken(token);
    const known = parsed && (await this.#tokens(tx).findOneBy({ id: parsed.id }));
    if (!known || !secretMatches(parsed.secret, known.secretDigest)) return undefined;
    if (known.expiresAt > now) return known as Row;
    const expired = { id: known.id, secretDigest: Not(IsNull()), expiresAt: LessThanOrEqual(now) };
    await this.#tokens(tx).update(expired, WIPED);
    return undefined;
  }

  /** Uses the token up as it was read, while it is valid. Returns `true` for one of several concurrent callers. */
  async use({ id, secretDigest }: Row, now: Date, tx: EntityManager): Promise<boolean> {
    const guard = { id, secretDigest: secretDigest!, expiresAt: MoreThan(now) };
    return exactlyOne(await this.#tokens(tx).update(guard, WIPED));
  }

  /** The columns that all such tables share. */
  #tokens(tx?: EntityManager): Repository<SingleUseRow> {
    return this.of(tx);
  }
}
