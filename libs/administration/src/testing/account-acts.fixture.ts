import type { TestingModule } from '@nestjs/testing';
import type { Account, AccountDraft } from '@portillon/account';
import { ErasureService } from '@portillon/personal-data';
import {
  AccountAccessService,
  AccountClosuresService,
  AccountEditsService,
  AccountFactorsService,
  AccountIdentitiesService,
  AccountInvitationsService,
  AccountLinksService,
} from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { AccountErasuresService } from '../accounts/close/account-erasures.service';
import { ChangeDecisionService } from '../accounts/pending/change-decision.service';

const REASON = 'asked at the desk';
export const NATIONAL_ID = '899700366240';

/** An act of an administrator on an account. */
export interface Act {
  /** The state of the account that the act is for. */
  on?: Partial<AccountDraft>;
  run(app: TestingModule, account: Account, by: Administrator): Promise<unknown>;
}

export const edit =
  (changes: object): Act['run'] =>
  (app, { id, version }, by) =>
    app.get(AccountEditsService).edit(by, id, changes, version);
const emergency = { means: 'password', hours: 1, reason: REASON } as const;
const directory = (by: Administrator): Administrator => ({
  ...by,
  actor: { ...by.actor, kind: 'application', id: 'directory' },
});

export const link =
  (nationalId: string): Act['run'] =>
  (app, { id }, by) =>
    app.get(AccountLinksService).link(by, id, nationalId);
export const erasure =
  (receivedOn: string): Act['run'] =>
  (app, { id }, by) =>
    app.get(AccountErasuresService).request(by, id, { receivedOn, reason: REASON });

/** Acts on who may come in. */
export const ENTERING: Record<string, Act> = {
  roles: { run: edit({ roles: ['structure-admin'] }) },
  address: { run: edit({ email: 'intruder@h.example' }) },
  move: { run: edit({ structureId: null }) },
  'address from a directory': {
    run: (app, account, by) => edit({ email: 'directory@h.example' })(app, account, directory(by)),
  },
  link: { run: link(NATIONAL_ID) },
  unlink: {
    on: { nationalId: NATIONAL_ID },
    run: (app, { id }, by) => app.get(AccountLinksService).unlink(by, id),
  },
  'factor reset': { run: (app, { id }, by) => app.get(AccountFactorsService).reset(by, id) },
  'end of a factor': { run: (app, { id }, by) => app.get(AccountFactorsService).endTotp(by, id) },
  'emergency access': {
    run: (app, { id }, by) => app.get(AccountAccessService).openEmergencyAccess(by, id, emergency),
  },
  'attested identity': { run: (app, { id }, by) => app.get(AccountIdentitiesService).attest(by, id, REASON) },
  closure: { run: (app, { id }, by) => app.get(AccountClosuresService).close(by, id) },
  'deletion by a directory': { run: (app, { id }, by) => app.get(AccountClosuresService).remove(by, id) },
  'request for erasure': { run: erasure('2026-01-02') },
};

export const OTHERS: Record<string, Act> = {
  unlock: { run: (app, { id }, by) => app.get(AccountAccessService).unlock(by, id) },
  'end of all sessions': { run: (app, { id }, by) => app.get(AccountClosuresService).endSessions(by, id) },
  'end of a session': {
    run: (app, { id }, by) => app.get(AccountClosuresService).endSession(by, id, 'session'),
  },
  invitation: {
    on: { status: 'INVITED' },
    run: (app, { id }, by) => app.get(AccountInvitationsService).inviteAgain(by, id),
  },
  'request to verify the identity': {
    run: (app, { id }, by) => app.get(AccountIdentitiesService).request(by, id),
  },
  'attested passkey': {
    run: (app, { id }, by) => app.get(AccountIdentitiesService).attestPasskey(by, id, 'passkey', REASON),
  },
  'end of an emergency access': {
    run: (app, { id }, by) => app.get(AccountAccessService).closeEmergencyAccess(by, id),
  },
  reopening: {
    on: { status: 'DEACTIVATED' },
    run: (app, { id }, by) => app.get(AccountClosuresService).reopen(by, id),
  },
  erasure: { run: (app, { id }, by) => app.get(AccountErasuresService).erase(by, id) },
  // Sent with the version that the promotion is going to make.
  confirmation: {
    run: (app, { id, version }, by) => app.get(ChangeDecisionService).confirm(by, id, 'email', version + 1),
  },
};

/** The acts that end what waits, and that erase, for a spec that runs them on a real database. */
export const DECISION_SERVICES = [AccountErasuresService, ChangeDecisionService, ErasureService];
