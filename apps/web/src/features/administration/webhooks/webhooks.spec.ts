import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hospital } from '../../../../test/administration';
import { beginAsStructureAdmin, refuse, signedInAs } from '../../../../test/administration-server';
import { field, open, page, press, router, settle, text, type } from '../../../../test/pages';
import { NOW } from '../../../../test/samples';
import { delivery, webhook } from '../../../../test/webhooks';
import type { AdminWebhookDelivery } from '../../../api/types';
import * as webhooksApi from '../../../api/webhooks.api';

vi.mock('../../../api/administration.api');
vi.mock('../../../api/session.api');
vi.mock('../../../api/webhooks.api');

const api = vi.mocked(webhooksApi);
const HOUR = 3_600_000;
const SECRET = 'whsec_c2VjcmV0';

beforeEach(() => {
  beginAsStructureAdmin();
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  api.getWebhook.mockResolvedValue(webhook());
  api.listWebhooks.mockResolvedValue({ items: [webhook()], nextCursor: null });
  delivered();
});
afterEach(() => page.unmount());

function delivered(...items: AdminWebhookDelivery[]) {
  api.listDeliveries.mockResolvedValue({ items, nextCursor: null });
}
/** One after the other: a checkbox needs a rendered page between two clicks. */
async function tick(label: string) {
  field(label).click();
  await settle();
}

describe('the list of webhooks', () => {
  it('shows the address and scope of each, and whether it is enabled', async () => {
    signedInAs('national-admin');
    const other = webhook({ id: 'w2', name: 'Planning', structureId: hospital.id, status: 'disabled' });
    api.listWebhooks.mockResolvedValue({ items: [webhook(), other], nextCursor: null });
    await open('/administration/webhooks');
    expect(text()).toContain('2 webhooks affichés.');
    expect(text()).toContain('https://annuaire.example/portillon');
    for (const word of ['Tout le service', 'En service', hospital.name, 'Désactivé'])
      expect(text()).toContain(word);
  });

  it('shows a text for an empty list', async () => {
    api.listWebhooks.mockResolvedValue({ items: [], nextCursor: null });
    await open('/administration/webhooks');
    expect(text()).toContain('Aucun webhook pour le moment.');
  });
});

describe('a webhook that is made', () => {
  async function fillIn() {
    await open('/administration/webhooks/nouveau');
    await type('Nom', 'Annuaire');
    await type('Adresse du programme', ' https://annuaire.example/portillon ');
    await tick('Une personne se connecte');
    await tick('Un compte est créé');
  }

  it('needs a name, an address and an event', async () => {
    await open('/administration/webhooks/nouveau');
    await press('Créer le webhook');
    for (const sentence of ['Donnez un nom', 'Saisissez l’adresse', 'Cochez au moins une case.'])
      expect(text()).toContain(sentence);
    expect(api.createWebhook).not.toHaveBeenCalled();
  });

  it('shows its secret once, and leads on', async () => {
    api.createWebhook.mockResolvedValue({ ...webhook(), secret: SECRET });
    await fillIn();
    await press('Créer le webhook');
    expect(api.createWebhook).toHaveBeenCalledWith({
      name: 'Annuaire',
      url: 'https://annuaire.example/portillon',
      events: ['account.created', 'session.opened'],
    });
    expect(document.activeElement?.textContent).toBe('Le webhook Annuaire est créé');
    expect(text()).toContain(SECRET);
    await press('Continuer vers le webhook');
    expect(router.currentRoute.value.fullPath).toBe('/administration/webhooks/w1');
    expect(text()).not.toContain(SECRET);
  });

  it.each([
    ['url-refused', 'L’adresse doit commencer par https://'],
    ['address-refused', 'Cette adresse n’est pas sur l’internet public.'],
    ['format', 'Cette valeur n’est pas acceptée.'],
  ])('says at the field why its address is refused: %s', async (code, sentence) => {
    const errors = [{ field: 'url', code, message: '' }];
    api.createWebhook.mockImplementation(() => refuse('validation.failed', { errors }));
    await fillIn();
    await press('Créer le webhook');
    expect(document.activeElement).toBe(field('Adresse du programme'));
    expect(text()).toContain(sentence);
  });

  it.each([
    ['structure-admin', false],
    ['national-admin', true],
  ])('offers a structure to administrators of all structures only: %s', async (role, offered) => {
    signedInAs(role);
    await open('/administration/webhooks/nouveau');
    expect(text().includes('Structure (facultatif)')).toBe(offered);
  });

  it('reports that the maximum is reached', async () => {
    api.createWebhook.mockImplementation(() => refuse('webhook.too-many'));
    await fillIn();
    await press('Créer le webhook');
    expect(text()).toContain('Le nombre de webhooks prévu est atteint.');
  });
});

