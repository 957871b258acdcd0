import type { AdminWayInReason } from '../../../../api/types';
import type { ActName } from './account-acts';

/** The actions on the person's page that fix a reason; reasons fixed on other pages have none. */
const ACTS: Partial<Record<AdminWayInReason['acts'][number], ActName>> = {
  reactivate: 'reactivate',
  'resend-invitation': 'resendInvitation',
  unlock: 'unlock',
  'open-emergency-access': 'openEmergencyAccess',
  'attest-identity': 'verifyIdentity',
  'link-identity': 'link',
};

/** The probable act of a reason that is on the person's own page. */
export function actOfReason({ acts }: AdminWayInReason): ActName | undefined {
  return acts.map((act) => ACTS[act]).find((act) => act !== undefined);
}
