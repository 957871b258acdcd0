import { Inject, Injectable, Logger } from '@nestjs/common';
import { addMilliseconds, Clock, issueToken, Keyring, parseToken, Random } from '@portillon/kernel';
import { GATE_OPTIONS, type GateOptions } from '../gate.options';
import type { GatedRequest } from '../proxies/gated-request';
import { type AskedLevel, proofFor } from '../rules/access.policy';
import { authorizationUrl, callbackOf, type GateSignIn, GATE_PAGES } from './own-pages';
import { SIGN_IN_MS } from './gate.cookies';
import { GateSignInRepository } from './gate-sign-in.repository';
import { ACR_OF_MEANS, type AcrOfMeans } from '@portillon/application';
import { Session, SessionService } from '@portillon/session';
import { GateSessionService } from './gate-session.service';
import { HttpAdapterHost } from '@nestjs/core';
import { proofsOf, SessionClientService } from '@portillon/openid';
import type { FastifyInstance } from 'fastify';

const PURPOSE = 'gate.sign-in';

/** JSON. With the longest origin beside it, it is a `state` of the 2,048 characters that the provider takes. */
const LONGEST_TARGET = 900;

export interface StartedGateSignIn {
  id: string;
  /** Where the browser goes to sign in. */
  location: string;
  /** For its cookie. */
  token: string;
}

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

interface RedeemedCode {
  /** The application's id of the session, which a back-channel logout names. */
  sid: string;
  sessionId: string;
}

/**
 * Sends users who lack a session, a level or a fresh proof to the sign-in. Any stranger can cause this, so no row is
 * written before the user is back: the encrypted `state` of OpenID Connect holds all data. The gate is then a client of our
 * own provider, whose code it exchanges for the application's cookie.
 */
@Injectable()
export class GateSignInService {
  readonly #logger = new Logger('Gate');

  constructor(
    private readonly signIns: GateSignInRepository,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
    private readonly random: Random,
    @Inject(GATE_OPTIONS) private readonly options: GateOptions,
    private readonly sessions: SessionService,
    private readonly gateSessions: GateSessionService,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
    private readonly host: HttpAdapterHost,
    private readonly clients: SessionClientService,
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
    return `${origin}/${GATE_PAGES}/sign-in?request=${state}`;
  }

  /** The sign-in of this state, at this origin. Nothing when it is over or not ours: any text is answered. */
  read(state: string, origin: string): GateSignIn | undefined {
    const signIn = this.#open(state);
    const isGood = signIn?.origin === origin && this.clock.now() < new Date(signIn.expiresAt);
    return isGood ? signIn : undefined;
  }

  /** Binds the sign-in to the browser that starts it. Nothing when it is over. */
  start(state: string, origin: string): StartedGateSignIn | undefined {
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

  /** The end of a sign-in: exchanges the provider's code for the application's own cookie. */
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

  /** The session that the code was given in; nothing when the provider refuses it. */
  async #redeem(signIn: GateSignIn, code: string, verifier: string): Promise<RedeemedCode | undefined> {
    const sid = await this.#requestSid(signIn, code, verifier);
    const sessionId = sid && (await this.clients.sessionOf(sid, signIn.applicationId));
    return sessionId ? { sid, sessionId } : undefined;
  }

  #open(state: string): GateSignIn | undefined {
    try {
      return JSON.parse(this.keyring.open(PURPOSE, state)) as GateSignIn;
    } catch {
      return undefined;
    }
  }

  /** A session that the gate would send back at once must not begin a circle. */
  #hasLevel(session: Session, asked: GateSignIn): boolean {
    const now = this.clock.now();
    return proofFor(proofsOf(session, this.acrOfMeans), asked, now) !== undefined;
  }

  /** The token endpoint is called within the process, with all of its guards. */
  async #requestSid(
    { applicationId, origin }: GateSignIn,
    code: string,
    verifier: string,
  ): Promise<string | undefined> {
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      client_id: applicationId,
      redirect_uri: callbackOf(origin),
    });
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    const answer = await server.inject({
      method: 'POST',
      url: '/oidc/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: form.toString(),
    });
    if (answer.statusCode === 200) return sidOf(answer.json<{ id_token: string }>().id_token);
    this.#logger.warn(`code refused: ${answer.statusCode} ${answer.body.slice(0, 200)}`);
    return undefined;
  }
}

function refused(error: string | undefined): CallbackResult {
  if (error === 'unmet_authentication_requirements') return { status: 'level-unmet' };
  return { status: error === 'access_denied' ? 'refused' : 'lost' };
}

/** The token comes directly from our own provider, so it is read without a signature check. */
function sidOf(idToken: string): string | undefined {
  const payload = Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString();
  const { sid } = JSON.parse(payload) as { sid?: unknown };
  return typeof sid === 'string' ? sid : undefined;
}
