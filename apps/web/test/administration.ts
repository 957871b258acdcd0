import type {
  AdminAccount,
  AdminEntry,
  AdminImport,
  AdminListedAccount,
  AdminPolicy,
  AdminStructure,
} from '../src/api/types';
import { NOW } from './samples';

const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

export const hospital = { id: 's-hospital', name: 'Hôpital des Trois Dames' };

export function adminAccount(changes: Partial<AdminAccount> = {}): AdminAccount {
  return {
    id: 'a1',
    username: 'claire.martin',
    displayName: 'Claire Martin',
    email: 'claire.martin@hopital.example',
    status: 'ACTIVE',
    roles: ['professional'],
    structure: hospital,
    nationalId: null,
    lastSignedInAt: at(-60),
    createdAt: at(-10_000),
    locked: false,
    version: 3,
    locale: 'fr',
    phone: { number: null, status: 'NONE', verifiedAt: null },
    codeChannel: 'EMAIL',
    passwordChangedAt: null,
    locks: { passwordUntil: null, codeUntil: null, codeUntilReopened: false },
    emergencyAccess: null,
    erasureRequestedAt: null,
    emailUnreachableSince: null,
    invitedUntil: null,
    pendingEmail: null,
    pendingIdentity: null,
    pendingRoles: null,
    openSessions: 0,
    rememberedBrowsers: 0,
    ...changes,
  };
}

export const ENTERS: AdminEntry = { canEnter: 'yes', by: ['password'], reason: null };

export function adminAccounts(...names: string[]): AdminListedAccount[] {
  return names.map((displayName) => ({
    ...adminAccount({ id: displayName, displayName }),
    entry: ENTERS,
  }));
}

export function structure(changes: Partial<AdminStructure> = {}): AdminStructure {
  return { ...hospital, finess: '750712184', siret: null, createdAt: at(-10_000), version: 5, ...changes };
}

export function policy(changes: Partial<AdminPolicy> = {}): AdminPolicy {
  return {
    smsForbidden: false,
    mailFirstTimeOnly: false,
    codeWindowHours: null,
    proSanteConnectFrom: null,
    strongMeansFrom: null,
    totpIsStrong: false,
    passkeyKind: 'any',
    passkeyIdentity: 'any',
    egressAddresses: [],
    fourEyes: false,
    sharedWorkstations: false,
    deployment: {
      smsAvailable: true,
      codeWindowHours: 24,
      proSanteConnectOffered: true,
      cardOffered: true,
      passkeysOffered: true,
      totpOffered: true,
    },
    version: 5,
    ...changes,
  };
}

export function importJob(changes: Partial<AdminImport> = {}): AdminImport {
  return {
    id: 'i1',
    state: 'CHECKING',
    mode: 'ALL_OR_NONE',
    whenInterrupted: 'RESUME',
    dryRun: true,
    total: 10,
    checked: 0,
    bad: 0,
    created: 0,
    invited: 0,
    undone: 0,
    createdAt: at(0),
    changedAt: at(0),
    ...changes,
  };
}
