import { DAY, addMilliseconds } from '@portillon/kernel';
import type { StructureEntity, StructureName } from './structure.entity';

/** 0: the date has not come. 1: password and code only allow an enrolment. 2: they are refused. */
export type StrongMeansReached = 0 | 1 | 2;

/** Requirements of a structure for its people's sign-ins, beyond those of the deployment: never weaker. */
export interface StructurePolicy {
  /** Forbids codes by SMS (ANSSI PG-078, R8 advises against them). */
  smsForbidden: boolean;
  /** Codes by mail are refused once a number is proved. */
  mailFirstTimeOnly: boolean;
  /** Maximum validity of a code, hours, 0 to 24; null: that of the deployment. */
  codeWindowHours: number | null;
  /** Date after which only Pro Santé Connect signs in; null: never. */
  proSanteConnectFrom: Date | null;
  /**
   * Date after which only Pro Santé Connect, a card, a passkey, or an app that counts as strong admits people; null:
   * never.
   */
  strongMeansFrom: Date | null;
  /** Date after which password, passkey and code admit only people with a verified identity that is not due; null: never. */
  identityRequiredFrom: Date | null;
  /** Latest stage reached of the date of strong means. The server sets it; no structure can. */
  strongMeansReached: StrongMeansReached;
  /** Whether an authenticator app with the password counts as strong. It does not resist phishing. */
  totpIsStrong: boolean;
  /** `device`: only passkeys whose key never leaves its authenticator. */
  passkeyKind: 'any' | 'device';
  /** `proven`: only passkeys whose holder was identified by card, Pro Santé Connect or face to face. */
  passkeyIdentity: 'any' | 'proven';
  /** Shared addresses and CIDR blocks of its people: limits by address are ten times as wide there. */
  egressAddresses: readonly string[];
  /** An administrator's change of a mail address waits for a second administrator, or 24 hours. */
  fourEyes: boolean;
  /** Several people use the same computers: no device becomes trusted, and idle sessions end sooner. */
  sharedWorkstations: boolean;
}

/** Policy of people without a structure, and of structures without further requirements. */
export const NO_POLICY: StructurePolicy = Object.freeze({
  smsForbidden: false,
  mailFirstTimeOnly: false,
  codeWindowHours: null,
  proSanteConnectFrom: null,
  strongMeansFrom: null,
  identityRequiredFrom: null,
  strongMeansReached: 0,
  totpIsStrong: false,
  passkeyKind: 'any',
  passkeyIdentity: 'any',
  egressAddresses: [],
  fourEyes: false,
  sharedWorkstations: false,
});

/** Columns of `structure` that have the value of a rule unchanged. */
const SAME = [
  'smsForbidden',
  'mailFirstTimeOnly',
  'codeWindowHours',
  'totpIsStrong',
  'passkeyKind',
  'passkeyIdentity',
  'fourEyes',
  'sharedWorkstations',
] as const satisfies (keyof StructureEntity & keyof StructurePolicy)[];
type Same = Pick<StructurePolicy, (typeof SAME)[number]>;

/** Columns of `structure` with the policy. */
export const POLICY_COLUMNS = [
  ...SAME,
  'proSanteConnectFromAt',
  'strongMeansFromAt',
  'strongMeansReached',
  'identityRequiredFromAt',
  'egressAddresses',
] as const satisfies (keyof StructureEntity)[];
type PolicyColumns = Pick<StructureEntity, (typeof POLICY_COLUMNS)[number]>;

const sameOf = (from: Same) => Object.fromEntries(SAME.map((name) => [name, from[name]])) as unknown as Same;

export function toPolicy(row: PolicyColumns): StructurePolicy {
  return {
    ...sameOf(row),
    proSanteConnectFrom: row.proSanteConnectFromAt,
    strongMeansFrom: row.strongMeansFromAt,
    identityRequiredFrom: row.identityRequiredFromAt,
    strongMeansReached: row.strongMeansReached as StrongMeansReached,
    egressAddresses: row.egressAddresses?.split(' ') ?? [],
  };
}

