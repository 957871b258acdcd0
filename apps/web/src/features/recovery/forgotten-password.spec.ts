import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refuse } from '../../../test/administration-server';
import { open, page, press, text, type } from '../../../test/pages';
import { SERVICE } from '../../../test/samples';
import * as recoveryApi from '../../api/recovery.api';
import * as serviceApi from '../../api/service.api';
import * as sessionApi from '../../api/session.api';

vi.mock('../../api/recovery.api');
vi.mock('../../api/service.api');
vi.mock('../../api/session.api');

async function ask(mailFailingSince: string | null) {
  vi.mocked(serviceApi).getService.mockResolvedValue({ ...SERVICE, mailFailingSince });
  await open('/mot-de-passe-oublie');
  const before = text();
  await type('Identifiant ou adresse e‑mail', 'claire.martin');
  await press('Recevoir un lien');
  expect(recoveryApi.requestPasswordReset).toHaveBeenCalledWith('claire.martin');
  return { before, after: text() };
}

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(serviceApi).listMeans.mockResolvedValue([{ id: 'password', available: true }]);
  vi.mocked(sessionApi).readSession.mockImplementation(() => refuse('session.required'));
});
afterEach(() => page.unmount());

describe('« Mot de passe oublié »', () => {
  it('promises a mail while mail leaves', async () => {
    const { before, after } = await ask(null);
    expect(before).not.toContain('Aucun e‑mail ne part');
    expect(after).toContain('un e‑mail part à son adresse');
    expect(after).toContain('Rien n’est arrivé ?');
  });

  it('promises none while no mail leaves, and says since when', async () => {
    const { before, after } = await ask('2026-11-24T09:13:00.000Z');
    expect(before).toMatch(/Aucun e‑mail ne part depuis le .*10:13/);
    expect(after).toContain('un e‑mail partira à son adresse dès que possible');
    expect(after).not.toContain('Rien n’est arrivé ?');
  });
});
