import { memberOf, type AcrOfMeans } from '@portillon/application';
import { proofsOf } from '@portillon/openid';
import { isCodeLate } from '@portillon/session';
import type { GatePerson } from '../rules/access.policy';
import type { GatedSession } from './gate-context.types';

/** What the rules ask of the person of a session, as it stands now. */
export function gatePersonOf(session: GatedSession, acrOfMeans: AcrOfMeans, now: Date): GatePerson {
  return {
    ...memberOf(session),
    proofs: proofsOf(session, acrOfMeans),
    codeIsLate: isCodeLate(session, now),
  };
}
