import { NO_POLICY, type StructurePolicy } from '@portillon/structure';
import type { AdminPolicy, DeploymentPolicy } from './structure.dto';

export function policyView(
  policy: StructurePolicy,
  deployment: DeploymentPolicy,
  version: number,
): AdminPolicy {
  return { ...policyFields(policy), deployment, version };
}

/** The policy of a structure, as an administrator writes it. */
export function policyFields(policy: StructurePolicy): Omit<AdminPolicy, 'deployment' | 'version'> {
  const { strongMeansReached: _, ...fields } = { ...NO_POLICY, ...policy };
  return {
    ...fields,
    proSanteConnectFrom: policy.proSanteConnectFrom?.toISOString() ?? null,
    strongMeansFrom: policy.strongMeansFrom?.toISOString() ?? null,
    identityRequiredFrom: policy.identityRequiredFrom?.toISOString() ?? null,
    egressAddresses: [...policy.egressAddresses],
  };
}
