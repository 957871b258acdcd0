import * as api from '@portillon/api-client';
import { send } from './call';

/** Reads the request of the application that this browser came from. */
export const readInteraction = (uid: string) => send(() => api.getInteraction({ path: { uid } }));

/**
 * Answers the application with the signed-in person. Resolves to the address to go to. An insufficient proof is
 * reported and opens no code dialog: the page offers the means that suffice.
 */
export const completeInteraction = async (uid: string) =>
  (await send(() => api.completeInteraction({ path: { uid } }))).redirectTo;

/** Sends the person back to the application with a refusal. Resolves to the address to go to. */
export const refuseInteraction = async (uid: string) =>
  (await send(() => api.refuseInteraction({ path: { uid } }))).redirectTo;
