import { type AcrOfMeans, type GatedApplication, memberOf } from '@portillon/application';
import { isCodeLate, type Session } from '@portillon/session';
import type { GateRule } from '../rules/gate-rule.types';
import { proofsOf } from '@portillon/openid';
import type { GatePerson } from '../rules/access.policy';

/** The facts of one check: the application, its rules, and the request's session. */
export interface GateContext {
  application: GatedApplication;
  rules: readonly GateRule[];
  /** Undefined when no user is signed in to this application. */
  person?: SignedInPerson;
}

export interface SignedInPerson {
  session: GatedSession;
  /** The session's id for the application. */
  sid: string;
  /** Empty where the application does not receive it. */
  email: string;
}

/** What of a session decides, and is passed on. */
export type GatedSession = Pick<
  Session,
  | 'id'
  | 'accountId'
  | 'principal'
  | 'means'
  | 'acr'
  | 'proof'
  | 'amr'
  | 'activity'
  | 'signedInAt'
  | 'authenticatedAt'
  | 'codeValidUntilAt'
  | 'idleExpiresAt'
  | 'expiresAt'
>;

/** The facts of a session's account holder that the rules need, at this moment. */
export function gatePersonOf(session: GatedSession, acrOfMeans: AcrOfMeans, now: Date): GatePerson {
  return {
    ...memberOf(session),
    proofs: proofsOf(session, acrOfMeans),
    codeIsLate: isCodeLate(session, now),
  };
}