/** A new date resets the stage: the next run of the job finds the current one. */
export function policyColumns(policy: StructurePolicy): PolicyColumns {
  return {
    ...sameOf(policy),
    proSanteConnectFromAt: policy.proSanteConnectFrom,
    strongMeansFromAt: policy.strongMeansFrom,
    identityRequiredFromAt: policy.identityRequiredFrom,
    strongMeansReached: 0,
    egressAddresses: policy.egressAddresses.join(' ') || null,
  };
}

/** Of each requirement, the structure that makes it; left out: the deployment alone decides. */
export type RuledStructure = Partial<Record<keyof StructurePolicy, StructureName>>;

interface Ruling {
  structure: StructureName;
  policy: StructurePolicy;
}

type Stricter<Value> = (one: Value, other: Value) => boolean;
type Comparable = Omit<StructurePolicy, 'egressAddresses' | 'totpIsStrong'>;

const asked: Stricter<boolean> = (one, other) => one && !other;
const sooner: Stricter<Date | null> = (one, other) => one !== null && (other === null || one < other);

/** Whether the first value asks more of a sign-in than the second. */
const STRICTER: { [Name in keyof Comparable]: Stricter<Comparable[Name]> } = {
  smsForbidden: asked,
  mailFirstTimeOnly: asked,
  codeWindowHours: (one, other) => one !== null && (other === null || one < other),
  proSanteConnectFrom: sooner,
  strongMeansFrom: sooner,
  identityRequiredFrom: sooner,
  strongMeansReached: (one, other) => one > other,
  passkeyKind: (one, other) => one === 'device' && other === 'any',
  passkeyIdentity: (one, other) => one === 'proven' && other === 'any',
  fourEyes: asked,
  sharedWorkstations: asked,
};

/** The strictest value of each requirement of several structures, and the structure that makes it. */
export function strictestOf(rulings: readonly Ruling[]): {
  policy: StructurePolicy;
  ruledBy: RuledStructure;
} {
  const policy = { ...NO_POLICY };
  const ruledBy: RuledStructure = {};
  const compare = <Name extends keyof Comparable>(name: Name, { structure, policy: one }: Ruling) => {
    if (!STRICTER[name](one[name], policy[name])) return;
    policy[name] = one[name];
    ruledBy[name] = { id: structure.id, name: structure.name };
  };
  for (const ruling of rulings)
    for (const name of Object.keys(STRICTER) as (keyof Comparable)[]) compare(name, ruling);
  // An app counts as strong where every structure that asks for a strong means says so.
  const asking = rulings.filter((one) => one.policy.strongMeansFrom !== null);
  const apps = asking.length > 0 ? asking : rulings;
  policy.totpIsStrong = apps.length > 0 && apps.every((one) => one.policy.totpIsStrong);
  policy.egressAddresses = [...new Set(rulings.flatMap((one) => one.policy.egressAddresses))];
  return { policy, ruledBy };
}

/**
 * Stages of a structure's change to strong means: `encouraged` until 30 days before its date; `announced` until the
 * date; `enrolment` for 14 days, when password and code only allow an enrolment; then `required`.
 */
export type StrongMeansStage = 'none' | 'encouraged' | 'announced' | 'enrolment' | 'required';

const ANNOUNCED_MS = 30 * DAY;
/** How long password and code still allow a person to enrol a strong means. */
export const ENROLMENT_MS = 14 * DAY;

export function strongMeansStage(
  { strongMeansFrom: from, strongMeansReached: reached }: StructurePolicy,
  now: Date,
): StrongMeansStage {
  if (!from) return 'none';
  if (reached === 2 || now >= addMilliseconds(from, ENROLMENT_MS)) return 'required';
  if (reached === 1 || now >= from) return 'enrolment';
  return now >= addMilliseconds(from, -ANNOUNCED_MS) ? 'announced' : 'encouraged';
}
