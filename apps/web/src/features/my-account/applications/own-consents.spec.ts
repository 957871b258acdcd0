import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { open, page, press, text } from '../../../../test/pages';
import { account, session } from '../../../../test/samples';
import * as accountApi from '../../../api/account.api';
import * as applicationsApi from '../../../api/applications.api';
import * as serviceApi from '../../../api/service.api';
import * as sessionApi from '../../../api/session.api';

vi.mock('../../../api/account.api');
vi.mock('../../../api/applications.api');
vi.mock('../../../api/service.api');
vi.mock('../../../api/session.api');

const own = { name: 'Agenda', homeUri: null, lastUsedAt: null, signedIn: true } as const;

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(sessionApi).readSession.mockResolvedValue(session());
  vi.mocked(serviceApi).listMeans.mockResolvedValue([{ id: 'password', available: true }]);
  vi.mocked(accountApi).getAccount.mockResolvedValue(account());
});
afterEach(() => page.unmount());

describe('« Mes applications »', () => {
  it('says in words what was consented to, and withdraws it', async () => {
    const consent = ['openid', 'email', 'planning'];
    const list = vi.mocked(applicationsApi).listOwnApplications;
    list.mockResolvedValueOnce([{ id: 'agenda', ...own, consent }]);
    await open('/mon-compte/applications');
    expect(text()).toContain(
      'un identifiant qui vous reconnaît d’une fois à l’autre, votre adresse e‑mail, planning.',
    );
    list.mockResolvedValue([{ id: 'agenda', ...own, signedIn: false, consent: null }]);
    await press('Retirer mon accord');
    expect(applicationsApi.signOutOfApplication).toHaveBeenCalledWith('agenda');
    expect(text()).toContain('L’application Agenda ne vous reconnaît plus');
    expect(text()).not.toContain('autorisée à recevoir');
  });

  it('asks for no consent back where none was given', async () => {
    vi.mocked(applicationsApi).listOwnApplications.mockResolvedValue([
      { id: 'agenda', ...own, consent: null },
    ]);
    await open('/mon-compte/applications');
    expect(text()).toContain('Se déconnecter de cette application');
    expect(text()).not.toContain('Retirer mon accord');
  });
});
