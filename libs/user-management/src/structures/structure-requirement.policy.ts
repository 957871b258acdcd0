import type { StructurePolicy } from '@portillon/structure';
import { AppError, isSmallNetwork } from '@portillon/kernel';

/** The deployment's rules. */
export interface DeploymentLimits {
  smsAvailable: boolean;
  codeWindowHours: number;
  proSanteConnectOffered: boolean;
  cardOffered: boolean;
  passkeysOffered: boolean;
  totpOffered: boolean;
}

/**
 * Checks that a structure is at least as strict as the deployment, leaves its users a means, and declares addresses of one
 * subscriber. @throws AppError `validation.failed`
 */
export function requirePossible(policy: StructurePolicy, deployment: DeploymentLimits): void {
  if (policy.codeWindowHours !== null && policy.codeWindowHours > deployment.codeWindowHours)
    throw impossible('codeWindowHours');
  // Without SMS a user with a verified number would have no channel left.
  if (policy.mailFirstTimeOnly && (policy.smsForbidden || !deployment.smsAvailable))
    throw impossible('mailFirstTimeOnly');
  requireOffered(policy, deployment);
  if (!policy.egressAddresses.every(isSmallNetwork)) throw impossible('egressAddresses');
}

/** The journal's form of values: dates as texts, addresses as their number. */
export function policyJournalData({ passkeyKind, strongMeansReached, ...policy }: StructurePolicy) {
  return {
    ...policy,
    acceptedPasskeys: passkeyKind,
    proSanteConnectFrom: policy.proSanteConnectFrom?.toISOString() ?? null,
    strongMeansFrom: policy.strongMeansFrom?.toISOString() ?? null,
    identityRequiredFrom: policy.identityRequiredFrom?.toISOString() ?? null,
    egressAddresses: policy.egressAddresses.length,
  };
}

function requireOffered(policy: StructurePolicy, deployment: DeploymentLimits): void {
  if (policy.proSanteConnectFrom && !deployment.proSanteConnectOffered)
    throw impossible('proSanteConnectFrom');
  if (policy.totpIsStrong && !deployment.totpOffered) throw impossible('totpIsStrong');
  if (policy.strongMeansFrom && !policy.totpIsStrong && !offersStrongMeans(deployment))
    throw impossible('strongMeansFrom');
}

function offersStrongMeans({
  proSanteConnectOffered,
  cardOffered,
  passkeysOffered,
}: DeploymentLimits): boolean {
  return proSanteConnectOffered || cardOffered || passkeysOffered;
}

function impossible(field: keyof StructurePolicy): AppError {
  return new AppError('validation.failed', { errors: [{ field, code: 'choice', message: '' }] });
}
