import type { StructureEntity } from './structure.entity';

/** What a structure asks of its people's sign-ins, beyond what the deployment asks of everybody: never less. */
export interface StructurePolicy {
  /** No code by SMS (ANSSI PG-078, R8 advises against it). */
  smsForbidden: boolean;
  /** Once a number is proved, mail is no longer a way. */
  mailFirstTimeOnly: boolean;
  /** At most so many hours does a code hold, 0 to 24; null: as long as the deployment says. */
  codeWindowHours: number | null;
  /** From then on only Pro Santé Connect signs in; null: never. */
  proSanteConnectFrom: Date | null;
  /**
   * The addresses and CIDR blocks behind which its people are, when many share one: limits of an address are ten times
   * as wide for them there.
   */
  egressAddresses: readonly string[];
  /** A change of mail address by an administrator waits for a second one, or 24 hours. */
  fourEyes: boolean;
}

/** For people of no structure, and for a structure that asks nothing more. */
export const NO_POLICY: StructurePolicy = Object.freeze({
  smsForbidden: false,
  mailFirstTimeOnly: false,
  codeWindowHours: null,
  proSanteConnectFrom: null,
  egressAddresses: [],
  fourEyes: false,
});

/** The columns of `structure` that hold it. */
type PolicyColumns = Pick<
  StructureEntity,
  | 'smsForbidden'
  | 'mailFirstTimeOnly'
  | 'codeWindowHours'
  | 'proSanteConnectFromAt'
  | 'egressAddresses'
  | 'fourEyes'
>;

export function toPolicy({ proSanteConnectFromAt, ...row }: PolicyColumns): StructurePolicy {
  const { smsForbidden, mailFirstTimeOnly, codeWindowHours, fourEyes } = row;
  return {
    smsForbidden,
    mailFirstTimeOnly,
    codeWindowHours,
    proSanteConnectFrom: proSanteConnectFromAt,
    egressAddresses: row.egressAddresses?.split(' ') ?? [],
    fourEyes,
  };
}

export function policyColumns({ proSanteConnectFrom, ...policy }: StructurePolicy): PolicyColumns {
  const { smsForbidden, mailFirstTimeOnly, codeWindowHours, fourEyes } = policy;
  return {
    smsForbidden,
    mailFirstTimeOnly,
    codeWindowHours,
    proSanteConnectFromAt: proSanteConnectFrom,
    egressAddresses: policy.egressAddresses.join(' ') || null,
    fourEyes,
  };
}
