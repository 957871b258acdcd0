import type { Structure, StructurePolicy } from '@portillon/structure';
import type { AdminStructureFigures, AdminStructureLine } from './structure-page.dto';
import { structureView } from './structure.dto';

type Rule = AdminStructureLine['rules'][number];

/** Whether a structure requires it in addition to the deployment. */
const IS_ASKED: Readonly<Record<Rule, (policy: StructurePolicy) => boolean>> = {
  'pro-sante-connect': ({ proSanteConnectFrom }) => proSanteConnectFrom !== null,
  'strong-means': ({ strongMeansFrom }) => strongMeansFrom !== null,
  'verified-identity': ({ identityRequiredFrom }) => identityRequiredFrom !== null,
  'device-passkeys': ({ passkeyKind }) => passkeyKind === 'device',
  'proven-passkeys': ({ passkeyIdentity }) => passkeyIdentity === 'proven',
  'no-sms': ({ smsForbidden }) => smsForbidden,
  'mail-first-time-only': ({ mailFirstTimeOnly }) => mailFirstTimeOnly,
  'code-window': ({ codeWindowHours }) => codeWindowHours !== null,
  'four-eyes': ({ fourEyes }) => fourEyes,
};

/** As the list shows it. */
export function lineView(structure: Structure, figures?: AdminStructureFigures): AdminStructureLine {
  const rules = (Object.keys(IS_ASKED) as Rule[]).filter((rule) => IS_ASKED[rule](structure.policy));
  return { ...structureView(structure), rules, figures: figures ?? null };
}
