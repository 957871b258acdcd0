import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { adminAccount, wayInReason, waysIn } from '../../../../../test/administration';
import { api, beginAsStructureAdmin } from '../../../../../test/administration-server';
import { open, page, press, text } from '../../../../../test/pages';

vi.mock('../../../../api/administration.api');
vi.mock('../../../../api/journal.api', () => ({
  listEvents: async () => ({ items: [], nextCursor: null }),
}));
vi.mock('../../../../api/service.api');
vi.mock('../../../../api/session.api');

beforeEach(beginAsStructureAdmin);
afterEach(() => page.unmount());

it('groups the actions of a person, the grave one in red at the end of its group', async () => {
  api.getAccountOf.mockResolvedValue(adminAccount({ nationalId: '899700366240', openSessions: 1 }));
  await open('/administration/comptes/a1');
  const groups = page.findAll('section[aria-labelledby=acts] ul').map((list) => list.findAll('a, button'));
  expect(groups.map((acts) => acts.at(-1)!.text())).toEqual([
    'Désactiver le compte',
    'Détacher la carte',
    'Noter une demande d’effacement',
  ]);
  const isRed = (acts: (typeof groups)[number]) => acts.map((act) => act.classes().includes('text-danger!'));
  for (const acts of groups) expect(isRed(acts)).toEqual(acts.map((_, at) => at === acts.length - 1));
});

describe('« Peut-elle entrer ? » on the person’s page', () => {
  it('advises the channel that works in an outage of the other', async () => {
    const away = wayInReason('channel-away', { blocks: false, channel: 'SMS', instead: 'EMAIL' });
    api.getWaysInOf.mockResolvedValue(waysIn({ reasons: [away] }));
    await open('/administration/comptes/a1');
    expect(text()).toMatch(/les SMS sont en panne.*proposez l’e‑mail\./);
  });

  it('says since when who needs an e-mail cannot enter', async () => {
    const away = wayInReason('channel-away', { channel: 'EMAIL', since: '2026-11-24T09:13:00.000Z' });
    api.getWaysInOf.mockResolvedValue(waysIn({ canEnter: 'no', by: [], reasons: [away] }));
    await open('/administration/comptes/a1');
    expect(text()).toMatch(
      /Ne peut pas entrer pour l’instant : les e‑mails sont en panne depuis le .*10:13\./,
    );
  });

  it('says that a password is void since when, and that the action sends a link to another', async () => {
    const since = '2026-11-24T12:00:00.000Z';
    const account = adminAccount({ locks: { ...adminAccount().locks, passwordVoidSince: since } });
    api.getAccountOf.mockResolvedValue(account);
    const reported = wayInReason('password-void-reported', { since, acts: ['unlock'] });
    api.getWaysInOf.mockResolvedValue(waysIn({ canEnter: 'no', by: [], reasons: [reported] }));
    api.unlock.mockResolvedValue(account);
    await open('/administration/comptes/a1');
    expect(text()).toContain('son mot de passe ne vaut plus depuis le mardi 24 novembre à 13:00');
    await press('Débloquer');
    expect(text()).toContain('un lien pour en choisir un autre part à claire.martin@hopital.example');
    await press('Débloquer');
    expect(text()).toContain(
      'Un lien pour choisir un autre mot de passe part à claire.martin@hopital.example.',
    );
  });
});
