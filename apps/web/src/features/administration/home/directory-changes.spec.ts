import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api, beginAsStructureAdmin, refuse } from '../../../../test/administration-server';
import { field, open, page, press, router, text, type } from '../../../../test/pages';
import * as accountApi from '../../../api/account.api';
import { listOwnApplications } from '../../../api/applications.api';
import * as journalApi from '../../../api/journal.api';
import * as serviceApi from '../../../api/service.api';
import type { AdminDirectoryChange, SignInReport } from '../../../api/types';

vi.mock('../../../api/account.api');
vi.mock('../../../api/administration.api');
vi.mock('../../../api/applications.api');
vi.mock('../../../api/journal.api');
vi.mock('../../../api/service.api');
vi.mock('../../../api/setup.api');
vi.mock('../../../api/session.api');

const NOT_SHOWN = { nationalId: null, givenName: null, familyName: null, finess: null };

function change(changes: Partial<AdminDirectoryChange> = {}): AdminDirectoryChange {
  const subject = {
    account: { id: 'a1', name: 'Claire Martin' },
    structure: { id: 's1', name: 'Hôpital du Nord' },
  };
  const foundAt = '2026-11-24T02:00:00.000Z';
  return { id: 'd1', kind: 'inactive', ...subject, ...NOT_SHOWN, foundAt, ...changes };
}
const shows = (...items: AdminDirectoryChange[]) =>
  api.listDirectoryChanges.mockResolvedValue({ items, nextCursor: null, total: items.length });
const rows = () =>
  [...document.querySelectorAll('[data-waiting]')].map((row) =>
    row.textContent!.replaceAll(/[\s\u00a0\u202f]+/g, ' ').trim(),
  );

beforeEach(() => {
  beginAsStructureAdmin();
  vi.mocked(serviceApi.listMeans).mockResolvedValue([]);
  vi.mocked(serviceApi.getService).mockImplementation(() => refuse('unreachable'));
  for (const read of [accountApi.getAccount, accountApi.getStrongMeans])
    vi.mocked(read).mockImplementation(() => refuse('internal'));
  vi.mocked(accountApi.listBrowsers).mockResolvedValue([]);
  vi.mocked(listOwnApplications).mockResolvedValue([]);
  vi.mocked(journalApi.getReport).mockResolvedValue({ items: [] } as unknown as SignInReport);
  api.listAccounts.mockResolvedValue({ items: [], nextCursor: null, total: 0 });
  for (const act of [api.applyDirectoryChange, api.setAsideDirectoryChange])
    act.mockImplementation(async () => undefined);
});
afterEach(() => {
  page.unmount();
  document.body.replaceChildren();
});

describe('what the national directory shows, in « À traiter »', () => {
  it.each<[Partial<AdminDirectoryChange>, string]>([
    [{}, 'Claire Martin n’exerce plus.'],
    [{ kind: 'left' }, 'Claire Martin n’exerce plus dans la structure.'],
    [
      { kind: 'renamed', givenName: 'CLAIRE', familyName: 'ROUX' },
      'Claire Martin s’appelle maintenant CLAIRE ROUX.',
    ],
    [
      { kind: 'replaced-id', nationalId: '810003461033' },
      'Claire Martin a maintenant le numéro RPPS 10003461033.',
    ],
    [
      { kind: 'closed-structure', account: null, finess: '750712184' },
      'Hôpital du Nord est une structure fermée (FINESS 750712184).',
    ],
  ])('is a sentence: %j', async (changes, sentence) => {
    shows(change(changes));
    await open('/');
    const acts = changes.kind === 'closed-structure' ? 'Mettre de côté' : 'AppliquerMettre de côté';
    expect(rows()).toEqual([expect.stringContaining(sentence)]);
    expect(rows()[0]!.endsWith(acts)).toBe(true);
    expect(text()).not.toContain('Rien à traiter.');
  });

  it('leads to the person', async () => {
    shows(change());
    await open('/');
    await press('Claire Martin');
    expect(router.currentRoute.value.fullPath).toBe('/administration/comptes/a1');
  });

  it('is applied after its effect was explained, and the focus moves to the result', async () => {
    shows(change());
    await open('/');
    await press('Appliquer');
    expect(text()).toContain('Appliquer ce que dit l’annuaire pour Claire Martin ?');
    expect(text()).toContain('Son compte est fermé et ses sessions prennent fin.');
    shows();
    await press('Appliquer');
    expect(api.applyDirectoryChange).toHaveBeenCalledWith('d1', {});
    expect(rows()).toEqual([]);
    expect(document.activeElement?.textContent).toContain('Le changement est appliqué.');
  });

  it('is set aside with a reason, and not without one', async () => {
    shows(change());
    await open('/');
    await press('Mettre de côté');
    await press('Mettre de côté');
    expect(text()).toContain('Indiquez pourquoi vous le mettez de côté.');
    expect(api.setAsideDirectoryChange).not.toHaveBeenCalled();
    const label = document.querySelector('[role=alertdialog] label, [role=dialog] label')!.textContent!;
    expect(field(label.replaceAll(/[\u00a0\u202f]/g, ' ')).required).toBe(true);
    await type(label.replaceAll(/[\u00a0\u202f]/g, ' '), ' elle exerce ');
    shows();
    await press('Mettre de côté');
    expect(api.setAsideDirectoryChange).toHaveBeenCalledWith('d1', { reason: 'elle exerce' });
    expect(document.activeElement?.textContent).toContain('Le changement est mis de côté.');
  });

  it('stays with its refusal when another administrator came first', async () => {
    shows(change());
    api.applyDirectoryChange.mockImplementation(() => refuse('not-found'));
    await open('/');
    await press('Appliquer');
    await press('Appliquer');
    expect(document.querySelector('[role=alertdialog], [role=dialog]')).not.toBeNull();
    expect(rows()).toHaveLength(1);
  });

  it('shows three of many, then all of them', async () => {
    shows(...['1', '2', '3', '4', '5'].map((id) => change({ id })));
    await open('/');
    expect(rows()).toHaveLength(4);
    await press('Voir les 2 autres changements de l’annuaire');
    expect(rows()).toHaveLength(5);
  });

  it('names in each button whom it concerns', async () => {
    shows(change());
    await open('/');
    const names = [...document.querySelectorAll('[data-waiting] button')].map((one) =>
      one.getAttribute('aria-label')!.replaceAll(/[\u00a0\u202f]/g, ' '),
    );
    expect(names.every((name) => name.includes('Claire Martin'))).toBe(true);
  });
});
