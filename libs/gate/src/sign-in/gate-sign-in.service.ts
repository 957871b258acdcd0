import { Inject, Injectable } from '@nestjs/common';
import { hitOfBlock } from '@portillon/rate-limit';
import { Clock, issueToken, Keyring, MINUTE, parseToken, Random, shift, tooMany } from '@portillon/kernel';
import { Limit, LimitsByKind, RateLimiterService } from '@portillon/rate-limit';
import { GATE_OPTIONS } from '../gate.options';
import type { GateOptions } from '../gate.options';
import type { GatedRequest } from '../proxies/gated-request.types';
import type { AskedLevel } from '../rules/access.policy';
import { authorizationUrl } from './authorization-url';
import { OWN_PAGES } from './callback-path';
import { SIGN_IN_MS } from './gate.cookies';
import { GateSignInRepository } from './gate-sign-in.repository';

/** A busy morning restores hundreds of tabs at once, each of which asks; a flood of rows is bounded all the same. */
const PER_BLOCK: Limit = { name: 'gate.block.10min', max: 3_000, windowMs: 10 * MINUTE };

/** What an operator may list and clear. */
export const GATE_LIMITS = { block: [PER_BLOCK] } as const satisfies LimitsByKind;

export interface StartedSignIn {
  id: string;
  /** Where the browser goes to sign in. */
  location: string;
  /** For its cookie. */
  token: string;
}

/** How a person who lacks a session, a level or a fresh proof is sent to sign in. */
@Injectable()
export class GateSignInService {
  constructor(
    private readonly signIns: GateSignInRepository,
    private readonly limiter: RateLimiterService,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
    private readonly random: Random,
    @Inject(GATE_OPTIONS) private readonly options: GateOptions,
  ) {}

  /**
   * Writes down where the browser wanted to go, and gives the address on the application's own host where its sign-in
   * starts. @throws AppError `attempts.exceeded`
   */
  async begin(applicationId: string, request: GatedRequest, asked: AskedLevel): Promise<string> {
    const now = this.clock.now();
    const over = await this.limiter.hit([hitOfBlock(PER_BLOCK, request, this.keyring)]);
    if (over) throw tooMany('attempts.exceeded', over.retryAt, now, PER_BLOCK.name);
    const id = this.random.id();
    const { origin, target } = request;
    const expiresAt = shift(now, SIGN_IN_MS);
    await this.signIns.insert({ id, applicationId, origin, target, ...asked, secretDigest: null, expiresAt });
    return `${origin}/${OWN_PAGES}/sign-in?request=${id}`;
  }

  /** Binds the sign-in to the browser that starts it, once. Nothing when it is over, or was started before. */
  async start(id: string, origin: string): Promise<StartedSignIn | undefined> {
    const now = this.clock.now();
    const signIn = await this.signIns.find(id, now);
    if (signIn?.origin !== origin) return undefined;
    const token = issueToken(this.random, signIn.id);
    if (!(await this.signIns.bind(signIn.id, token.secretDigest, now))) return undefined;
    const { secret } = parseToken(token.value)!;
    return { id, location: authorizationUrl(this.options.publicUrl, signIn, secret), token: token.value };
  }

  /** Who came back signed in was no flood. After the commit. Never throws. */
  finished(request: Pick<GatedRequest, 'addressBlock'>): Promise<void> {
    return this.limiter.giveBack([hitOfBlock(PER_BLOCK, request, this.keyring)]);
  }

  /** Deletes at most `batch` whose person never came back: how many. */
  purge(batch: number): Promise<number> {
    return this.signIns.deleteExpired(this.clock.now(), batch);
  }
}
