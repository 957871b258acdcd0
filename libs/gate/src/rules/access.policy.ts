import { ACR_LEVELS, ApplicationEntity, AudienceMember, mayOpen, reaches } from '@portillon/application';
import { SECOND } from '@portillon/kernel';
import type { GateRule } from './gate-rule.types';

/** What the rules know of who asks. */
export interface GatePerson extends AudienceMember {
  acr: string;
  /** The latest proof of the person. */
  authenticatedAt: Date;
  /** The session's 24 hours are over: it opens nothing before a new code. */
  codeIsLate: boolean;
}

/** The level and freshness that a rule and its application ask for together. */
export interface AskedLevel {
  acr: string | null;
  maxAgeSeconds: number | null;
}

/** A proof must still be fresh for the request that it was given for, and for what its page loads. */
const FRESHEST = 60;

/** Why a person may not pass, whatever their level. */
export type Forbidden = 'no-application' | 'no-rule' | 'closed' | 'audience' | 'role' | 'structure';

export type Verdict =
  | { status: 'public' | 'admitted' }
  | { status: 'sign-in' | 'step-up'; asked: AskedLevel }
  | { status: 'forbidden'; reason: Forbidden };

export type GatedApplication = Pick<
  ApplicationEntity,
  | 'kind'
  | 'status'
  | 'structureId'
  | 'audienceRoles'
  | 'audienceStructures'
  | 'audienceProfessions'
  | 'minAcr'
  | 'maxAgeSeconds'
>;

/** Whether a request may pass: `rule` is the one that matched it, `person` whose session came with it. */
export function judge(
  application: GatedApplication,
  rule: GateRule | undefined,
  person: GatePerson | undefined,
  now: Date,
): Verdict {
  if (application.status !== 'active') return forbidden('no-application');
  if (!rule) return forbidden('no-rule');
  if (rule.access === 'closed') return forbidden('closed');
  if (rule.access === 'public') return { status: 'public' };
  const asked = askedBy(application, rule);
  if (!person || person.codeIsLate) return { status: 'sign-in', asked };
  const reason = whyForbidden(application, rule, person);
  if (reason) return forbidden(reason);
  return hasLevel(person, asked, now) ? { status: 'admitted' } : { status: 'step-up', asked };
}

/** Whether a sign-in has the level and freshness that were asked. */
export function hasLevel(
  { acr, authenticatedAt }: Pick<GatePerson, 'acr' | 'authenticatedAt'>,
  asked: AskedLevel,
  now: Date,
): boolean {
  if (asked.acr !== null && !reaches(acr, asked.acr)) return false;
  return asked.maxAgeSeconds === null || age(authenticatedAt, now) <= asked.maxAgeSeconds;
}

/** The stricter of each. */
function askedBy(application: GatedApplication, rule: GateRule): AskedLevel {
  const levels = [application.minAcr, rule.acr].filter((acr) => acr !== null);
  const ages = [application.maxAgeSeconds, rule.maxAgeSeconds].filter((seconds) => seconds !== null);
  return {
    acr: strongest(levels),
    maxAgeSeconds: ages.length === 0 ? null : Math.max(FRESHEST, Math.min(...ages)),
  };
}

/** A level that is not known is the strongest: nothing reaches it. */
function strongest(levels: readonly string[]): string | null {
  const unknown = levels.find((acr) => !(ACR_LEVELS as readonly string[]).includes(acr));
  return unknown ?? ACR_LEVELS.findLast((acr) => levels.includes(acr)) ?? null;
}

function whyForbidden(
  application: GatedApplication,
  rule: GateRule,
  person: GatePerson,
): Forbidden | undefined {
  const { roles, structures } = rule;
  if (!mayOpen(application, person)) return 'audience';
  if (roles.length > 0 && !roles.some((role) => person.roles.includes(role))) return 'role';
  if (structures.length > 0 && !structures.includes(person.structureId ?? '')) return 'structure';
  return undefined;
}

function age(since: Date, now: Date): number {
  return (now.getTime() - since.getTime()) / SECOND;
}

function forbidden(reason: Forbidden): Verdict {
  return { status: 'forbidden', reason };
}
