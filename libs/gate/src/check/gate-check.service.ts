import { Inject, Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { ACR_OF_MEANS, ApplicationService, audienceMemberOf } from '@portillon/application';
import type { AcrOfMeans, GatedApplication } from '@portillon/application';
import { Clock, MetricsRegistry, parseToken, secretMatches } from '@portillon/kernel';
import { proofsOf } from '@portillon/openid';
import { SessionService, isCodeLate } from '@portillon/session';
import type { Session } from '@portillon/session';
import { Counter } from 'prom-client';
import { unreadable } from '../proxies/gated-request';
import type { GatedRequest, SuspiciousRequest, UnreadableRequest } from '../proxies/gated-request';
import { judgeRequest, NotAdmitted, AccessVerdict } from '../rules/access.policy';
import type { GatePerson } from '../rules/access.policy';
import { GateRuleRepository } from '../rules/gate-rule.repository';
import type { GateRule } from '../rules/gate-rule.repository';
import { isReadTwoWays, ruleFor } from '../rules/rule-match.policy';
import { GateSessionRepository } from '../sign-in/gate-session.repository';
import { ownsOrigin } from '../sign-in/own-pages';

/** The facts of one check: the application, its rules, and the request's session. */
export interface GateContext {
  application: GatedApplication;
  rules: readonly GateRule[];
  /** Undefined when no user is signed in to this application. */
  person?: SignedInPerson;
}

export interface SignedInPerson {
  session: GatedSession;
  /** The session's id for the application. */
  sid: string;
  /** Empty where the application does not receive it. */
  email: string;
}

/** What of a session decides, and is passed on. */
export type GatedSession = Pick<
  Session,
  | 'id'
  | 'accountId'
  | 'principal'
  | 'means'
  | 'acr'
  | 'proof'
  | 'amr'
  | 'activity'
  | 'signedInAt'
  | 'authenticatedAt'
  | 'codeValidUntilAt'
  | 'idleExpiresAt'
  | 'expiresAt'
>;

export type GateDecision = { status: 'no-application' } | UnreadableRequest | DecidedRequest;

type Known = Pick<GateContext, 'application' | 'person'>;

type DecidedRequest = (NotAdmitted & Known) | (AccessVerdict & Required<Known>);

/**
 * Decides whether a request may pass, from the present state. Each row is read by its key after the request came, and is not
 * cached: an ended session, a closed account or a new rule applies to the next request on every server.
 */
@Injectable()
export class GateCheckService {
  readonly #checks: Counter;

  constructor(
    private readonly clock: Clock,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
    private readonly gateSessions: GateSessionRepository,
    private readonly sessions: SessionService,
    private readonly applications: ApplicationService,
    private readonly rules: GateRuleRepository,
    private readonly accounts: AccountService,
    registry: MetricsRegistry,
  ) {
    this.#checks = new Counter({
      name: 'portillon_gate_checks_total',
      help: 'Checks of the gate since this process started, by application and outcome.',
      labelNames: ['application', 'outcome'],
      registers: [registry],
    });
  }

  /** `cookie`: the browser's cookie for this application. Any text is answered. */
  async check(request: GatedRequest, cookie: string | undefined): Promise<GateDecision> {
    const { origin } = request;
    const context = (await this.findByCookie(cookie, origin)) ?? (await this.findByOrigin(origin));
    if (!context) return { status: 'no-application' };
    await this.#recordFirst(context.application, request.proxy);
    const decision = this.#decide(context, request);
    this.#count(context.application.id, decision.status);
    return decision;
  }

  /** Undefined except for the cookie's own application, while its session is open. Accepts any text. */
  async findByCookie(cookie: string | undefined, origin: string): Promise<GateContext | undefined> {
    const token = parseToken(cookie);
    const gateSession = token && (await this.gateSessions.find(token.id));
    if (!gateSession || !secretMatches(token.secret, gateSession.secretDigest)) return undefined;
    const { applicationId, sessionId, sid } = gateSession;
    const [session, application, rules] = await Promise.all([
      this.sessions.get(sessionId),
      this.applications.getGated(applicationId),
      this.rules.list(applicationId),
    ]);
    if (!session || !application || !ownsOrigin(application, origin)) return undefined;
    const email = application.claimMail ? await this.accounts.emailOf(session.accountId) : '';
    return email === undefined ? undefined : { application, rules, person: { session, sid, email } };
  }

  /** Returns the application that holds this origin and its rules, without a user. */
  async findByOrigin(origin: string): Promise<GateContext | undefined> {
    const application = await this.applications.atOrigin(origin);
    if (!application || !ownsOrigin(application, origin)) return undefined;
    return { application, rules: await this.rules.list(application.id) };
  }

  /**
   * Records a proxy that is not believed, for the person who sets its application up. Anyone can claim an origin, so it stores only
   * the connection's address, of an application without an answered request, and the same address only once.
   */
  async recordSuspicious(request: SuspiciousRequest): Promise<void> {
    const proxy = plain(request.proxy);
    const found = await this.applications.atOrigin(request.origin);
    if (!found || found.firstSeenAt || found.seenFrom === proxy || !ownsOrigin(found, request.origin)) return;
    await this.applications.recordSuspiciousProxy(found.id, proxy);
  }

  #decide(
    { application, rules, person }: GateContext,
    { path, method }: GatedRequest,
  ): DecidedRequest | UnreadableRequest {
    if (isReadTwoWays(rules, path, method)) return unreadable('path-two-rules');
    const [rule, now] = [ruleFor(rules, path, method), this.clock.now()];
    if (!person) return { ...judgeRequest(application, rule, undefined, now), application };
    const known = gatePersonOf(person.session, application, this.acrOfMeans, now);
    return { ...judgeRequest(application, rule, known, now), application, person };
  }

  /** `application`: the id of a row that the check has read, so that no request makes up another one. */
  #count(application: string, outcome: AccessVerdict['status'] | 'unreadable'): void {
    this.#checks.inc({ application, outcome });
  }

  /** Writes nothing after the first: the check has read that there was one. */
  async #recordFirst({ id, firstSeenAt }: GatedApplication, proxy: string): Promise<void> {
    if (firstSeenAt === null) await this.applications.recordFirstRequest(id, plain(proxy));
  }
}

/** IPv4 in IPv6 clothes as one reads it in `GATE_PROXIES`. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

/** The facts of a session's account holder that the rules need, at this moment. */
function gatePersonOf(
  session: GatedSession,
  application: GatedApplication,
  acrOfMeans: AcrOfMeans,
  now: Date,
): GatePerson {
  return {
    ...audienceMemberOf(session, application),
    proofs: proofsOf(session, acrOfMeans),
    codeIsLate: isCodeLate(session, now),
  };
}
