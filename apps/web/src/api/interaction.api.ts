import * as api from '@portillon/api-client';
import { send } from './call';

/** What an application asks of who is at this browser. */
export const readInteraction = (uid: string) => send(() => api.getInteraction({ path: { uid } }));

/**
 * Answers the application with who is signed in. Resolves to the address to go to. A proof that is not enough is told, and no
 * code is asked for in its place: the page knows which one would do.
 */
export const completeInteraction = async (uid: string) =>
  (await send(() => api.completeInteraction({ path: { uid } }))).redirectTo;

/** Sends the person back to the application with a refusal. Resolves to the address to go to. */
export const refuseInteraction = async (uid: string) =>
  (await send(() => api.refuseInteraction({ path: { uid } }))).redirectTo;
