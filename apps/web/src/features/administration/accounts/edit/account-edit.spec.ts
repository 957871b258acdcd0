import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { adminAccount, hospital } from '../../../../../test/administration';
import { api, beginAsStructureAdmin, refuse, signedInAs } from '../../../../../test/administration-server';
import { field, open, page, press, router, settle, text, type } from '../../../../../test/pages';

vi.mock('../../../../api/administration.api');
vi.mock('../../../../api/journal.api', () => ({ listEvents: async () => ({ items: [], nextCursor: null }) }));
vi.mock('../../../../api/session.api');

beforeEach(beginAsStructureAdmin);
afterEach(() => page.unmount());

describe('editing an account', () => {
  const edited = (changes = {}) => adminAccount({ version: 4, ...changes });

  it('sends the changed fields, with the version that was read', async () => {
    api.editAccount.mockResolvedValue(edited());
    await open('/administration/comptes/a1/modifier');
    await type('Nom affiché', ' Claire Petit ');
    await press('Enregistrer');
    expect(api.editAccount).toHaveBeenCalledWith('a1', 3, { displayName: 'Claire Petit' });
    expect(router.currentRoute.value.path).toBe('/administration/comptes/a1');
    expect(text()).toContain('Les modifications sont enregistrées.');
  });

  it.each([
    ['follows the parts that it is made of', 'Claire Martin', 'Claire Durand'],
    ['stays as it was set by hand', 'Dr Martin', 'Dr Martin'],
  ])('sends a display name that %s', async (_, displayName, sent) => {
    const named = edited({ version: 3, displayName, givenName: 'Claire', familyName: 'Martin' });
    api.getAccountOf.mockResolvedValue(named);
    api.editAccount.mockResolvedValue(edited());
    await open('/administration/comptes/a1/modifier');
    await type('Nom (facultatif)', 'Durand');
    expect(field('Nom affiché').value).toBe(sent);
    await press('Enregistrer');
    expect(api.editAccount).toHaveBeenCalledWith('a1', 3, { familyName: 'Durand', displayName: sent });
  });

  it('removes a part of the name', async () => {
    api.getAccountOf.mockResolvedValue(edited({ version: 3, givenName: 'Claire' }));
    api.editAccount.mockResolvedValue(edited());
    await open('/administration/comptes/a1/modifier');
    await type('Prénom (facultatif)', '');
    await press('Enregistrer');
    const sent = { givenName: null, displayName: 'Claire Martin' };
    expect(api.editAccount).toHaveBeenCalledWith('a1', 3, sent);
  });

  it('shows a concurrent change of the same field, keeps what is typed, and saves it on confirmation', async () => {
    await open('/administration/comptes/a1/modifier');
    await type('Nom affiché', 'Claire Petit');
    await type('Adresse e‑mail', 'claire.petit@hopital.example');
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

  it('drops the typed text for the stored one on request', async () => {
    await open('/administration/comptes/a1/modifier');
    await type('Nom affiché', 'Claire Petit');
    api.editAccount.mockImplementationOnce(() => refuse('precondition.failed'));
    api.getAccountOf.mockResolvedValue(edited({ displayName: 'Claire Grand' }));
    await press('Enregistrer');
    await press('Abandonner ma saisie');
    expect(field('Nom affiché').value).toBe('Claire Grand');
  });

  it("shows the API's error beside its field", async () => {
    await open('/administration/comptes/a1/modifier');
    await type('Identifiant', 'paul.durand');
    const errors = [{ field: 'username', code: 'taken', message: '' }];
    api.editAccount.mockImplementation(() => refuse('account.taken', { errors }));
    await press('Enregistrer');
    expect(text()).toContain('C’est déjà pris par un autre compte');
    expect(document.activeElement).toBe(field('Identifiant'));
  });

  it('requires a change before it calls the server', async () => {
    await open('/administration/comptes/a1/modifier');
    await press('Enregistrer');
    expect(text()).toContain('Vous n’avez rien modifié.');
    expect(api.editAccount).not.toHaveBeenCalled();
  });
});

describe('inviting a person', () => {
  it('proposes the usual user name, until another is typed', async () => {
    api.inviteAccount.mockResolvedValue(adminAccount({ status: 'INVITED' }));
    await open('/administration/comptes/nouveau');
    await type('Nom affiché', 'Zoé Le Goff');
    expect(field('Identifiant').value).toBe('zoe.le-goff');
    await type('Identifiant', 'zlegoff');
    await type('Nom affiché', 'Zoé Le Goff-Petit');
    expect(field('Identifiant').value).toBe('zlegoff');
    await type('Adresse e‑mail', 'zoe@hopital.example');
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

  it('proposes the address domain of colleagues, and continues with the next person', async () => {
    api.inviteAccount.mockResolvedValue(adminAccount({ status: 'INVITED' }));
    await open('/administration/comptes/nouveau');
    await type('Nom affiché', 'Zoé Le Goff');
    expect(field('Adresse e‑mail').value).toBe('zoe.le-goff@hopital.example');
    await press('Envoyer et inviter une autre');
    expect(api.inviteAccount).toHaveBeenCalledOnce();
    expect(text()).toContain('Invitation envoyée à claire.martin@hopital.example.');
    expect(router.currentRoute.value.path).toBe('/administration/comptes/nouveau');
    expect(field('Nom affiché').value).toBe('');
    expect(document.activeElement).toBe(field('Prénom (facultatif)'));
  });

  it('reports empty fields before it calls the server', async () => {
    await open('/administration/comptes/nouveau');
    await press('Envoyer l’invitation');
    expect(text()).toContain('Saisissez une adresse e‑mail.');
    expect(document.activeElement).toBe(field('Nom affiché'));
    expect(api.inviteAccount).not.toHaveBeenCalled();
  });

  it('names the structure when the inviter is a national administrator', async () => {
    signedInAs('national-admin');
    api.inviteAccount.mockResolvedValue(adminAccount({ status: 'INVITED' }));
    await open(`/administration/comptes/nouveau?structure=${hospital.id}&role=structure-admin`);
    await type('Nom affiché', 'Nadia Benali');
    await type('Adresse e‑mail', 'nadia@hopital.example');
    await press('Envoyer l’invitation');
    expect(api.inviteAccount).toHaveBeenCalledWith(
      expect.objectContaining({ structureId: hospital.id, roles: ['structure-admin'] }),
    );
  });
});

describe('inviting several people', () => {
  const cell = (name: string) =>
    document.querySelector<HTMLInputElement>(`[aria-label="${name}"]`) ?? document.body;
  const valueOf = (name: string) => (cell(name) as HTMLInputElement).value;
  async function paste(name: string, copied: string) {
    const clipboardData = { getData: () => copied };
    cell(name).dispatchEvent(Object.assign(new Event('paste', { cancelable: true }), { clipboardData }));
    await settle();
  }
  const COPIED = ['Nom\tPrénom', 'Le Goff\tZoé', 'Petit\tHugo\thugo@hopital', 'Roux\tNadia'].join('\r\n');

  it('reads cells copied from a spreadsheet, proposes the rest, and shows the errors of each line', async () => {
    await open('/administration/comptes/nouveau/plusieurs');
    await paste('Nom, ligne 1', COPIED);
    expect(valueOf('Identifiant, ligne 1')).toBe('zoe.le-goff');
    expect(valueOf('Adresse e‑mail, ligne 1')).toBe('zoe.le-goff@hopital.example');
    expect(valueOf('Adresse e‑mail, ligne 2')).toBe('hugo@hopital');
    expect(text()).toContain('Adresse e‑mail : incomplète');
    expect(cell('Adresse e‑mail, ligne 2').getAttribute('aria-invalid')).toBe('true');
    expect(valueOf('Nom, ligne 3')).toBe('Roux');
    // The last line is always empty, to type in.
    expect(valueOf('Nom, ligne 4')).toBe('');
  });

  it('sends the valid lines, and keeps the others', async () => {
    api.inviteAccount.mockImplementation((body) =>
      body.username === 'nadia.roux'
        ? refuse('account.taken', { errors: [{ field: 'username', code: 'taken', message: '' }] })
        : Promise.resolve(adminAccount({ status: 'INVITED' })),
    );
    await open('/administration/comptes/nouveau/plusieurs');
    await paste('Nom, ligne 1', COPIED);
    await press('Envoyer 3 invitations');
    expect(api.inviteAccount.mock.calls.map(([{ username }]) => username)).toEqual([
      'zoe.le-goff',
      'nadia.roux',
    ]);
    expect(text()).toContain('1 invitation envoyée.');
    expect(text()).toContain('Identifiant : déjà pris.');
    expect(document.activeElement).toBe(cell('Adresse e‑mail, ligne 2'));
    expect(cell('Nom, ligne 1').hasAttribute('readonly')).toBe(true);
    expect(valueOf('Nom, ligne 3')).toBe('Roux');
    const input = cell('Adresse e‑mail, ligne 2') as HTMLInputElement;
    input.value = 'hugo@hopital.example';
    input.dispatchEvent(new Event('input'));
    await settle();
    await press('Envoyer 2 invitations');
    expect(api.inviteAccount).toHaveBeenLastCalledWith({
      displayName: 'Hugo Petit',
      givenName: 'Hugo',
      familyName: 'Petit',
      username: 'hugo.petit',
      email: 'hugo@hopital.example',
      roles: ['professional'],
    });
  });

  it('stops when the server is out of reach, and continues from there', async () => {
    api.inviteAccount.mockImplementationOnce(() => refuse('unreachable'));
    await open('/administration/comptes/nouveau/plusieurs');
    await paste('Nom, ligne 1', 'Le Goff\tZoé\nRoux\tNadia');
    await press('Envoyer 2 invitations');
    expect(api.inviteAccount).toHaveBeenCalledOnce();
    api.inviteAccount.mockResolvedValue(adminAccount({ status: 'INVITED' }));
    await press('Envoyer 2 invitations');
    expect(api.inviteAccount).toHaveBeenCalledTimes(3);
    expect(text()).toContain('2 invitations envoyées.');
  });
});
