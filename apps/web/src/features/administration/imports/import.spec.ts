import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { importJob } from '../../../../test/administration';
import { field, open, page, press, router, settle, text } from '../../../../test/pages';
import { session } from '../../../../test/samples';
import * as administrationApi from '../../../api/administration.api';
import { ApiProblem } from '../../../api/problem';
import * as sessionApi from '../../../api/session.api';

vi.mock('../../../api/administration.api');
vi.mock('../../../api/session.api');
const api = vi.mocked(administrationApi);
const file = new File(['identifiant;email;nom'], 'comptes.csv', { type: 'text/csv' });
const bad = {
  line: 3,
  state: 'BAD' as const,
  username: 'max',
  displayName: '=1+1',
  email: 'nulle-part',
  problems: [{ field: 'email', code: 'format', message: 'Cette valeur n’a pas la forme attendue.' }],
  warnings: [],
};

async function chooseFile() {
  const input = field('Fichier CSV');
  Object.defineProperty(input, 'files', { value: [file] });
  input.dispatchEvent(new Event('change'));
  await settle();
}

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(sessionApi.readSession).mockResolvedValue(
    session({ account: { ...session().account, roles: ['structure-admin'] } }),
  );
  api.listImports.mockResolvedValue({ items: [], nextCursor: null });
  api.listBadLines.mockResolvedValue({ items: [bad], nextCursor: null });
});
afterEach(() => page.unmount());

describe('an import', () => {
  it('asks for the file before it asks the server', async () => {
    await open('/administration/import');
    await press('Vérifier le fichier');
    expect(text()).toContain('Choisissez le fichier à importer.');
    expect(api.importAccounts).not.toHaveBeenCalled();
  });

  it('is checked first, and shows the errors of each line', async () => {
    api.importAccounts.mockResolvedValue(importJob());
    api.getImport.mockResolvedValue(importJob({ state: 'CHECKED', checked: 10, bad: 1 }));
    await open('/administration/import');
    await chooseFile();
    await press('Vérifier le fichier');
    expect(api.importAccounts).toHaveBeenCalledWith(file, 'ALL_OR_NONE');
    expect(router.currentRoute.value.path).toBe('/administration/import/i1');
    expect(text()).toContain('Fichier vérifié : rien n’est encore créé');
    expect(text()).toContain('Cette valeur n’a pas la forme attendue.');
    expect(text()).not.toContain('Créer les comptes');
  });

  it('imports its valid lines without another upload', async () => {
    const checked = importJob({ state: 'CHECKED', checked: 10, bad: 1 });
    api.getImport.mockResolvedValueOnce(checked);
    api.startImport.mockResolvedValue({ ...checked, mode: 'GOOD_LINES', state: 'CREATING' });
    api.getImport.mockResolvedValue({ ...checked, mode: 'GOOD_LINES', state: 'CREATING' });
    await open('/administration/import/i1');
    await press('Importer les 9 lignes correctes');
    expect(text()).toContain('Les autres lignes restent à corriger.');
    await press('Créer les comptes');
    expect(api.startImport).toHaveBeenCalledWith('i1', 'GOOD_LINES');
  });

  it('rejects a file that is not a table, and keeps the choice', async () => {
    api.importAccounts.mockImplementation(() => Promise.reject(new ApiProblem('media-type.unsupported')));
    await open('/administration/import');
    await chooseFile();
    await press('Vérifier le fichier');
    expect(text()).toContain('Enregistrez votre tableau au format CSV');
  });

  it.each([
    ['not-csv', 'Ce fichier n’est pas un tableau CSV.'],
    ['header', 'La première ligne de ce fichier ne nomme pas les colonnes.'],
  ])('says beside the field that the file is no table of accounts: %s', async (code, said) => {
    const errors = [{ field: 'file', code, message: '' }];
    api.importAccounts.mockImplementation(() =>
      Promise.reject(new ApiProblem('validation.failed', { errors })),
    );
    await open('/administration/import');
    await chooseFile();
    await press('Vérifier le fichier');
    expect(text()).toContain(said);
    expect(text()).not.toContain('Vérifiez votre saisie');
    expect(field('Fichier CSV').getAttribute('aria-invalid')).toBe('true');
  });

  it('makes the good lines once that is confirmed', async () => {
    const checked = importJob({ state: 'CHECKED', mode: 'GOOD_LINES', checked: 10, bad: 1 });
    api.getImport.mockResolvedValueOnce(checked);
    api.startImport.mockResolvedValue({ ...checked, state: 'CREATING' });
    api.getImport.mockResolvedValue({ ...checked, state: 'CREATING', created: 4 });
    await open('/administration/import/i1');
    await press('Créer les comptes');
    expect(text()).toContain('Créer 9 comptes ?');
    expect(api.startImport).not.toHaveBeenCalled();
    await press('Créer les comptes');
    expect(api.startImport).toHaveBeenCalledWith('i1', undefined);
    expect(text()).toContain('4 sur 9');
    expect(page.get('progress').attributes()).toMatchObject({ max: '9', value: '4' });
  });

  it('says when the invitations will have been sent, at their pace so far', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout'], now: Date.now() });
    try {
      api.getImport.mockResolvedValueOnce(importJob({ state: 'INVITING', created: 300, invited: 15 }));
      api.getImport.mockResolvedValue(importJob({ state: 'INVITING', created: 300, invited: 25 }));
      await open('/administration/import/i1');
      expect(text()).toContain('Invitations : 15 sur 300');
      expect(text()).not.toContain('fin vers');
      await vi.advanceTimersByTimeAsync(60_000);
      await settle();
      expect(text()).toMatch(/Invitations : 25 sur 300, fin vers \d\d:\d\d/);
    } finally {
      vi.useRealTimers();
    }
  });

  it('can be undone as long as no invitation has left', async () => {
    api.getImport.mockResolvedValue(importJob({ state: 'CREATING', created: 4 }));
    await open('/administration/import/i1');
    expect(text()).toContain('Annuler l’import');
    page.unmount();
    api.getImport.mockResolvedValue(importJob({ state: 'INVITING', created: 10, invited: 1 }));
    await open('/administration/import/i1');
    expect(text()).not.toContain('Annuler l’import');
  });
});
