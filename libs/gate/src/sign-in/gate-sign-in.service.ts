import { Inject, Injectable } from '@nestjs/common';
import { Clock, issueToken, Keyring, parseToken, Random, addMilliseconds } from '@portillon/kernel';
import { GATE_OPTIONS, type GateOptions } from '../gate.options';
import type { GatedRequest } from '../proxies/gated-request.types';
import type { AskedLevel } from '../rules/access.policy';
import { authorizationUrl } from './authorization-url';
import { OWN_PAGES } from './callback-path';
import { SIGN_IN_MS } from './gate.cookies';
import { GateSignInRepository } from './gate-sign-in.repository';
import type { GateSignIn } from './gate-sign-in.types';

const PURPOSE = 'gate.sign-in';
/** JSON. With the longest origin beside it, it is a `state` of the 2,048 characters that the provider takes. */
const LONGEST_TARGET = 900;

export interface StartedSignIn {
  id: string;
  /** Where the browser goes to sign in. */
  location: string;
  /** For its cookie. */
  token: string;
}

/**
 * Sends users who lack a session, a level or a fresh proof to the sign-in. Any stranger can cause this, so no row is
 * written before the user is back: the encrypted `state` of OpenID Connect holds all data.
 */
@Injectable()
export class GateSignInService {
  constructor(
    private readonly signIns: GateSignInRepository,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
    private readonly random: Random,
    @Inject(GATE_OPTIONS) private readonly options: GateOptions,
  ) {}

  /** The address on the application's own host where the sign-in starts. */
  begin(applicationId: string, { origin, target }: GatedRequest, asked: AskedLevel): string {
    const signIn: GateSignIn = {
      id: this.random.id(),
      applicationId,
      origin,
      target: JSON.stringify(target).length > LONGEST_TARGET ? '/' : target,
      ...asked,
      expiresAt: addMilliseconds(this.clock.now(), SIGN_IN_MS).toISOString(),
    };
    const state = this.keyring.seal(PURPOSE, JSON.stringify(signIn), this.random);
    return `${origin}/${OWN_PAGES}/sign-in?request=${state}`;
  }

  /** The sign-in of this state, at this origin. Nothing when it is over or not ours: any text is answered. */
  read(state: string, origin: string): GateSignIn | undefined {
    const signIn = this.#open(state);
    const isGood = signIn?.origin === origin && this.clock.now() < new Date(signIn.expiresAt);
    return isGood ? signIn : undefined;
  }

  /** Binds the sign-in to the browser that starts it. Nothing when it is over. */
  start(state: string, origin: string): StartedSignIn | undefined {
    const signIn = this.read(state, origin);
    if (!signIn) return undefined;
    const { id, value: token } = issueToken(this.random, signIn.id);
    const { secret } = parseToken(token)!;
    return { id, location: authorizationUrl(this.options.publicUrl, { ...signIn, state }, secret), token };
  }

  /** Deletes at most `batch` that were used up and are over. Returns the number. */
  purge(batch: number): Promise<number> {
    return this.signIns.deleteExpired(this.clock.now(), batch);
  }

  #open(state: string): GateSignIn | undefined {
    try {
      return JSON.parse(this.keyring.open(PURPOSE, state)) as GateSignIn;
    } catch {
      return undefined;
    }
  }
}
