import { Inject, Injectable } from '@nestjs/common';
import { ACR_OF_MEANS } from '@portillon/application';
import type { AcrOfMeans } from '@portillon/application';
import { Clock, parseToken, secretMatches } from '@portillon/kernel';
import { Session, SessionService } from '@portillon/session';
import { gatePersonOf } from '../check/gate-person';
import { GATE_OPTIONS } from '../gate.options';
import type { GateOptions } from '../gate.options';
import { proofFor } from '../rules/access.policy';
import { callbackOf } from './callback-path';
import { CodeRedemptionService } from './code-redemption.service';
import { GateSessionService } from './gate-session.service';
import type { GateSignInEntity } from './gate-sign-in.entity';
import { GateSignInRepository } from './gate-sign-in.repository';

/** What comes back from the provider, and what the browser holds. */
export interface ReturnedSignIn {
  state: string;
  code: string | undefined;
  error: string | undefined;
  /** Who answers (RFC 9207): our provider, and no other that a page sent the browser to. */
  iss: string | undefined;
  origin: string;
  /** The cookie of this sign-in. */
  cookie: string | undefined;
  /** The application's cookie from before. */
  former: string | undefined;
}

/** `lost`: it is over, was used, or began in another browser. */
export type CallbackResult =
  { status: 'signed-in'; location: string; token: string } | { status: 'lost' | 'refused' | 'level-unmet' };

/** The end of a sign-in that the gate asked for: a code becomes the application's own cookie. */
@Injectable()
export class GateCallbackService {
  constructor(
    private readonly signIns: GateSignInRepository,
    private readonly codes: CodeRedemptionService,
    private readonly sessions: SessionService,
    private readonly gateSessions: GateSessionService,
    private readonly clock: Clock,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
    @Inject(GATE_OPTIONS) private readonly options: GateOptions,
  ) {}

  async finish(returned: ReturnedSignIn): Promise<CallbackResult> {
    const bound = await this.#boundSignIn(returned);
    if (!bound || returned.iss !== this.options.publicUrl) return { status: 'lost' };
    const { signIn, verifier } = bound;
    if (returned.code === undefined) return this.#refused(signIn, returned.error);
    const redeemed = await this.#redeem(signIn, returned.code, verifier);
    const session = redeemed && (await this.sessions.get(redeemed.sessionId));
    if (!session) return { status: 'lost' };
    if (!this.#hasLevel(session, signIn)) return this.#refused(signIn, 'unmet_authentication_requirements');
    const token = await this.gateSessions.open(
      signIn,
      { ...redeemed, expiresAt: session.expiresAt },
      returned.former,
    );
    // What is answered was asked of us for this very origin: no text of a browser is in it.
    return token
      ? { status: 'signed-in', location: signIn.origin + signIn.target, token }
      : { status: 'lost' };
  }

  /** The sign-in of this state, when it began in this browser, at this origin. */
  async #boundSignIn({ state, origin, cookie }: ReturnedSignIn) {
    const token = parseToken(cookie);
    if (token?.id !== state) return undefined;
    const signIn = await this.signIns.find(state, this.clock.now());
    if (signIn?.origin !== origin || !secretMatches(token.secret, signIn.secretDigest)) return undefined;
    return { signIn, verifier: token.secret };
  }

  #redeem({ applicationId, origin }: GateSignInEntity, code: string, verifier: string) {
    return this.codes.redeem({ code, verifier, clientId: applicationId, redirectUri: callbackOf(origin) });
  }

  /** A session that the gate would send back at once must not begin a circle. */
  #hasLevel(session: Session, asked: GateSignInEntity): boolean {
    const now = this.clock.now();
    return proofFor(gatePersonOf(session, this.acrOfMeans, now).proofs, asked, now) !== undefined;
  }

  async #refused({ id }: GateSignInEntity, error: string | undefined): Promise<CallbackResult> {
    await this.signIns.consume(id);
    if (error === 'unmet_authentication_requirements') return { status: 'level-unmet' };
    return { status: error === 'access_denied' ? 'refused' : 'lost' };
  }
}
