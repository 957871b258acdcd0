import { Injectable } from '@nestjs/common';
import {
  Clock,
  issueToken,
  Keyring,
  MINUTE,
  parseToken,
  Random,
  secretMatches,
  shift,
} from '@portillon/kernel';
import { Database } from '@portillon/persistence';
import type { Correlation } from './provider';
import { purgeExpired } from './purge';

/** What a browser brings back from PSC, if it is the one that went. */
export type Return =
  | { status: 'expected'; correlation: Correlation; returnTo: string; linkFor: string | null }
  | { status: 'refused'; reason: 'unknown-state' | 'other-browser' | 'replayed-state' | 'expired-state' };

interface RequestRow {
  id: string;
  stateDigest: string;
  browserDigest: string;
  secretsSealed: string;
  returnTo: string;
  expiresAt: Date;
  consumedAt: Date | null;
}

type Sealed = Omit<Correlation, 'state'> & { linkFor: string | null };

/** The phone must be found, unlocked and its code typed: as long as a sign-in in progress may last. */
const LIFE_MS = 15 * MINUTE;
/** Who links is at a page that somebody else could finish on an unlocked workstation: no longer than a proof is fresh. */
const LINK_LIFE_MS = 5 * MINUTE;
const BROWSER_SECRET = /^[A-Za-z0-9_-]{43}$/;
const BROWSER = 'psc-browser';
const SECRETS = 'psc-request';

/** The sign-ins that people left for PSC with: each is taken back once, in the browser that went. */
@Injectable()
export class ProviderRequests {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
  ) {}

  /**
   * `browserCookie`: what the browser has from a sign-in it began in another tab, which may go on. `linkFor`: the
   * session that wants the identity linked to its account; without it the person wants to sign in.
   */
  async begin(
    returnTo: string,
    browserCookie: string | undefined,
    linkFor: string | null = null,
  ): Promise<{ correlation: Correlation; browserCookie: string }> {
    const browser = BROWSER_SECRET.test(browserCookie ?? '') ? browserCookie! : this.#secret();
    const state = issueToken(this.random);
    const secrets = { nonce: this.#secret(), codeVerifier: this.#secret() };
    await this.database.execute(
      `INSERT INTO pscRequest (id, stateDigest, browserDigest, secretsSealed, returnTo, expiresAt)
       VALUES (?, ?, ?, ?, ?, ?)`,
      [
        state.id,
        state.secretDigest,
        this.keyring.digest(BROWSER, [browser]),
        this.keyring.seal(SECRETS, JSON.stringify({ ...secrets, linkFor }), this.random),
        returnTo,
        shift(this.clock.now(), linkFor ? LINK_LIFE_MS : LIFE_MS),
      ],
    );
    return { correlation: { state: state.value, ...secrets }, browserCookie: browser };
  }

  /** Of several with the same state one is expected. Another browser learns nothing, and takes nothing away. */
  async takeBack(state: string | undefined, browserCookie: string | undefined): Promise<Return> {
    const row = await this.#find(state);
    if (!row) return { status: 'refused', reason: 'unknown-state' };
    if (!browserCookie || !this.keyring.matches(row.browserDigest, BROWSER, [browserCookie]))
      return { status: 'refused', reason: 'other-browser' };
    if (row.consumedAt) return { status: 'refused', reason: 'replayed-state' };
    const now = this.clock.now();
    if (row.expiresAt <= now) return { status: 'refused', reason: 'expired-state' };
    const taken = await this.database.execute(
      'UPDATE pscRequest SET consumedAt = ? WHERE id = ? AND consumedAt IS NULL AND expiresAt > ?',
      [now, row.id, now],
    );
    if (taken !== 1) return { status: 'refused', reason: 'replayed-state' };
    const { linkFor, ...secrets } = JSON.parse(this.keyring.open(SECRETS, row.secretsSealed)) as Sealed;
    return {
      status: 'expected',
      correlation: { state: state!, ...secrets },
      returnTo: row.returnTo,
      linkFor,
    };
  }

  purge(batch: number): Promise<number> {
    return purgeExpired(this.database, 'pscRequest', 'id', this.clock.now(), batch);
  }

  async #find(state: string | undefined): Promise<RequestRow | undefined> {
    const parsed = parseToken(state);
    if (!parsed) return undefined;
    const sql = `SELECT id, stateDigest, browserDigest, secretsSealed, returnTo, expiresAt, consumedAt
      FROM pscRequest WHERE id = ?`;
    const row = await this.database.row<RequestRow>(sql, [parsed.id]);
    return row && secretMatches(parsed.secret, row.stateDigest) ? row : undefined;
  }

  #secret(): string {
    return this.random.bytes(32).toString('base64url');
  }
}
