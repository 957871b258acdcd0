import type { CardVerifierService } from '@portillon/cpx';
import type { ProSanteConnectHealth } from '@portillon/pro-sante-connect';
import type { Settings } from '../settings/settings';
import { PROVIDER, reasonText } from './failure-text';
import { fine, Finding, NOT_SET, wrong } from './finding';

/** Whether Pro Santé Connect answers. */
export async function examineProSanteConnect(
  settings: Pick<Settings, 'proSanteConnect'>,
  health: ProSanteConnectHealth,
): Promise<Finding> {
  if (!settings.proSanteConnect) return fine('psc', NOT_SET);
  try {
    await health.ping();
    return fine('psc', 'answers');
  } catch (error) {
    const advice = 'check PSC_DISCOVERY_URL, the way out of this network, and PSC’s own status';
    return wrong('psc', `does not answer (${reasonText(error, PROVIDER)})`, advice);
  }
}

/** A list that is missing or stale refuses every card of its authority. */
export async function examineCards(
  settings: Pick<Settings, 'cpx'>,
  verifier: CardVerifierService,
): Promise<Finding[]> {
  if (!settings.cpx) return [fine('cards', NOT_SET)];
  const states = await verifier.listStates();
  if (states.length === 0) return [fine('cards', 'set; whether one was revoked is asked of CPX_OCSP_URL')];
  return states.map(({ authority, goodUntil }) =>
    goodUntil
      ? fine('cards', `${authority}: its list is good until ${goodUntil.toISOString()}`)
      : wrong('cards', `${authority}: no current list, its cards are refused`, 'fetch CPX_CRL_FILES anew'),
  );
}
