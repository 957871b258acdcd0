import * as api from '@portillon/api-client';
import { call } from './call';

const one = (id: string) => ({ path: { id } });

export const listApplications = (cursor?: string) =>
  call(() => api.listAdminApplications({ query: { cursor } }));
export const getApplication = (id: string) => call(() => api.getAdminApplication(one(id)));
export const createApplication = (body: api.ApplicationRegistration) =>
  call(() => api.createAdminApplication({ body }));
/** `version` is the one that the page has read: the API refuses a change to a newer one. */
export const editApplication = (id: string, version: number, body: api.ApplicationUpdate) =>
  call(() => api.updateAdminApplication({ ...one(id), headers: { 'If-Match': `"${version}"` }, body }));
export const disableApplication = (id: string) =>
  call(() => api.disableAdminApplication({ ...one(id), body: {} }));
export const enableApplication = (id: string) =>
  call(() => api.enableAdminApplication({ ...one(id), body: {} }));

export const createSecret = (id: string) =>
  call(() => api.createAdminApplicationSecret({ ...one(id), body: {} }));
export const endSecret = (id: string, secret: string) =>
  call(() => api.endAdminApplicationSecret({ path: { id, secret }, body: {} }));

export const testApplication = async (id: string) =>
  (await call(() => api.testAdminApplication(one(id)))).items;
export const listRefusals = async (id: string) =>
  (await call(() => api.listAdminApplicationRefusals(one(id)))).items;

export const getApplicationStatistics = async (id: string) =>
  (await call(() => api.getAdminApplicationStatistics(one(id)))).items;

export const getGateRules = (id: string) => call(() => api.getAdminGateRules(one(id)));
/** Replaces all rules. `version`: the one that the page has read, so that no concurrent change is overwritten. */
export const setGateRules = (id: string, version: number, rules: api.AdminGateRule[]) =>
  call(() => api.setAdminGateRules({ ...one(id), headers: { 'If-Match': `"${version}"` }, body: { rules } }));
export const explainGate = (id: string, body: api.GateExplanationRequest) =>
  call(() => api.explainAdminGate({ ...one(id), body }));

export const signOutOfApplication = (id: string) => call(() => api.signOutOfApplication(one(id)));

/** The applications that the person may open. */
export const listOwnApplications = async () => (await call(() => api.listApplications())).items;
