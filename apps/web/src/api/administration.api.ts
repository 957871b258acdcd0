import * as api from '@portillon/api-client';
import { call } from './call';
import { asFile, callForFile } from './file';

export interface AccountQuery {
  q?: string;
  status?: api.AdminAccount['status'];
  only?: api.AccountSelection;
  structure?: string;
  cursor?: string;
  limit?: number;
}

/** The version that the page has read: the API refuses a change to a newer one. */
const seen = (version: number) => ({ 'If-Match': `"${version}"` });
const one = (id: string) => ({ path: { id } });

export const listAccounts = (query: AccountQuery) => call(() => api.listAdminAccounts({ query }));
export const getAccountOf = (id: string) => call(() => api.getAdminAccount(one(id)));
export const getDevicesOf = (id: string) => call(() => api.getAdminAccountDevices(one(id)));
export const inviteAccount = (body: api.AccountInvitation) => call(() => api.inviteAdminAccount({ body }));
export const editAccount = (id: string, version: number, body: api.AdminAccountUpdate) =>
  call(() => api.updateAdminAccount({ ...one(id), headers: seen(version), body }));

const pending = (id: string, kind: api.PendingChangeKind) => ({ path: { id, kind } });
export const confirmChange = (id: string, kind: api.PendingChangeKind, version: number, body: api.AdminAct) =>
  call(() => api.confirmAdminPendingChange({ ...pending(id, kind), headers: seen(version), body }));
export const cancelChange = (id: string, kind: api.PendingChangeKind, body: api.AdminAct) =>
  call(() => api.cancelAdminPendingChange({ ...pending(id, kind), body }));
export const unlock = (id: string, body: api.AdminAct) =>
  call(() => api.unlockAdminAccount({ ...one(id), body }));
export const deactivate = (id: string, body: api.AdminAct) =>
  call(() => api.deactivateAdminAccount({ ...one(id), body }));
export const reactivate = (id: string, body: api.AdminAct) =>
  call(() => api.reactivateAdminAccount({ ...one(id), body }));
export const resetFactors = (id: string, body: api.AdminAct) =>
  call(() => api.resetAdminAccountFactors({ ...one(id), body }));
export const revokeSessions = (id: string, body: api.AdminAct) =>
  call(() => api.revokeAdminAccountSessions({ ...one(id), body }));
export const endSessionOf = (id: string, session: string, body: api.AdminAct) =>
  call(() => api.endAdminAccountSession({ path: { id, session }, body }));
export const resendInvitation = (id: string, body: api.AdminAct) =>
  call(() => api.resendAdminAccountInvitation({ ...one(id), body }));
export const linkNationalId = (id: string, body: api.NationalIdLink) =>
  call(() => api.linkAdminAccount({ ...one(id), body }));
export const unlinkNationalId = (id: string, body: api.AdminAct) =>
  call(() => api.unlinkAdminAccount({ ...one(id), body }));
export const requestErasure = (id: string, body: api.ErasureWishRequest) =>
  call(() => api.requestAdminAccountErasure({ ...one(id), body }));
export const exportDataOf = (id: string, body: api.ReasonedAct) =>
  call(() => api.exportAdminAccountData({ ...one(id), body }));
export const verifyIdentity = (id: string, body: api.InPersonProof) =>
  call(() => api.verifyAdminAccountIdentity({ ...one(id), body }));
export const askIdentity = (id: string, body: api.AdminAct) =>
  call(() => api.askAdminAccountIdentity({ ...one(id), body }));
export const erase = (id: string, body: api.AdminAct) =>
  call(() => api.eraseAdminAccount({ ...one(id), body }));
/** « Peut-elle entrer ? » */
export const getWaysInOf = (id: string, application?: string) =>
  call(() => api.getAdminAccountWaysIn({ ...one(id), query: { application } }));
export const getMeansOf = (id: string) => call(() => api.getAdminAccountMeans(one(id)));
export const endPasskey = (id: string, passkey: string, body: api.AdminAct) =>
  call(() => api.endAdminAccountPasskey({ path: { id, passkey }, body }));
