import type { StructurePolicy } from '@portillon/structure';
import type { AdminPolicy, DeploymentPolicy } from './structure.dto';

export function policyView(
  policy: StructurePolicy,
  deployment: DeploymentPolicy,
  version: number,
): AdminPolicy {
  return { ...policyFields(policy), deployment, version };
}

/** What a structure asks, as an administrator writes it. */
export function policyFields(policy: StructurePolicy): Omit<AdminPolicy, 'deployment' | 'version'> {
  const { smsForbidden, mailFirstTimeOnly, codeWindowHours, proSanteConnectFrom, egressAddresses } = policy;
  return {
    smsForbidden,
    mailFirstTimeOnly,
    codeWindowHours,
    proSanteConnectFrom: proSanteConnectFrom?.toISOString() ?? null,
    strongMeansFrom: policy.strongMeansFrom?.toISOString() ?? null,
    identityRequiredFrom: policy.identityRequiredFrom?.toISOString() ?? null,
    totpIsStrong: policy.totpIsStrong,
    passkeyKind: policy.passkeyKind,
    passkeyIdentity: policy.passkeyIdentity,
    egressAddresses: [...egressAddresses],
    fourEyes: policy.fourEyes,
    sharedWorkstations: policy.sharedWorkstations,
  };
}
