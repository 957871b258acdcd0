import * as api from '@portillon/api-client';
import { call, send } from './call';
import { takeAnswer } from './page-answers';
import { ApiProblem } from './problem';
import type { Channel, Session } from './types';

/** A page to open, not to fetch: it leads back to the application that asked for a sign-out. */
export const SIGNED_OUT_RETURN = '/api/oidc/sign-out/return';

/** The session as it is, without asking the person for anything. */
export async function readSession(): Promise<Session> {
  const answered = takeAnswer('session');
  if (answered === null) throw new ApiProblem('session.required');
  return answered ?? (await send(() => api.getSession())).session;
}

/** The session, after a code when the 24 hours are over. */
export const getSession = async () => (await call(() => api.getSession())).session;

export const renewSession = async () => (await call(() => api.renewSession())).session;

/** Ends the session. Resolves to the page that ends it where the person signed in, when there is one to open. */
export async function signOut(): Promise<string | null> {
  let next: string | null = null;
  await send(async () => {
    const answer = await api.signOut();
    next = answer.response?.headers.get('Sign-Out-Next') ?? null;
    return answer;
  });
  return next;
}

export const requestSessionChallenge = (channel?: Channel) =>
  call(() => api.requestSessionChallenge({ body: { channel } }));

export const submitSessionCode = async (code: string) =>
  (await send(() => api.submitSessionCode({ body: { code } }))).session;

/** Without asking the person for anything: they are giving a code already. */
export const readSessionReceipt = () => send(() => api.getSessionCodeReceipt());
