import { ACR_LEVELS, AudienceMember, GatedApplication, mayOpen, reachesAcr } from '@portillon/application';
import { SECOND } from '@portillon/kernel';
import type { Proof } from '@portillon/openid';
import type { GateRule } from './gate-rule.repository';

/** The facts about the user that the rules use. */
export interface GatePerson extends AudienceMember {
  /** The proofs of their session, the strongest first: each level with its own time. */
  proofs: readonly Proof[];
  /** The session's 24 hours are over: it opens nothing before a new code. */
  codeIsLate: boolean;
}

/** The level and freshness that a rule and its application require together. */
export interface AskedLevel {
  acr: string | null;
  maxAgeSeconds: number | null;
}

/** A proof must still be fresh for the request that it was given for, and for what its page loads. */
const FRESHEST = 60;

/** Why a user is refused, whatever their level. */
export type Forbidden = 'no-application' | 'no-rule' | 'closed' | 'audience' | 'role' | 'structure';

export type AccessVerdict = Admitted | NotAdmitted;

/** `proof`: the proof that fulfils the rule, which the application reads. */
interface Admitted {
  status: 'admitted';
  proof: Proof;
}

export type NotAdmitted =
  | { status: 'public' }
  | { status: 'sign-in' | 'step-up'; asked: AskedLevel }
  | { status: 'forbidden'; reason: Forbidden };

export type JudgedApplication = Pick<
  GatedApplication,
  | 'kind'
  | 'status'
  | 'structureId'
  | 'audienceRoles'
  | 'audienceStructures'
  | 'audienceProfessions'
  | 'minAcr'
  | 'maxAgeSeconds'
>;

/** Decides whether a request may pass. `rule`: the rule that matched it. `person`: the user of its session. */
export function judgeRequest(
  application: JudgedApplication,
  rule: GateRule | undefined,
  person: undefined,
  now: Date,
): NotAdmitted;
export function judgeRequest(
  application: JudgedApplication,
  rule: GateRule | undefined,
  person: GatePerson | undefined,
  now: Date,
): AccessVerdict;
export function judgeRequest(
  application: JudgedApplication,
  rule: GateRule | undefined,
  person: GatePerson | undefined,
  now: Date,
): AccessVerdict {
  if (application.status !== 'active') return forbidden('no-application');
  if (!rule) return forbidden('no-rule');
  if (rule.access === 'closed') return forbidden('closed');
  if (rule.access === 'public') return { status: 'public' };
  const asked = askedBy(application, rule);
  if (!person || person.codeIsLate) return { status: 'sign-in', asked };
  const reason = whyForbidden(application, rule, person);
  if (reason) return forbidden(reason);
  const proof = proofFor(person.proofs, asked, now);
  return proof ? { status: 'admitted', proof } : { status: 'step-up', asked };
}

/** Returns the strongest proof that has both the level and the freshness: the time of another proof does not count. */
export function proofFor(proofs: readonly Proof[], asked: AskedLevel, now: Date): Proof | undefined {
  return proofs.find((proof) => hasLevel(proof, asked, now));
}

function hasLevel({ acr, provedAt }: Proof, asked: AskedLevel, now: Date): boolean {
  if (asked.acr !== null && !reachesAcr(acr, asked.acr)) return false;
  return asked.maxAgeSeconds === null || age(provedAt, now) <= asked.maxAgeSeconds;
}

/** The stricter of each. */
function askedBy(application: JudgedApplication, rule: GateRule): AskedLevel {
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
  application: JudgedApplication,
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

function forbidden(reason: Forbidden): NotAdmitted {
  return { status: 'forbidden', reason };
}
