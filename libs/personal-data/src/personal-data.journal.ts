import { audited } from '@portillon/access';
import type { AuditedAct } from '@portillon/access';
import type { Account } from '@portillon/account';
import type { JournalDeclaration, AuditEvent } from '@portillon/audit';
import type { Client } from '@portillon/http';

/** Journal events of exports and erasures. */
export const personalDataJournal = {
  events: {
    erasure_requested: {
      subject: 'accounts',
      siem: 'account.other',
      fr: 'Effacement du compte demandé',
      en: 'Erasure of the account requested',
    },
    erasure_withdrawn: {
      subject: 'accounts',
      siem: 'account.other',
      fr: 'Demande d’effacement retirée',
      en: 'Request for erasure taken back',
    },
    data_exported: {
      subject: 'rights',
      siem: 'entity.read',
      fr: 'Données personnelles téléchargées',
      en: 'Personal data downloaded',
    },
    user_deleted: { subject: 'accounts', siem: 'account.delete', fr: 'Compte effacé', en: 'Account erased' },
  },
  reasons: {
    'closed-for-long': { fr: 'Désactivé depuis trop longtemps', en: 'Deactivated for too long' },
  },
  data: {
    receivedOn: { fr: 'Demande reçue le', en: 'Request received on' },
  },
} as const satisfies JournalDeclaration;

declare module '@portillon/audit' {
  interface JournalVocabulary {
    personalData: typeof personalDataJournal;
  }
}

/** The actor of an export or erasure, the client and the reason. */
export interface ActCause extends Pick<AuditedAct, 'actorId' | 'data'> {
  reason?: string;
  /** Absent: a job or the command line. */
  client?: Client;
}

/** The entry of the journal for an act on an account. */
export function entryOf(
  name: AuditedAct['name'],
  account: Pick<Account, 'id' | 'structure'>,
  { client, ...cause }: ActCause = {},
): AuditEvent {
  const event = { name, outcome: 'SUCCESS', ...cause } as const;
  if (client) return audited(client, account, event);
  return { ...event, accountId: account.id, structureId: account.structure?.id ?? null };
}
