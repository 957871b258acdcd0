import { Inject, Injectable } from '@nestjs/common';
import { ACR_OF_MEANS, type AcrOfMeans } from '@portillon/application';
import { Clock } from '@portillon/kernel';
import { unreadable } from '../proxies/gated-request';
import type { DoubtedRequest, GatedRequest, UnreadableRequest } from '../proxies/gated-request.types';
import { judge, Verdict } from '../rules/access.policy';
import { isReadTwoWays, ruleFor } from '../rules/rule-match.policy';
import { FirstRequestService } from './first-request.service';
import { GateCheckCountService } from './gate-check-count.service';
import { gatePersonOf } from './gate-person';
import { GateContextService } from './gate-context.service';
import type { GateContext } from './gate-context.types';

export interface GateDecision {
  verdict: Verdict | UnreadableRequest;
  /** Nothing when no application is at that origin. */
  context?: GateContext;
}

/** Whether a request may pass, as everything stands at this moment. */
@Injectable()
export class GateCheckService {
  constructor(
    private readonly contexts: GateContextService,
    private readonly firstRequests: FirstRequestService,
    private readonly counts: GateCheckCountService,
    private readonly clock: Clock,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
  ) {}

  /** `cookie`: what the browser holds for this application. Any text is answered. */
  async check(request: GatedRequest, cookie: string | undefined): Promise<GateDecision> {
    const { origin } = request;
    const context = (await this.contexts.ofCookie(cookie, origin)) ?? (await this.contexts.ofOrigin(origin));
    if (!context) return { verdict: { status: 'forbidden', reason: 'no-application' } };
    await this.firstRequests.note(context.application, request.proxy);
    const verdict = this.#judge(context, request);
    this.counts.add(context.application.id, verdict.status);
    return { verdict, context };
  }

  /** A proxy that is not believed is answered nothing; who sets its application up reads of it. */
  doubt(request: DoubtedRequest): Promise<void> {
    return this.firstRequests.noteDoubted(request);
  }

  #judge({ application, rules, person }: GateContext, { path, method }: GatedRequest) {
    if (isReadTwoWays(rules, path, method)) return unreadable('path-two-rules');
    const now = this.clock.now();
    const known = person && gatePersonOf(person.session, this.acrOfMeans, now);
    return judge(application, ruleFor(rules, path, method), known, now);
  }
}
