import type { AdminPolicy } from '../../../api/types';
import { dayInParis } from '../../../composables/dates/paris-day';

/** The window of the codes as the deployment has it. */
export const DEPLOYMENT = 'deployment';

/** The rules of a structure as they are typed. */
export type TypedRules = ReturnType<typeof rulesOf>;

/** A policy as it is typed. */
export function rulesOf(policy: AdminPolicy) {
  const { smsForbidden, mailFirstTimeOnly, codeWindowHours, proSanteConnectFrom, fourEyes } = policy;
  return {
    smsForbidden,
    mailFirstTimeOnly,
    fourEyes,
    window: codeWindowHours === null ? DEPLOYMENT : String(codeWindowHours),
    fromDay: proSanteConnectFrom ? dayInParis(proSanteConnectFrom) : '',
    strongFromDay: policy.strongMeansFrom ? dayInParis(policy.strongMeansFrom) : '',
    identityFromDay: policy.identityRequiredFrom ? dayInParis(policy.identityRequiredFrom) : '',
    appIsStrong: policy.totpIsStrong,
    deviceOnly: policy.passkeyKind === 'device',
    provenOnly: policy.passkeyIdentity === 'proven',
    shared: policy.sharedWorkstations,
    egress: policy.egressAddresses.join('\n'),
  };
}
