import { Inject, Injectable } from '@nestjs/common';
import { ACR_OF_MEANS, type AcrOfMeans } from '@portillon/application';
import { Clock, parseToken } from '@portillon/kernel';
import { Session, SessionService } from '@portillon/session';
import { gatePersonOf } from '../check/gate-person';
import { GATE_OPTIONS, type GateOptions } from '../gate.options';
import { proofFor } from '../rules/access.policy';
import { callbackOf } from './callback-path';
import { CodeRedemptionService } from './code-redemption.service';
import { GateSessionService } from './gate-session.service';
import type { GateSignIn } from './gate-sign-in.types';

/** The provider's answer, and the browser's cookie. */
export interface ReturnedSignIn {
  signIn: GateSignIn;
  code: string | undefined;
  error: string | undefined;
  /** The issuer of the answer (RFC 9207): our provider, and no other that a page sent the browser to. */
  iss: string | undefined;
  /** The cookie of this sign-in. */
  cookie: string | undefined;
  /** The application's cookie from before. */
  former: string | undefined;
}

/** `lost`: it is over, was used, or began in another browser. */
export type CallbackResult =
  { status: 'signed-in'; location: string; token: string } | { status: 'lost' | 'refused' | 'level-unmet' };

/** The end of a sign-in that the gate started: exchanges a code for the application's own cookie. */
@Injectable()
export class GateCallbackService {
  constructor(
    private readonly codes: CodeRedemptionService,
    private readonly sessions: SessionService,
    private readonly gateSessions: GateSessionService,
    private readonly clock: Clock,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
    @Inject(GATE_OPTIONS) private readonly options: GateOptions,
  ) {}

  async finish(returned: ReturnedSignIn): Promise<CallbackResult> {
    const { signIn } = returned;
    const held = parseToken(returned.cookie);
    if (held?.id !== signIn.id || returned.iss !== this.options.publicUrl) return { status: 'lost' };
    if (returned.code === undefined) return refused(returned.error);
    const redeemed = await this.#redeem(signIn, returned.code, held.secret);
    const session = redeemed && (await this.sessions.get(redeemed.sessionId));
    if (!session) return { status: 'lost' };
    if (!this.#hasLevel(session, signIn)) return { status: 'level-unmet' };
    const token = await this.gateSessions.open(
      signIn,
      { ...redeemed, expiresAt: session.expiresAt },
      returned.former,
    );
    // We requested this answer for this very origin: it contains no text from a browser.
    return token
      ? { status: 'signed-in', location: signIn.origin + signIn.target, token }
      : { status: 'lost' };
  }

  #redeem({ applicationId, origin }: GateSignIn, code: string, verifier: string) {
    return this.codes.redeem({ code, verifier, clientId: applicationId, redirectUri: callbackOf(origin) });
  }

  /** A session that the gate would send back at once must not begin a circle. */
  #hasLevel(session: Session, asked: GateSignIn): boolean {
    const now = this.clock.now();
    return proofFor(gatePersonOf(session, this.acrOfMeans, now).proofs, asked, now) !== undefined;
  }
}

function refused(error: string | undefined): CallbackResult {
  if (error === 'unmet_authentication_requirements') return { status: 'level-unmet' };
  return { status: error === 'access_denied' ? 'refused' : 'lost' };
}