describe('a webhook', () => {
  it('is changed under the version that was seen', async () => {
    api.editWebhook.mockResolvedValue(webhook({ name: 'Annuaire 2', version: 5 }));
    await open('/administration/webhooks/w1');
    await press('Modifier');
    await type('Nom', 'Annuaire 2');
    await press('Enregistrer');
    const { url, events } = webhook();
    expect(api.editWebhook).toHaveBeenCalledWith('w1', 4, { name: 'Annuaire 2', url, events });
    expect(text()).toContain('Le webhook est modifié.');
  });

  it('keeps typed values after a concurrent change, and saves them against the stored version', async () => {
    await open('/administration/webhooks/w1');
    await press('Modifier');
    await type('Nom', 'Annuaire 2');
    api.editWebhook.mockImplementationOnce(() => refuse('precondition.failed'));
    api.getWebhook.mockResolvedValue(webhook({ version: 5 }));
    await press('Enregistrer');
    expect(text()).toContain('Rien n’a été écrasé');
    expect(field('Nom').value).toBe('Annuaire 2');
    api.editWebhook.mockResolvedValue(webhook({ version: 6 }));
    await press('Enregistrer');
    expect(api.editWebhook).toHaveBeenLastCalledWith('w1', 5, expect.anything());
  });

  it('gets another secret, shown once, while the old one signs too', async () => {
    const previousSecretUntil = new Date(NOW + 24 * HOUR).toISOString();
    api.replaceSecret.mockResolvedValue({ ...webhook({ previousSecretUntil }), secret: SECRET });
    await open('/administration/webhooks/w1');
    await press('Remplacer le secret');
    expect(api.replaceSecret).not.toHaveBeenCalled();
    expect(text()).toContain('Pendant 24 heures, chaque envoi porte deux signatures');
    await press('Remplacer');
    expect(text()).toContain(SECRET);
    expect(text()).toContain('L’ancien secret signe aussi, jusqu’au');
    await press('Remplacer le secret');
    expect(text()).toContain('L’ancien cesse aussitôt de signer');
  });

  it('does not mention an old secret that no longer signs', async () => {
    const previousSecretUntil = new Date(NOW - HOUR).toISOString();
    api.getWebhook.mockResolvedValue(webhook({ previousSecretUntil }));
    await open('/administration/webhooks/w1');
    expect(text()).not.toContain('L’ancien secret');
  });

  it('is disabled after a question, and enabled again', async () => {
    api.editWebhook.mockResolvedValueOnce(
      webhook({ status: 'disabled', disabledReason: 'administrator', version: 5 }),
    );
    await open('/administration/webhooks/w1');
    await press('Désactiver');
    expect(text()).toContain('Désactiver Annuaire ?');
    expect(api.editWebhook).not.toHaveBeenCalled();
    await press('Désactiver');
    expect(api.editWebhook).toHaveBeenCalledWith('w1', 4, { status: 'disabled' });
    expect(text()).toContain('Le webhook est désactivé.');
    api.editWebhook.mockResolvedValueOnce(webhook({ version: 6 }));
    await press('Réactiver');
    expect(api.editWebhook).toHaveBeenLastCalledWith('w1', 5, { status: 'active' });
    expect(text()).toContain('Le webhook est de nouveau en service.');
  });

  it('shows that its receiver closed it, and offers neither test nor replay', async () => {
    delivered(delivery({ state: 'failed', lastStatus: 410, lastFailure: 'gone' }));
    api.getWebhook.mockResolvedValue(webhook({ status: 'disabled', disabledReason: 'gone' }));
    await open('/administration/webhooks/w1');
    expect(text()).toContain('Le destinataire a répondu qu’il ne veut plus rien recevoir (410).');
    expect(text()).toContain('réactivez‑le pour envoyer un essai');
    expect(text()).not.toContain('Renvoyer');
  });

  it('is deleted after a confirmation, and the list shows it', async () => {
    await open('/administration/webhooks/w1');
    await press('Supprimer');
    expect(api.deleteWebhook).not.toHaveBeenCalled();
    await press('Supprimer');
    expect(api.deleteWebhook).toHaveBeenCalledWith('w1');
    expect(router.currentRoute.value.name).toBe('admin-webhooks');
    expect(text()).toContain('Le webhook Annuaire est supprimé.');
  });
});

