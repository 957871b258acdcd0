import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError, Clock, Keyring, MINUTE, Random, shift } from '@portillon/kernel';
import { Database, Statements } from '@portillon/persistence';
import type { Correlation } from './provider';
import { purgeExpired } from './purge';
import { StateUse, StateUsed, Turn } from './state-use';
import { WayBackMemory } from './way-back-memory';

/** What a browser brings back from PSC, if it is the one that went. */
export type Return =
  | {
      status: 'expected';
      correlation: Correlation;
      returnTo: string;
      linkFor: string | null;
      /** Still to be told to the database, before what PSC says has any effect; of who links it is. */
      use: StateUse;
    }
  /** Counted beyond the limit of whoever came. */
  | { status: 'over'; returnTo: string; linkFor: string | null }
  | { status: 'refused'; reason: Unrecognised | 'replayed-state' };

type Unrecognised = 'unknown-state' | 'other-browser' | 'expired-state';

/** What the state says, to us alone: it goes to PSC and back sealed. */
interface Departed {
  id: string;
  browserDigest: string;
  returnTo: string;
  linkFor: string | null;
  expiresAt: string;
}

/** The phone must be found, unlocked and its code typed: as long as a sign-in in progress may last. */
const LIFE_MS = 15 * MINUTE;
/** Who links is at a page that somebody else could finish on an unlocked workstation: no longer than a proof is fresh. */
const LINK_LIFE_MS = 5 * MINUTE;
/** How far the clocks of two instances may be apart: for so long more a state that was used is known as used. */
const SKEW_MS = 5 * MINUTE;
const BROWSER_SECRET = /^[A-Za-z0-9_-]{43}$/;
/** For who came without having left. */
const NOWHERE = { returnTo: '/', linkFor: null };
const BROWSER = 'psc-browser';
const STATE = 'psc-state';

/**
 * The sign-ins that people left for PSC with: each is taken back once, in the browser that went. Nothing is stored
 * until somebody is back (docs/adr/0014).
 */
@Injectable()
export class ProviderRequests {
  readonly #memory: WayBackMemory;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
  ) {
    this.#memory = new WayBackMemory(clock);
  }

  /**
   * `browserCookie`: what the browser has from a sign-in it began in another tab, which may go on. `linkFor`: the
   * session that wants the identity linked to its account; without it the person wants to sign in.
   */
  begin(
    returnTo: string,
    browserCookie: string | undefined,
    linkFor: string | null = null,
  ): { correlation: Correlation; browserCookie: string } {
    const browser = BROWSER_SECRET.test(browserCookie ?? '') ? browserCookie! : this.#secret();
    const departed: Departed = {
      id: this.random.id(),
      browserDigest: this.keyring.digest(BROWSER, [browser]),
      returnTo,
      linkFor,
      expiresAt: shift(this.clock.now(), linkFor ? LINK_LIFE_MS : LIFE_MS).toISOString(),
    };
    const state = this.keyring.seal(STATE, JSON.stringify(departed), this.random);
    return { correlation: { state, ...secretsOf(departed, browser) }, browserCookie: browser };
  }

  /** Of several with the same state one is expected. Another browser learns nothing, and takes nothing away. */
  async takeBack(state: string | undefined, browserCookie: string | undefined, turn: Turn): Promise<Return> {
    const departed = this.#recognise(state, browserCookie);
    const { returnTo, linkFor } = typeof departed === 'string' ? NOWHERE : departed;
    const over = { status: 'over', returnTo, linkFor } as const;
    if (!this.#memory.count(turn.hit)) return over;
    const heeding = this.#heeding(turn);
    if (typeof departed === 'string')
      return (await heeding.take(this.database.gathered)) ? over : { status: 'refused', reason: departed };
    const used = { id: departed.id, until: shift(new Date(departed.expiresAt), SKEW_MS) };
    const use = new StateUse(used, heeding, this.database, this.clock);
    try {
      await this.#admit(used, heeding, use);
      // Who signs in tells the database with the session; who links, at once.
      if (linkFor) await use.alone();
    } catch (error) {
      if (error instanceof StateUsed) return { status: 'refused', reason: 'replayed-state' };
      if (error instanceof AppError && error.code === 'attempts.exceeded') return over;
      throw error;
    }
    const correlation = { state: state!, ...secretsOf(departed, browserCookie!) };
    return { status: 'expected', correlation, returnTo, linkFor, use };
  }

  purge(batch: number): Promise<number> {
    return purgeExpired(this.database, 'pscRequest', 'id', this.clock.now(), batch);
  }

  #recognise(state: string | undefined, browserCookie: string | undefined): Departed | Unrecognised {
    const departed = this.#open(state);
    if (!departed) return 'unknown-state';
    if (!browserCookie || !this.keyring.matches(departed.browserDigest, BROWSER, [browserCookie]))
      return 'other-browser';
    return new Date(departed.expiresAt) <= this.clock.now() ? 'expired-state' : departed;
  }

  /** Counts at once who is not counted with what follows. @throws AppError `attempts.exceeded`; StateUsed */
  async #admit(state: { id: string; until: Date }, turn: Turn, use: StateUse): Promise<void> {
    if (!turn.inDatabase) await use.count();
    if (this.#memory.use(state.id, state.until)) return;
    if (turn.inDatabase) await use.count();
    throw new StateUsed();
  }

  /** What the database says of a block that came too often is heeded here from then on. */
  #heeding(turn: Turn): Turn {
    const take = async (at: Statements) => {
      const over = await turn.take(at);
      if (over) this.#memory.close(turn.hit, over);
      return over;
    };
    return { ...turn, take };
  }

  #open(state: string | undefined): Departed | undefined {
    try {
      return JSON.parse(this.keyring.open(STATE, state ?? '')) as Departed;
    } catch {
      // Forged, altered, truncated, or sealed by a key that has left the ring.
      return undefined;
    }
  }

  #secret(): string {
    return this.random.bytes(32).toString('base64url');
  }
}

/**
 * From the browser's secret, as OpenID Connect Core 15.5.2 has it for the nonce, and from what is sealed in the state:
 * neither half alone gives them, and no table holds them.
 */
function secretsOf({ id }: Departed, browser: string): Omit<Correlation, 'state'> {
  const derived = createHmac('sha512', browser).update(id).digest();
  const half = derived.length / 2;
  return {
    nonce: derived.toString('base64url', 0, half),
    codeVerifier: derived.toString('base64url', half),
  };
}
