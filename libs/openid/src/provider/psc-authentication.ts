import type { Session } from '@portillon/session';
import type { Level } from './level.policy';

/** Codes of the ANS's nomenclature TRE_R231 (`PalierAuthentification`), as Pro Santé Connect sends them. */
const STEPS = '1.2.250.1.213.1.5.1.1.1';
/** The codes that prove a professional by a card, or by a means that Pro Santé Connect treats as equal. */
const OF_CARDS: readonly string[] = ['pro-sante-connect', 'cpx'];

/**
 * Describes the sign-in as Pro Santé Connect does: the step of the PGSSI-S (1 a password, 2 a second factor, 3 a card or
 * e-CPS), and `CARD` when a card was read. A code by mail is not a second factor (CNIL 2025-019).
 */
export function pscAuthentication({ means, proof }: Session, { amr }: Level): Record<string, string> {
  const step = OF_CARDS.includes(means) ? 3 : amr.includes('mfa') ? 2 : 1;
  const isCard = means === 'cpx' || proof.card === true;
  return { Palier_Authentification: `APPPRIP${step}^${STEPS}`, ...(isCard && { authMode: 'CARD' }) };
}
