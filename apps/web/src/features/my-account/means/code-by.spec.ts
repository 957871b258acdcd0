import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { open, page, text } from '../../../../test/pages';
import { account, session } from '../../../../test/samples';
import * as accountApi from '../../../api/account.api';
import * as serviceApi from '../../../api/service.api';
import * as sessionApi from '../../../api/session.api';
import * as totpApi from '../../../api/totp.api';

vi.mock('../../../api/account.api');
vi.mock('../../../api/recovery-code.api');
vi.mock('../../../api/service.api');
vi.mock('../../../api/session.api');
vi.mock('../../../api/totp.api');
const ADDED = '2026-11-24T11:00:00.000Z';

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(sessionApi).readSession.mockResolvedValue(session());
  vi.mocked(serviceApi).listMeans.mockResolvedValue([{ id: 'password', available: true }]);
  vi.mocked(accountApi).getAccount.mockResolvedValue(account());
});
afterEach(() => page.unmount());

it('shows the authenticator app as what gives the codes, and messages as its fallback', async () => {
  vi.mocked(totpApi).getTotp.mockResolvedValue({ offered: true, confirmedAt: ADDED });
  await open('/mon-compte');
  expect(text()).toContain('Le code est donné par votre application ; par e‑mail en secours.');
  expect(text()).toContain('Sans votre application, recevoir le code par');
  expect(text()).not.toContain('Préférence réception de code OTP');
});

it.each([
  { offered: true, confirmedAt: null },
  { offered: false, confirmedAt: ADDED },
])('shows the message as what gives the codes, for the app %o', async (app) => {
  vi.mocked(totpApi).getTotp.mockResolvedValue(app);
  await open('/mon-compte');
  expect(text()).toContain('Le code vous arrive par e‑mail.');
  expect(text()).toContain('Préférence réception de code OTP');
});
