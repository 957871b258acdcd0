import type { AdminPolicy } from '../../../api/types';
import { dayInParis } from '../../../composables/dates/paris-day';

/** Validity of a code's confirmation in this deployment. */
export const DEPLOYMENT = 'deployment';

/** A structure's rules as typed. */
export type TypedRules = ReturnType<typeof rulesOf>;

/** Converts a policy to the form's values. */
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
