import { memberOf, type AcrOfMeans } from '@portillon/application';
import { proofsOf } from '@portillon/openid';
import { isCodeLate } from '@portillon/session';
import type { GatePerson } from '../rules/access.policy';
import type { GatedSession } from './gate-context.types';

/** The facts of a session's account holder that the rules need, at this moment. */
export function gatePersonOf(session: GatedSession, acrOfMeans: AcrOfMeans, now: Date): GatePerson {
  return {
    ...memberOf(session),
    proofs: proofsOf(session, acrOfMeans),
    codeIsLate: isCodeLate(session, now),
  };
}
