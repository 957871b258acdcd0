import type { WebhookDelivery, WebhookEndpoint } from '@portillon/webhook';
import type { Steps } from '@portillon/testing';
import type { ActJournalService, JournalAct } from '@portillon/user-management';

/** The hospital's webhook, with these changes. */
export function endpoint(changes: Partial<WebhookEndpoint> = {}): WebhookEndpoint {
  return {
    id: 'webhook',
    structureId: 'hospital',
    name: 'Annuaire',
    url: 'https://hooks.example/portillon',
    events: ['account.created'],
    status: 'active',
    disabledReason: null,
    previousSecretUntil: null,
    version: 1,
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...changes,
  };
}

/** A delivery of it. */
export function delivery(changes: Partial<WebhookDelivery> = {}): WebhookDelivery {
  return {
    id: 'delivery',
    endpointId: 'webhook',
    type: 'account.created',
    payload: '{}',
    state: 'delivered',
    attempts: 1,
    dueAt: null,
    lastStatus: 204,
    lastFailure: null,
    createdAt: new Date(0),
    settledAt: new Date(0),
    ...changes,
  };
}

/** A journal of acts on webhooks, and what it was given: name, structure, data. */
export function webhookJournal(steps: Steps) {
  const journalled: (JournalAct & { structureId: string | null })[] = [];
  const journal = steps.of<ActJournalService>('journal', {
    recordOnStructure: async (_administrator, structureId, act) =>
      void journalled.push({ ...act, structureId }),
  });
  return { journal, journalled };
}
