import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { adminAccount, hospital } from '../../../../../test/administration';
import { api, beginAsStructureAdmin, refuse, signedInAs } from '../../../../../test/administration-server';
import { field, open, page, press, router, text, type } from '../../../../../test/pages';

vi.mock('../../../../api/administration.api');
vi.mock('../../../../api/journal.api', () => ({ listEvents: async () => ({ items: [], nextCursor: null }) }));
vi.mock('../../../../api/session.api');

beforeEach(beginAsStructureAdmin);
afterEach(() => page.unmount());

describe('editing an account', () => {
  const edited = (changes = {}) => adminAccount({ version: 4, ...changes });

  it('sends what was changed, with the version that was seen', async () => {
    api.editAccount.mockResolvedValue(edited());
    await open('/administration/comptes/a1/modifier');
    await type('Nom affiché', ' Claire Petit ');
    await press('Enregistrer');
    expect(api.editAccount).toHaveBeenCalledWith('a1', 3, { displayName: 'Claire Petit' });
    expect(router.currentRoute.value.path).toBe('/administration/comptes/a1');
    expect(text()).toContain('Les modifications sont enregistrées.');
  });

  it('says that somebody else wrote the same field, keeps what is typed, and saves it when told again', async () => {
    await open('/administration/comptes/a1/modifier');
    await type('Nom affiché', 'Claire Petit');
    await type('Adresse e-mail', 'claire.petit@hopital.example');
    api.editAccount.mockImplementationOnce(() => refuse('precondition.failed'));
    api.getAccountOf.mockResolvedValue(edited({ displayName: 'Claire Grand', username: 'claire.grand' }));
    await press('Enregistrer');
    expect(text()).toContain('Quelqu’un d’autre a modifié ce compte');
    expect(document.querySelector('[role=alert] li')?.textContent).toContain('Claire Grand');
    expect(field('Nom affiché').value).toBe('Claire Petit');
    expect(field('Identifiant').value).toBe('claire.grand');
    api.editAccount.mockResolvedValueOnce(edited({ version: 5 }));
    await press('Enregistrer quand même');
    expect(api.editAccount).toHaveBeenLastCalledWith('a1', 4, {
      displayName: 'Claire Petit',
      email: 'claire.petit@hopital.example',
    });
  });

  it('gives up what was typed for what somebody else wrote', async () => {
    await open('/administration/comptes/a1/modifier');
    await type('Nom affiché', 'Claire Petit');
    api.editAccount.mockImplementationOnce(() => refuse('precondition.failed'));
    api.getAccountOf.mockResolvedValue(edited({ displayName: 'Claire Grand' }));
    await press('Enregistrer');
    await press('Abandonner ma saisie');
    expect(field('Nom affiché').value).toBe('Claire Grand');
  });

  it('says beside the field what the API says of it', async () => {
    await open('/administration/comptes/a1/modifier');
    await type('Identifiant', 'paul.durand');
    const errors = [{ field: 'username', code: 'taken', message: '' }];
    api.editAccount.mockImplementation(() => refuse('account.taken', { errors }));
    await press('Enregistrer');
    expect(text()).toContain('C’est déjà pris par un autre compte');
    expect(document.activeElement).toBe(field('Identifiant'));
  });

  it('asks for a change before it asks the server', async () => {
    await open('/administration/comptes/a1/modifier');
    await press('Enregistrer');
    expect(text()).toContain('Vous n’avez rien modifié.');
    expect(api.editAccount).not.toHaveBeenCalled();
  });
});

describe('inviting somebody', () => {
  it('proposes the usual user name, until another is typed', async () => {
    api.inviteAccount.mockResolvedValue(adminAccount({ status: 'INVITED' }));
    await open('/administration/comptes/nouveau');
    await type('Nom affiché', 'Zoé Le Goff');
    expect(field('Identifiant').value).toBe('zoe.le-goff');
    await type('Identifiant', 'zlegoff');
    await type('Nom affiché', 'Zoé Le Goff-Petit');
    expect(field('Identifiant').value).toBe('zlegoff');
    await type('Adresse e-mail', 'zoe@hopital.example');
    await press('Envoyer l’invitation');
    expect(api.inviteAccount).toHaveBeenCalledWith({
      displayName: 'Zoé Le Goff-Petit',
      username: 'zlegoff',
      email: 'zoe@hopital.example',
      roles: ['professional'],
      locale: 'fr',
    });
    expect(text()).toContain('Invitation envoyée à claire.martin@hopital.example.');
  });

  it('asks for what was left empty before asking the server', async () => {
    await open('/administration/comptes/nouveau');
    await press('Envoyer l’invitation');
    expect(text()).toContain('Saisissez une adresse e-mail.');
    expect(document.activeElement).toBe(field('Nom affiché'));
    expect(api.inviteAccount).not.toHaveBeenCalled();
  });

  it('by a national administrator says into which structure', async () => {
    signedInAs('national-admin');
    api.inviteAccount.mockResolvedValue(adminAccount({ status: 'INVITED' }));
    await open(`/administration/comptes/nouveau?structure=${hospital.id}&role=structure-admin`);
    await type('Nom affiché', 'Nadia Benali');
    await type('Adresse e-mail', 'nadia@hopital.example');
    await press('Envoyer l’invitation');
    expect(api.inviteAccount).toHaveBeenCalledWith(
      expect.objectContaining({ structureId: hospital.id, roles: ['structure-admin'] }),
    );
  });
});
