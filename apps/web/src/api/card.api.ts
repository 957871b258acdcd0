import * as api from '@portillon/api-client';
import { send } from './call';
import { ApiProblem } from './problem';
import type { Session } from './types';

/** In this time the person finds the card, chooses the certificate and types the PIN. */
const PATIENCE_MS = 120_000;

/** Requests to the card's origin carry the certificate, which browsers count among the credentials. */
export const presenting = (cardUrl: string | null) => ({
  baseUrl: (cardUrl ?? '') as '',
  credentials: cardUrl ? ('include' as const) : ('same-origin' as const),
  fetch: (input: RequestInfo | URL) => fetch(input, { signal: AbortSignal.timeout(PATIENCE_MS) }),
  body: {},
});

export async function signInWithCard(cardUrl: string | null): Promise<Session> {
  const answer = await shown(() => api.signInWithCard(presenting(cardUrl)));
  if (answer.status === 'signed-in') return answer.session;
  return (await send(() => api.submitSignInTicket({ body: { ticket: answer.ticket } }))).session;
}

/** Without an answer, a browser cannot distinguish a card that it could not read from a choice that was cancelled. */
export async function shown<Data>(request: () => Promise<{ data?: Data; error?: unknown }>): Promise<Data> {
  try {
    return await send(request);
  } catch (failure) {
    if (failure instanceof ApiProblem && failure.code === 'unreachable')
      throw new ApiProblem('certificate.missing');
    throw failure;
  }
}
