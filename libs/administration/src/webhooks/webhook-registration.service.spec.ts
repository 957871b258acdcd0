import { Structure } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { Steps } from '@portillon/testing';
import type { NewWebhook, WebhookEndpointService } from '@portillon/webhook';
import type { AdministeredStructureService } from '../structures/administered-structure.service';
import { NATIONAL, OF_HOSPITAL } from '../testing/administrator.fixture';
import { endpoint, webhookJournal } from '../testing/webhook.fixture';
import type { AdministeredWebhookService } from './administered-webhook.service';
import { WebhookRegistrationService } from './webhook-registration.service';

const WANTED = {
  name: 'Annuaire',
  url: 'https://hooks.example/portillon',
  events: ['account.created'],
} as const;
const wanted = (structureId?: string | null) => ({ ...WANTED, events: [...WANTED.events], structureId });

/** Whether nobody changed it meanwhile. */
function registration({ unmoved = true } = {}) {
  const steps = new Steps();
  const made: NewWebhook[] = [];
  const { journal, journalled } = webhookJournal(steps);
  const service = new WebhookRegistrationService(
    steps.transactions,
    steps.of<AdministeredWebhookService>('administered', { get: async () => endpoint() }),
    steps.of<AdministeredStructureService>('structures', {
      within: async ({ scope }, asked) => {
        if (asked === 'clinic' && scope.structureId) throw new AppError('not-found');
        return asked ?? scope.structureId;
      },
      get: async () => ({}) as Structure,
    }),
    steps.of<WebhookEndpointService>('endpoints', {
      register: async (draft) => {
        made.push(draft);
        return { endpoint: endpoint(draft), secret: 'whsec_secret' };
      },
      change: async () => unmoved,
      rotateSecret: async () =>
        unmoved ? { secret: 'whsec_new', previousSecretUntil: new Date(0) } : undefined,
      remove: async () => unmoved,
    }),
    journal,
  );
  return { steps, made, journalled, service };
}

describe('a webhook', () => {
  it('is made with its line of the journal, which does not have the secret, in one transaction', async () => {
    const { steps, journalled, service } = registration();
    const { secret } = await service.register(OF_HOSPITAL, wanted(), 'annuaire');
    expect(secret).toBe('whsec_secret');
    const act = ['endpoints.register(tx)', 'journal.recordOnWebhook(tx)'];
    expect(steps.taken.slice(-4)).toEqual(['begin', ...act, 'commit']);
    expect(journalled).toEqual([
      { name: 'webhook_created', reason: 'annuaire', structureId: 'hospital', data: { url: WANTED.url } },
    ]);
  });

  it('of a structure’s administrator is the structure’s; of a national one, the operator’s unless told', async () => {
    const { made, service } = registration();
    await service.register(OF_HOSPITAL, wanted(null));
    await service.register(NATIONAL, wanted());
    await service.register(NATIONAL, wanted('clinic'));
    expect(made.map(({ structureId }) => structureId)).toEqual(['hospital', null, 'clinic']);
  });

  it('is not made for a structure out of reach', async () => {
    const { made, service } = registration();
    await expect(service.register(OF_HOSPITAL, wanted('clinic'))).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(made).toEqual([]);
  });

  it('is changed under its version, and the journal says which fields', async () => {
    const { journalled, service } = registration();
    await service.edit(OF_HOSPITAL, 'webhook', { status: 'disabled' }, 1, 'maintenance');
    expect(journalled).toMatchObject([
      { name: 'webhook_updated', reason: 'maintenance', data: { fields: ['status'] } },
    ]);
  });

  it('gets another secret, and is removed, each with its line', async () => {
    const { journalled, service } = registration();
    expect((await service.replaceSecret(OF_HOSPITAL, 'webhook')).secret).toBe('whsec_new');
    await service.remove(OF_HOSPITAL, 'webhook');
    expect(journalled.map(({ name }) => name)).toEqual(['webhook_secret_replaced', 'webhook_deleted']);
    expect(JSON.stringify(journalled)).not.toContain('whsec');
  });

  it('that moved meanwhile stays as it is, and so does the journal', async () => {
    const { journalled, service } = registration({ unmoved: false });
    const moved = { code: 'precondition.failed' };
    await expect(service.edit(OF_HOSPITAL, 'webhook', { name: 'x' }, 1)).rejects.toMatchObject(moved);
    await expect(service.replaceSecret(OF_HOSPITAL, 'webhook')).rejects.toMatchObject(moved);
    await expect(service.remove(OF_HOSPITAL, 'webhook')).rejects.toMatchObject({ code: 'not-found' });
    expect(journalled).toEqual([]);
  });
});