describe('a test', () => {
  it.each([
    [{ state: 'delivered', lastStatus: 204 }, 'L’essai est reçu. Le programme a répondu 204.'],
    [
      { state: 'failed', lastStatus: 500, lastFailure: 'refused' },
      'L’essai n’est pas reçu. Le programme a répondu 500.',
    ],
    [
      { state: 'failed', lastStatus: null, lastFailure: 'host-unknown' },
      'L’essai n’est pas reçu. Le nom de l’adresse est introuvable.',
    ],
  ] as const)('is answered in words: %o', async (came, sentence) => {
    const tried = delivery({ type: 'webhook.test', ...came });
    api.testWebhook.mockResolvedValue(tried);
    await open('/administration/webhooks/w1');
    delivered(tried);
    await press('Envoyer un essai');
    expect(text().replace(/\s+/g, ' ')).toContain(sentence);
    expect(document.querySelector('tbody')!.textContent).toContain('Essai');
  });

  it('looks again at the webhook, which it may have disabled', async () => {
    api.testWebhook.mockResolvedValue(delivery({ state: 'failed', lastStatus: 410, lastFailure: 'gone' }));
    await open('/administration/webhooks/w1');
    api.getWebhook.mockResolvedValue(webhook({ status: 'disabled', disabledReason: 'gone', version: 5 }));
    await press('Envoyer un essai');
    expect(text()).toContain('Le programme a répondu 410');
    expect(text()).toContain('Le webhook est désactivé : rien ne part vers ce programme.');
  });
});

describe('the deliveries', () => {
  const dueAt = new Date(NOW + HOUR).toISOString();

  it.each([
    [{ state: 'pending', attempts: 0, lastStatus: null }, 'En attente'],
    [{ state: 'sending', lastStatus: null }, 'Envoi en cours'],
    [{ state: 'delivered' }, 'Reçu Le programme a répondu 204.'],
    [
      { state: 'pending', attempts: 2, dueAt, lastStatus: 503, lastFailure: 'refused' },
      'Pas encore reçu, nouvel essai le',
    ],
    [
      { state: 'failed', attempts: 10, lastStatus: null, lastFailure: 'timeout' },
      'Non reçu, après 10 essais Le programme n’a pas répondu en 15 secondes.',
    ],
    [
      { state: 'failed', attempts: 0, lastStatus: null, lastFailure: 'endpoint-disabled' },
      'Non envoyé Le webhook était désactivé.',
    ],
  ] as const)('say in words how they are: %o', async (how, sentence) => {
    delivered(delivery(how));
    await open('/administration/webhooks/w1');
    expect(text().replace(/\s+/g, ' ')).toContain(sentence);
  });

  it('are sent again when they ended, and the keyboard stays where the answer is', async () => {
    delivered(delivery());
    await open('/administration/webhooks/w1');
    delivered(delivery({ state: 'pending', attempts: 0, lastStatus: null }));
    await press('Renvoyer: Un compte est créé');
    expect(api.replayDelivery).toHaveBeenCalledWith('w1', 'd1');
    expect(document.activeElement!.textContent).toContain('L’envoi est de nouveau en attente');
    expect(text()).not.toContain('Renvoyer');
  });

  it.each([
    ['webhook.delivery-waits', 'Cet envoi attend déjà'],
    ['webhook.disabled', 'Rien ne part vers un webhook désactivé.'],
  ])('say why they are not: %s', async (code, sentence) => {
    delivered(delivery());
    api.replayDelivery.mockImplementation(() => refuse(code));
    await open('/administration/webhooks/w1');
    await press('Renvoyer: Un compte est créé');
    expect(text()).toContain(sentence);
  });

  it('are asked for again, and go on at the first that is new', async () => {
    api.listDeliveries.mockImplementation(async (_id, cursor) =>
      cursor
        ? { items: [delivery({ id: 'd2', type: 'session.opened' })], nextCursor: null }
        : { items: [delivery()], nextCursor: 'd1' },
    );
    await open('/administration/webhooks/w1');
    await press('Afficher la suite');
    expect(document.activeElement!.textContent).toContain('Une personne se connecte');
    delivered();
    await press('Actualiser');
    expect(text()).toContain('Aucun envoi pour le moment.');
  });
});
