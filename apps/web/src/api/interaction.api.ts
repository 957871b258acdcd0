import * as api from '@portillon/api-client';
import { call, send } from './call';

/** What an application asks of who is at this browser. */
export const readInteraction = (uid: string) => send(() => api.getInteraction({ path: { uid } }));

/** Answers the application with who is signed in. Resolves to the address to go to. */
export const completeInteraction = async (uid: string) =>
  (await call(() => api.completeInteraction({ path: { uid } }))).redirectTo;

/** Sends the person back to the application with a refusal. Resolves to the address to go to. */
export const refuseInteraction = async (uid: string) =>
  (await send(() => api.refuseInteraction({ path: { uid } }))).redirectTo;
