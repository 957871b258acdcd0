import { Injectable, Logger } from '@nestjs/common';
import { audited, holderOf } from '@portillon/access';
import { RefusalJournalService } from '@portillon/audit';
import { clientOf } from '@portillon/http';
import { addMilliseconds, AppError, Clock, MINUTE } from '@portillon/kernel';
import { SessionPolicy, SessionService } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { redirectTo, showRefusal } from '../pages/refusal-page';
import type { GatedRequest, ParseResult, Unreadable, UnreadableRequest } from '../proxies/gated-request';
import type { Forbidden } from '../rules/access.policy';
import { GateSignInService } from '../sign-in/gate-sign-in.service';
import { GateCookies } from '../sign-in/gate.cookies';
import { AssertionService } from './assertion.service';
import { GateCheckService, GateDecision } from './gate-check.service';
import type { GateContext, GatedSession } from './gate-check.service';
import { NO_PERSON, personHeaders } from './identity-headers';

const ADVICE: Partial<Record<Unreadable, string>> = {
  'proxy-not-named': '; if this is your proxy, name its address in GATE_PROXIES',
  'proxy-not-proved': '; your proxy must send GATE_PROXY_SECRET as X-Portillon-Proxy-Secret',
};

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

type AskingDecision = GateDecision & { status: 'sign-in' | 'step-up' };

/** As often as our own pages report activity. */
const AT_MOST_EVERY_MS = MINUTE;

/** Turns a verdict into the answer to a proxy: 200, a redirect, 401 or 403. */
@Injectable()
export class GateAnswerService {
  readonly #logger = new Logger('Gate');
  /** Causes that this process has logged. */
  readonly #logged = new Set<Unreadable>();

  constructor(
    private readonly checks: GateCheckService,
    private readonly cookies: GateCookies,
    private readonly signIns: GateSignInService,
    private readonly assertions: AssertionService,
    private readonly sessions: SessionService,
    private readonly policy: SessionPolicy,
    private readonly clock: Clock,
    private readonly refusals: RefusalJournalService,
  ) {}

  /**
   * `redirectStatus`: for a proxy that takes no other; by default 302, or 303 where the method must not be repeated.
   *
   * @throws AppError `gate.unreadable`, and to a program `session.required`, `gate.level-required`, `permission.denied`
   */
  async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    reading: ParseResult,
    redirectStatus?: number,
  ): Promise<void> {
    if (reading.status === 'unreadable') {
      if (reading.suspicious) await this.checks.recordSuspicious(reading.suspicious);
      this.#logOnce(reading.why, request.raw.socket.remoteAddress);
      throw unreadableOf(reading);
    }
    const gated = reading.request;
    const decision = await this.checks.check(gated, this.cookies.session(request, gated.origin));
    switch (decision.status) {
      case 'unreadable':
        throw unreadableOf(decision);
      case 'no-application':
        return this.#forbid(reply, gated, decision.status);
      case 'public':
        return void reply.headers(NO_PERSON).send();
      case 'admitted':
        await this.#recordUse(decision.person.session, gated);
        return void reply.headers(await this.#headersOf(decision)).send();
      case 'forbidden':
        await this.#recordRefusal(request, gated, decision, decision.reason);
        return this.#forbid(reply, gated, decision.reason);
      default:
        if (!gated.wantsPage) throw refusalOf(reply, decision);
        return this.#redirect(reply, gated, decision, redirectStatus);
    }
  }

  /** Each unreadable request is refused; one log line for each would let a stranger fill the log. */
  #logOnce(why: Unreadable, proxy: string | undefined): void {
    if (this.#logged.has(why)) return;
    this.#logged.add(why);
    const advice = ADVICE[why] ?? '';
    this.#logger.warn(`Unreadable check from ${proxy}: ${why}${advice}. Logged once per cause and process.`);
  }

  async #headersOf({ application, person, proof }: GateDecision & { status: 'admitted' }) {
    const isSigned = application.gateAssertion;
    const assertion = isSigned ? await this.assertions.sign(person, application, proof) : '';
    return personHeaders(person, application, assertion);
  }

  #forbid(reply: FastifyReply, { wantsPage }: GatedRequest, reason: string): void {
    if (!wantsPage) throw new AppError('permission.denied', { detail: reason });
    showRefusal(reply, 'forbidden');
  }

  #redirect(
    reply: FastifyReply,
    request: GatedRequest,
    { application, asked }: AskingDecision,
    redirectStatus?: number,
  ): void {
    const location = this.signIns.begin(application.id, request, asked);
    const status = redirectStatus ?? (SAFE_METHODS.has(request.method) ? 302 : 303);
    redirectTo(reply, location, status);
  }

  /**
   * Extends the session's idle limit, never the absolute one. Only requests that a user causes count: otherwise a page that
   * polls would keep the session of an abandoned workstation open.
   */
  async #recordUse(session: GatedSession, { byPerson }: GatedRequest): Promise<void> {
    if (byPerson && this.#isToBeRenewed(session)) await this.sessions.renew(session);
  }

  #isToBeRenewed({ principal, idleExpiresAt, expiresAt }: GatedSession): boolean {
    const lately = addMilliseconds(this.clock.now(), this.policy.idleMsOf(principal) - AT_MOST_EVERY_MS);
    return idleExpiresAt <= lately && idleExpiresAt < expiresAt;
  }

  /** Of signed-in users only, at a limited rate, without the path, which may name a patient. */
  async #recordRefusal(
    request: FastifyRequest,
    { address }: GatedRequest,
    { application, person }: Pick<GateContext, 'application' | 'person'>,
    reason: Forbidden,
  ): Promise<void> {
    if (!person) return;
    const client = { ...clientOf(request), address };
    const data = { application: application.id };
    const refusal = { name: 'application_refused', outcome: 'FAILURE', reason, data } as const;
    await this.refusals.record(audited(client, holderOf(person.session), refusal));
  }
}

function unreadableOf({ why }: UnreadableRequest): AppError {
  return new AppError('gate.unreadable', { detail: why });
}

/** A program receives the missing proof in headers (RFC 6750, RFC 9470); it cannot follow a redirect to a page. */
function refusalOf(reply: FastifyReply, { status, asked }: AskingDecision): AppError {
  const { acr, maxAgeSeconds } = asked;
  if (status === 'sign-in') {
    void reply.header('www-authenticate', 'Bearer');
    return new AppError('session.required');
  }
  const level = acr === null ? '' : `, acr_values="${acr}"`;
  const age = maxAgeSeconds === null ? '' : `, max_age="${maxAgeSeconds}"`;
  void reply.header('www-authenticate', `Bearer error="insufficient_user_authentication"${level}${age}`);
  return new AppError('gate.level-required');
}
