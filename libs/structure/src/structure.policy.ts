import type { StructureEntity } from './structure.entity';

/** 0: the date has not come. 1: password and code open enrolment alone. 2: they open nothing. */
export type StrongMeansReached = 0 | 1 | 2;

/** What a structure asks of its people's sign-ins, beyond what the deployment asks of everybody: never less. */
export interface StructurePolicy {
  /** No code by SMS (ANSSI PG-078, R8 advises against it). */
  smsForbidden: boolean;
  /** Once a number is proved, mail is no longer a way. */
  mailFirstTimeOnly: boolean;
  /** At most so many hours does a code hold, 0 to 24; null: as long as the deployment says. */
  codeWindowHours: number | null;
  /** Date after which only Pro Santé Connect signs in; null: never. */
  proSanteConnectFrom: Date | null;
  /**
   * Date after which only Pro Santé Connect, a card, a passkey, or an app that counts as strong admits people; null:
   * never.
   */
  strongMeansFrom: Date | null;
  /**
   * Date after which password, passkey and code admit only people with a verified identity that is not due; null:
   * never.
   */
  identityRequiredFrom: Date | null;
  /** How far the course of the date of strong means has come, whatever a clock says since: kept by the server, asked by none. */
  strongMeansReached: StrongMeansReached;
  /** Whether an authenticator app beside the password counts as strong. It resists no look-alike page. */
  totpIsStrong: boolean;
  /** `device`: only passkeys whose key never leaves its authenticator. */
  passkeyKind: 'any' | 'device';
  /** `proven`: only passkeys whose person was identified by card, Pro Santé Connect or face to face. */
  passkeyIdentity: 'any' | 'proven';
  /**
   * The addresses and CIDR blocks behind which its people are, when many share one: limits of an address are ten times
   * as wide for them there.
   */
  egressAddresses: readonly string[];
  /** A change of mail address by an administrator waits for a second one, or 24 hours. */
  fourEyes: boolean;
  /**
   * Several people sign in on one computer, one after the other: no browser is remembered, and a session that is not used
   * ends sooner.
   */
  sharedWorkstations: boolean;
}

/** For people of no structure, and for a structure that asks nothing more. */
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

/** The columns of `structure` that hold a rule as it is. */
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

/** The columns of `structure` that hold it. */
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

/** A date that is set begins its course anew: the next turn of the job finds what has passed of it. */
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
