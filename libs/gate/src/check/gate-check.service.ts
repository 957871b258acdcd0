import { Inject, Injectable } from '@nestjs/common';
import { ACR_OF_MEANS, ApplicationRepository } from '@portillon/application';
import type { AcrOfMeans } from '@portillon/application';
import { Clock, parseToken, secretMatches } from '@portillon/kernel';
import { unreadable } from '../proxies/gated-request';
import type { GatedRequest, UnreadableRequest } from '../proxies/gated-request.types';
import { judge, Verdict } from '../rules/access.policy';
import { GateRuleRepository } from '../rules/gate-rule.repository';
import { isReadTwoWays, ruleFor } from '../rules/rule-match.policy';
import { ownsOrigin } from '../sign-in/callback-path';
import { GateSessionRepository } from '../sign-in/gate-session.repository';
import { gatePersonOf } from './gate-person';
import type { GateStanding } from './gate-standing.types';

export interface GateDecision {
  verdict: Verdict | UnreadableRequest;
  /** Nothing when no application is at that origin. */
  standing?: GateStanding;
}

/** Whether a request may pass, as everything stands at this moment. */
@Injectable()
export class GateCheckService {
  constructor(
    private readonly sessions: GateSessionRepository,
    private readonly rules: GateRuleRepository,
    private readonly applications: ApplicationRepository,
    private readonly clock: Clock,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
  ) {}

  /** `cookie`: what the browser holds for this application. Any text is answered. */
  async check({ origin, path, method }: GatedRequest, cookie: string | undefined): Promise<GateDecision> {
    const now = this.clock.now();
    const standing = (await this.#ofCookie(origin, cookie, now)) ?? (await this.ofOrigin(origin));
    if (!standing) return { verdict: { status: 'forbidden', reason: 'no-application' } };
    const { application, rules, person } = standing;
    if (isReadTwoWays(rules, path, method)) return { verdict: unreadable('path-two-rules') };
    const known = person && gatePersonOf(person.session, this.acrOfMeans, now);
    return { verdict: judge(application, ruleFor(rules, path, method), known, now), standing };
  }

  /**
   * The application at this origin and its rules, without a person. Of two that claim it neither is: an administrator
   * of one structure could otherwise write the rules of another's application.
   */
  async ofOrigin(origin: string): Promise<GateStanding | undefined> {
    const claiming = (await this.applications.gated()).filter((one) => ownsOrigin(one, origin));
    const [application] = claiming;
    if (!application || claiming.length > 1) return undefined;
    return { application, rules: await this.rules.list(application.id) };
  }

  /** A cookie is worth something to the application that it was made for alone. */
  async #ofCookie(origin: string, cookie: string | undefined, now: Date): Promise<GateStanding | undefined> {
    const token = parseToken(cookie);
    const standing = token && (await this.sessions.standing(token.id, now));
    if (!standing || !secretMatches(token.secret, standing.secretDigest)) return undefined;
    return ownsOrigin(standing.application, origin) ? standing : undefined;
  }
}
