import { Injectable } from '@nestjs/common';
import type { AudienceMember, GatedApplication } from '@portillon/application';
import { Clock, epochSeconds } from '@portillon/kernel';
import type { Proof } from '@portillon/openid';
import { GateCheckService } from '../check/gate-check.service';
import { readUrl, unreadable, type UnreadableRequest } from '../proxies/gated-request';
import { judgeRequest, AccessVerdict } from '../rules/access.policy';
import type { GateRule } from '../rules/gate-rule.types';
import { isReadTwoWays, ruleFor } from '../rules/rule-match.policy';

export interface ExplainedRequest {
  /** Such as `https://app.example/admin`. */
  url: string;
  method: string;
  /**
   * The user who would call, just signed in at this level, if a sign-in admits them. Undefined: a user who is not signed
   * in.
   */
  person?: AudienceMember & { acr: string; canEnter: boolean };
}

/** The gate's answer, and the deciding rule. */
export interface GateExplanation {
  verdict: (AccessVerdict & { refused?: boolean }) | UnreadableRequest;
  application: GatedApplication | null;
  /** The canonical path, by which the rule was found. */
  path: string | null;
  /** The rule that decided, and its place among the others, from 1. */
  rule: { position: number; rule: GateRule } | null;
}

/** « Pourquoi ? »: predicts the gate's answer to a request, with the same parser and rules as the gate. */
@Injectable()
export class GateExplanationService {
  constructor(
    private readonly checks: GateCheckService,
    private readonly clock: Clock,
  ) {}

  async explain({ url, method, person }: ExplainedRequest): Promise<GateExplanation> {
    const reading = readUrl(url, method);
    if (reading.status === 'unreadable')
      return { verdict: reading, application: null, path: null, rule: null };
    const { origin, path } = reading.request;
    const context = await this.checks.findByOrigin(origin);
    if (!context)
      return {
        verdict: { status: 'forbidden', reason: 'no-application' },
        application: null,
        path,
        rule: null,
      };
    const { application, rules } = context;
    if (isReadTwoWays(rules, path, method))
      return { verdict: unreadable('path-two-rules'), application, path, rule: null };
    const now = this.clock.now();
    const rule = ruleFor(rules, path, method);
    const place = rule ? { position: rules.indexOf(rule) + 1, rule } : null;
    return { verdict: verdictOf(application, rule, person, now), application, path, rule: place };
  }
}

/** The sign-in is judged before the gate: who is refused there has no session to come with. */
function verdictOf(
  application: GatedApplication,
  rule: GateRule | undefined,
  person: ExplainedRequest['person'],
  now: Date,
): GateExplanation['verdict'] {
  const asking = person && { ...person, proofs: [provedNow(person.acr, now)], codeIsLate: false };
  const verdict = judgeRequest(application, rule, person?.canEnter ? asking : undefined, now);
  return person?.canEnter === false && verdict.status === 'sign-in' ? { ...verdict, refused: true } : verdict;
}

function provedNow(acr: string, now: Date): Proof {
  return { acr, amr: [], provedAt: now, authTime: epochSeconds(now) };
}
