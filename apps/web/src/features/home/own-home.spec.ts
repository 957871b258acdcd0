import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { open, page, text } from '../../../test/pages';
import { account, session } from '../../../test/samples';
import * as accountApi from '../../api/account.api';
import * as applicationsApi from '../../api/applications.api';
import * as serviceApi from '../../api/service.api';
import * as sessionApi from '../../api/session.api';

vi.mock('../../api/account.api');
vi.mock('../../api/applications.api');
vi.mock('../../api/service.api');
vi.mock('../../api/session.api');

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(serviceApi).listMeans.mockResolvedValue([{ id: 'password', available: true }]);
  vi.mocked(accountApi).getAccount.mockResolvedValue(account());
  vi.mocked(accountApi).listBrowsers.mockResolvedValue([]);
  vi.mocked(applicationsApi).listOwnApplications.mockResolvedValue([]);
});
afterEach(() => page.unmount());

describe('the home of a professional', () => {
  it.each([
    ['password', true],
    ['cpx', false],
    ['pro-sante-connect', false],
    ['passkey', false],
  ] as const)('after %s announces a code at each sign-in: %s', async (means, announced) => {
    vi.mocked(sessionApi).readSession.mockResolvedValue(session({ means, codeValidUntil: null }));
    await open('/');
    expect(text()).toContain('Session jusqu’au');
    expect(text().includes('Un code à chaque connexion')).toBe(announced);
  });
});
