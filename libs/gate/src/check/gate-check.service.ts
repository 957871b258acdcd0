import { Inject, Injectable } from '@nestjs/common';
import { ACR_OF_MEANS, type AcrOfMeans } from '@portillon/application';
import { Clock } from '@portillon/kernel';
import { unreadable } from '../proxies/gated-request';
import type { SuspiciousRequest, GatedRequest, UnreadableRequest } from '../proxies/gated-request.types';
import { judge, NotAdmitted, Verdict } from '../rules/access.policy';
import { isReadTwoWays, ruleFor } from '../rules/rule-match.policy';
import { FirstRequestService } from './first-request.service';
import { GateCheckCountService } from './gate-check-count.service';
import { gatePersonOf } from './gate-person';
import { GateContextService } from './gate-context.service';
import type { GateContext } from './gate-context.types';

export type GateDecision = { status: 'no-application' } | UnreadableRequest | DecidedRequest;

type Known = Pick<GateContext, 'application' | 'person'>;
type DecidedRequest = (NotAdmitted & Known) | (Verdict & Required<Known>);

/** Decides whether a request may pass, from the present state. */
@Injectable()
export class GateCheckService {
  constructor(
    private readonly contexts: GateContextService,
    private readonly firstRequests: FirstRequestService,
    private readonly counts: GateCheckCountService,
    private readonly clock: Clock,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
  ) {}

  /** `cookie`: the browser's cookie for this application. Any text is answered. */
  async check(request: GatedRequest, cookie: string | undefined): Promise<GateDecision> {
    const { origin } = request;
    const context = (await this.contexts.ofCookie(cookie, origin)) ?? (await this.contexts.ofOrigin(origin));
    if (!context) return { status: 'no-application' };
    await this.firstRequests.note(context.application, request.proxy);
    const decision = this.#decide(context, request);
    this.counts.add(context.application.id, decision.status);
    return decision;
  }

  /** A proxy that is not believed is answered nothing; who sets its application up reads of it. */
  doubt(request: SuspiciousRequest): Promise<void> {
    return this.firstRequests.recordSuspicious(request);
  }

  #decide(
    { application, rules, person }: GateContext,
    { path, method }: GatedRequest,
  ): DecidedRequest | UnreadableRequest {
    if (isReadTwoWays(rules, path, method)) return unreadable('path-two-rules');
    const [rule, now] = [ruleFor(rules, path, method), this.clock.now()];
    if (!person) return { ...judge(application, rule, undefined, now), application };
    const known = gatePersonOf(person.session, this.acrOfMeans, now);
    return { ...judge(application, rule, known, now), application, person };
  }
}