export const endTotpOf = (id: string, body: api.AdminAct) =>
  call(() => api.endAdminAccountTotp({ ...one(id), body }));
export const endRecoveryCodesOf = (id: string, body: api.AdminAct) =>
  call(() => api.endAdminAccountRecoveryCodes({ ...one(id), body }));
export const attestPasskey = (id: string, passkey: string, body: api.InPersonProof) =>
  call(() => api.proveAdminAccountPasskey({ path: { id, passkey }, body }));
export const openEmergencyAccess = (id: string, body: api.EmergencyAccessRequest) =>
  call(() => api.openAdminEmergencyAccess({ ...one(id), body }));
export const closeEmergencyAccess = (id: string, body: api.AdminAct) =>
  call(() => api.closeAdminEmergencyAccess({ ...one(id), body }));

export const listStructures = (query: { q?: string; cursor?: string; limit?: number; figures?: 'true' }) =>
  call(() => api.listAdminStructures({ query }));
export const getStructure = (id: string) => call(() => api.getAdminStructure(one(id)));
export const createStructure = (body: api.StructureRegistration) =>
  call(() => api.createAdminStructure({ body }));
export const editStructure = (id: string, version: number, body: api.StructureUpdate) =>
  call(() => api.updateAdminStructure({ ...one(id), headers: seen(version), body }));

export const getPolicy = (structure: string) => call(() => api.getAdminPolicy({ path: { structure } }));
export const getPolicyEffect = (
  structure: string,
  query: NonNullable<api.GetAdminPolicyEffectData['query']>,
) => call(() => api.getAdminPolicyEffect({ path: { structure }, query }));
export const setPolicy = (structure: string, version: number, body: api.PolicyUpdate) =>
  call(() => api.setAdminPolicy({ path: { structure }, headers: seen(version), body }));

export const getFace = (structure: string) => call(() => api.getAdminFace({ path: { structure } }));
export const setFace = (structure: string, version: number, body: api.FaceUpdate) =>
  call(() => api.setAdminFace({ path: { structure }, headers: seen(version), body }));

/** A file of 16 MiB takes long on the slow line of a small practice. */
const UPLOAD_PATIENCE_MS = 180_000;
const patiently = (input: RequestInfo | URL) =>
  fetch(input, { signal: AbortSignal.timeout(UPLOAD_PATIENCE_MS) });

export const importAccounts = (file: File, mode: api.AdminImport['mode']) =>
  call(() => api.importAdminAccounts({ body: file, query: { mode, dryRun: 'true' }, fetch: patiently }));
export const listImports = () => call(() => api.listAdminImports({ query: { limit: 5 } }));
export const getImport = (id: string) => call(() => api.getAdminImport(one(id)));
export const listBadLines = (id: string, cursor?: string) =>
  call(() => api.listAdminImportLines({ ...one(id), query: { state: 'BAD', cursor } }));
export const startImport = (id: string, mode?: api.AdminImport['mode']) =>
  call(() => api.startAdminImport({ ...one(id), query: { mode } }));
export const undoImport = (id: string) => call(() => api.undoAdminImport(one(id)));

export const exportImportReport = (id: string) =>
  callForFile(() => api.exportAdminImportLines({ ...one(id), ...asFile }));
export const exportAccounts = (
  query: Omit<AccountQuery, 'cursor' | 'limit'> & { form: api.AccountExportForm },
) => callForFile(() => api.exportAdminAccounts({ query, ...asFile }));

export const getServiceState = () => call(() => api.getServiceState());

export const getTrustStatement = () => call(() => api.getTrustStatement());

export const getOwnList = (list: api.GetOwnListData['path']['list']) =>
  call(() => api.getOwnList({ path: { list } }));
export const setOwnList = (list: api.SetOwnListData['path']['list'], body: api.OwnList) =>
  call(() => api.setOwnList({ path: { list }, body }));
