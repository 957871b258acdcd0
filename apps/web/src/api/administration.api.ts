import * as api from '@portillon/api-client';
import { type Answered, call } from './call';
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
/** An act on one account, or on another thing with an id. */
const onAccount =
  <Body, Data>(act: (request: { path: { id: string }; body: Body }) => Answered<Data>) =>
  (id: string, body: Body) =>
    call(() => act({ ...one(id), body }));

export const listAccounts = (query: AccountQuery) => call(() => api.listAdminAccounts({ query }));
export const getAccountOf = (id: string) => call(() => api.getAdminAccount(one(id)));
export const getDevicesOf = (id: string) => call(() => api.getAdminAccountDevices(one(id)));
export const inviteAccount = (body: api.AccountInvitation) => call(() => api.inviteAdminAccount({ body }));
export const editAccount = (id: string, version: number, body: api.AdminAccountUpdate) =>
  call(() => api.updateAdminAccount({ ...one(id), headers: seen(version), body }));

export const editMembership = (
  id: string,
  { structure, version }: api.AdminMembership,
  body: api.MembershipUpdate,
) =>
  call(() =>
    api.updateAdminMembership({ path: { id, structureId: structure.id }, headers: seen(version), body }),
  );
export const endMembership = (id: string, structureId: string, reason: string) =>
  call(() => api.endAdminMembership({ path: { id, structureId }, body: { reason } }));
export const handOver = onAccount(api.handOverAdminAccount);
export const proposeMembership = (id: string, body: api.MembershipProposalRequest) =>
  call(() => api.proposeAdminMembership({ ...one(id), body }));
export const listProposals = async (id: string) =>
  (await call(() => api.listAdminMembershipProposals(one(id)))).items;
export const withdrawProposal = (id: string, proposalId: string) =>
  call(() => api.withdrawAdminMembershipProposal({ path: { id, proposalId }, body: {} }));

const pending = (id: string, kind: api.PendingChangeKind) => ({ path: { id, kind } });
export const confirmChange = (id: string, kind: api.PendingChangeKind, version: number, body: api.AdminAct) =>
  call(() => api.confirmAdminPendingChange({ ...pending(id, kind), headers: seen(version), body }));
export const cancelChange = (id: string, kind: api.PendingChangeKind, body: api.AdminAct) =>
  call(() => api.cancelAdminPendingChange({ ...pending(id, kind), body }));
export const unlock = onAccount(api.unlockAdminAccount);
export const deactivate = onAccount(api.deactivateAdminAccount);
export const reactivate = onAccount(api.reactivateAdminAccount);
export const resetFactors = onAccount(api.resetAdminAccountFactors);
export const revokeSessions = onAccount(api.revokeAdminAccountSessions);
export const endSessionOf = (id: string, session: string, body: api.AdminAct) =>
  call(() => api.endAdminAccountSession({ path: { id, session }, body }));
export const resendInvitation = onAccount(api.resendAdminAccountInvitation);
export const linkNationalId = onAccount(api.linkAdminAccount);
export const unlinkNationalId = onAccount(api.unlinkAdminAccount);
export const requestErasure = onAccount(api.requestAdminAccountErasure);
export const exportDataOf = onAccount(api.exportAdminAccountData);
export const verifyIdentity = onAccount(api.verifyAdminAccountIdentity);
export const askIdentity = onAccount(api.askAdminAccountIdentity);
export const erase = onAccount(api.eraseAdminAccount);
/** « Peut-elle entrer ? » */
export const getWaysInOf = (id: string, application?: string) =>
  call(() => api.getAdminAccountWaysIn({ ...one(id), query: { application } }));
export const getMeansOf = (id: string) => call(() => api.getAdminAccountMeans(one(id)));
export const endPasskey = (id: string, passkey: string, body: api.AdminAct) =>
  call(() => api.endAdminAccountPasskey({ path: { id, passkey }, body }));
export const endTotpOf = onAccount(api.endAdminAccountTotp);
export const endRecoveryCodesOf = onAccount(api.endAdminAccountRecoveryCodes);
export const attestPasskey = (id: string, passkey: string, body: api.InPersonProof) =>
  call(() => api.proveAdminAccountPasskey({ path: { id, passkey }, body }));
export const openEmergencyAccess = onAccount(api.openAdminEmergencyAccess);
export const closeEmergencyAccess = onAccount(api.closeAdminEmergencyAccess);

export const listStructures = (query: NonNullable<api.ListAdminStructuresData['query']>) =>
  call(() => api.listAdminStructures({ query }));
export const getStructure = (id: string) => call(() => api.getAdminStructure(one(id)));
export const getStructureTree = (id: string) => call(() => api.getAdminStructureTree(one(id)));
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

export const listDirectoryChanges = (query: { limit: number }) =>
  call(() => api.listAdminDirectoryChanges({ query }));
export const applyDirectoryChange = onAccount(api.applyAdminDirectoryChange);
export const setAsideDirectoryChange = onAccount(api.setAsideAdminDirectoryChange);
