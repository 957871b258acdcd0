import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { open, page, settle, text } from '../../../test/pages';
import { ApiProblem } from '../../api/problem';
import { listMeans } from '../../api/service.api';
import { readSession } from '../../api/session.api';

vi.mock('../../api/service.api');
vi.mock('../../api/session.api');

async function search(typed: string, means: { id: 'passkey'; available: boolean }[]) {
  vi.mocked(listMeans).mockResolvedValue(means);
  await open('/aide');
  await page.get('input[type=search]').setValue(typed);
  await page.get('form').trigger('submit');
  await settle();
}

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(readSession).mockImplementation(() => Promise.reject(new ApiProblem('session.required')));
});
afterEach(() => page.unmount());

it.each(['empreinte', 'clé d’accès', 'cle'])(
  'finds passkeys by « %s », and names their answer',
  async (typed) => {
    await search(typed, [{ id: 'passkey', available: true }]);
    expect(text()).toContain('Clé d’accès (empreinte, visage)');
    expect(document.activeElement?.getAttribute('role')).toBe('status');
  },
);

it('names no passkeys where the service has none', async () => {
  await search('empreinte', []);
  expect(text()).not.toContain('Clé d’accès (empreinte, visage)');
});

it('finds authenticator apps', async () => {
  await search('application', []);
  expect(text()).toContain('Application d’authentification');
});
