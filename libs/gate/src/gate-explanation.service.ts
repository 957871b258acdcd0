import { Injectable } from '@nestjs/common';
import { audienceMember } from '@portillon/application';
import type { GatedApplication, PlacedPerson } from '@portillon/application';
import { Clock, epochSeconds } from '@portillon/kernel';
import type { Locale } from '@portillon/kernel';
import type { Proof } from '@portillon/openid';
import { GateCheckService } from './check/gate-check.service';
import { readUrl, unreadable } from './proxies/gated-request';
import type { UnreadableRequest } from './proxies/gated-request';
import { judgeRequest, AccessVerdict } from './rules/access.policy';
import type { Forbidden } from './rules/access.policy';
import type { GateRule } from './rules/gate-rule.repository';
import { isReadTwoWays, ruleFor } from './rules/rule-match.policy';

export interface ExplainedRequest {
  /** Such as `https://app.example/admin`. */
  url: string;
  method: string;
  /**
   * The user who would call, just signed in at this level, if a sign-in admits them. Undefined: a user who is not signed
   * in.
   */
  person?: PlacedPerson & { professions: readonly string[]; acr: string; canEnter: boolean };
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
  const asking = person && {
    ...audienceMember(application, person, person.professions),
    proofs: [provedNow(person.acr, now)],
    codeIsLate: false,
  };
  const verdict = judgeRequest(application, rule, person?.canEnter ? asking : undefined, now);
  return person?.canEnter === false && verdict.status === 'sign-in' ? { ...verdict, refused: true } : verdict;
}

function provedNow(acr: string, now: Date): Proof {
  return { acr, amr: [], provedAt: now, authTime: epochSeconds(now) };
}

type Sentence = Readonly<Record<Locale, string>>;

const FORBIDDEN: Readonly<Record<Forbidden, Sentence>> = {
  'no-application': {
    fr: 'Aucune application active n’est enregistrée à cette adresse, ou plusieurs le sont.',
    en: 'No active application is registered at this address, or several are.',
  },
  'no-rule': {
    fr: 'Aucune règle ne correspond à ce chemin et à cette méthode\u00a0: la demande est refusée.',
    en: 'No rule matches this path and method: the request is refused.',
  },
  closed: { fr: 'La règle refuse ce chemin à tous.', en: 'The rule refuses this path to everybody.' },
  audience: {
    fr: 'La personne ne fait pas partie du public de l’application.',
    en: 'The person is not part of the application’s audience.',
  },
  role: {
    fr: 'La personne n’a aucun des rôles que la règle demande.',
    en: 'The person has none of the roles that the rule asks for.',
  },
  structure: {
    fr: 'La personne n’est d’aucune des structures que la règle demande.',
    en: 'The person belongs to none of the structures that the rule asks for.',
  },
};

const OTHERS: Readonly<Record<'public' | 'admitted' | 'sign-in' | 'step-up' | 'unreadable', Sentence>> = {
  public: {
    fr: 'La règle laisse passer tout le monde, sans connexion.',
    en: 'The rule lets everybody pass, without a sign-in.',
  },
  admitted: { fr: 'La personne passe.', en: 'The person may pass.' },
  'sign-in': { fr: 'La personne doit d’abord se connecter.', en: 'The person must sign in first.' },
  'step-up': {
    fr: 'La personne passe après une connexion plus forte ou plus récente.',
    en: 'The person may pass after a stronger or more recent sign-in.',
  },
  unreadable: {
    fr: 'Cette adresse peut se lire de plusieurs façons («\u00a0..\u00a0», «\u00a0//\u00a0», «\u202f;\u00a0», double encodage, ou pour Windows un chemin d’une autre règle) ou n’est pas complète\u00a0: elle est refusée.',
    en: 'This address can be read in several ways (“..”, “//”, “;”, double encoding, or another rule’s path on Windows) or is not complete: it is refused.',
  },
};

const REFUSED: Sentence = {
  fr: 'La connexion refuse cette personne\u00a0: la page de son compte dit pourquoi.',
  en: 'The sign-in refuses this person: the page of the account says why.',
};

/** A decision as the explanation shows it. `refused`: the required sign-in would not admit the user. */
export type ExplainedVerdict =
  { status: 'forbidden'; reason: Forbidden } | { status: keyof typeof OTHERS; refused?: boolean };

/** The gate's answer, in one sentence. */
export function explanationText({ verdict }: { verdict: ExplainedVerdict }, locale: Locale): string {
  if (verdict.status === 'forbidden') return FORBIDDEN[verdict.reason][locale];
  return (verdict.refused ? REFUSED : OTHERS[verdict.status])[locale];
}
