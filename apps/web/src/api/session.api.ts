import * as api from '@portillon/api-client';
import { call, send } from './call';
import { takeAnswer } from './page-answers';
import { ApiProblem } from './problem';
import type { Channel, Session } from './types';

/** A page to open, not to fetch: it returns to the application that requested the sign-out. */
export const SIGNED_OUT_RETURN = '/api/oidc/sign-out/return';

/** Reads the session, without asking for a code. */
export async function readSession(): Promise<Session> {
  const answered = takeAnswer('session');
  if (answered === null) throw new ApiProblem('session.required');
  return answered ?? (await send(() => api.getSession())).session;
}

/** Reads the session, after a code when the 24 hours are over. */
export const getSession = async () => (await call(() => api.getSession())).session;

export const renewSession = async () => (await call(() => api.renewSession())).session;

/** Ends the session. Resolves to the page that ends it at the identity provider, if any. */
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

/** Without a code dialog: the person is typing a code already. */
export const readSessionReceipt = () => send(() => api.getSessionCodeReceipt());
