import * as api from '@portillon/api-client';
import { call } from './call';

/** Makes it the structure in use. Returns the session. */
export const chooseStructure = async (structureId: string) =>
  (await call(() => api.chooseStructure({ body: { structureId } }))).session;

export const listOwnMemberships = () => call(() => api.listOwnMemberships());
export const answerOwnProposal = (id: string, accept: boolean) =>
  call(() => (accept ? api.acceptOwnProposal : api.refuseOwnProposal)({ path: { id } }));
