import type { AdminWayInReason } from '../../../../api/types';
import type { ActName } from './account-acts';

/** Actions on the person's page that fix a reason; other reasons are fixed on other pages. */
const ACTS: Partial<Record<AdminWayInReason['acts'][number], ActName>> = {
  reactivate: 'reactivate',
  'resend-invitation': 'resendInvitation',
  unlock: 'unlock',
  'open-emergency-access': 'openEmergencyAccess',
  'attest-identity': 'verifyIdentity',
  'link-identity': 'link',
};

/** The action on the person's own page that most likely fixes the reason. */
export function actOfReason({ acts }: AdminWayInReason): ActName | undefined {
  return acts.map((act) => ACTS[act]).find((act) => act !== undefined);
}
