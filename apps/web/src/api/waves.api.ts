import * as api from '@portillon/api-client';
import { call } from './call';

const one = (id: string) => ({ path: { id } });

/** A page of the list, which is complete: the API answers the latest 50. */
export const listWaves = async () => ({ ...(await call(() => api.listInvitationWaves())), nextCursor: null });
export const getWave = (id: string) => call(() => api.getInvitationWave(one(id)));
export const previewWave = (includeExpired: boolean) =>
  call(() => api.previewInvitationWave({ query: { includeExpired: includeExpired ? 'true' : 'false' } }));
export const createWave = (body: api.WaveCreation) => call(() => api.createInvitationWave({ body }));

const ACTS = {
  pause: api.pauseInvitationWave,
  resume: api.resumeInvitationWave,
  remind: api.remindInvitationWave,
  end: api.endInvitationWave,
} as const;
export type WaveAct = keyof typeof ACTS;
export const actOnWave = (id: string, act: WaveAct) => call(() => ACTS[act](one(id)));
