import { Injectable, Logger } from '@nestjs/common';
import { AppError } from '@portillon/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GateReplyService } from '../pages/gate-reply.service';
import type {
  ParseResult,
  GatedRequest,
  Unreadable,
  UnreadableRequest,
} from '../proxies/gated-request.types';
import { GateCookies } from '../sign-in/gate.cookies';
import { GateSignInService } from '../sign-in/gate-sign-in.service';
import { AssertionService } from './assertion.service';
import { GateCheckService, GateDecision } from './gate-check.service';
import { GateRefusalJournalService } from './gate-refusal-journal.service';
import { GateUseService } from './gate-use.service';
import { NO_PERSON, personHeaders } from './identity-headers';

const ADVICE: Partial<Record<Unreadable, string>> = {
  'proxy-not-named': '; if this is your proxy, name its address in GATE_PROXIES',
  'proxy-not-proved': '; your proxy must send GATE_PROXY_SECRET as X-Portillon-Proxy-Secret',
};
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

type AskingDecision = GateDecision & { status: 'sign-in' | 'step-up' };

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
    private readonly replies: GateReplyService,
    private readonly use: GateUseService,
    private readonly journal: GateRefusalJournalService,
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
      if (reading.doubted) await this.checks.doubt(reading.doubted);
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
        await this.use.note(decision.person.session, gated);
        return void reply.headers(await this.#headersOf(decision)).send();
      case 'forbidden':
        await this.journal.record(request, gated, decision, decision.reason);
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
    this.replies.refuse(reply, 'forbidden');
  }

  #redirect(
    reply: FastifyReply,
    request: GatedRequest,
    { application, asked }: AskingDecision,
    redirectStatus?: number,
  ): void {
    const location = this.signIns.begin(application.id, request, asked);
    const status = redirectStatus ?? (SAFE_METHODS.has(request.method) ? 302 : 303);
    this.replies.redirect(reply, location, status);
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
