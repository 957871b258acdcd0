import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { open, page, press, text, type } from '../../../../test/pages';
import { account, session } from '../../../../test/samples';
import * as accountApi from '../../../api/account.api';
import { ApiProblem } from '../../../api/problem';
import * as recoveryApi from '../../../api/recovery-code.api';
import * as serviceApi from '../../../api/service.api';
import * as sessionApi from '../../../api/session.api';

vi.mock('../../../api/account.api');
vi.mock('../../../api/recovery-code.api');
vi.mock('../../../api/service.api');
vi.mock('../../../api/session.api');
vi.mock('../../../api/totp.api');
const server = vi.mocked(recoveryApi);
const CODES = ['7ZQK-0M4T-9RXB-2HWE-5PDN-C3GY', 'B1QK-0M4T-9RXB-2HWE-5PDN-C3GY'];
const MADE = '2026-11-24T11:00:00.000Z';

function has(remaining: number | null, offered = true) {
  const createdAt = remaining === null ? null : MADE;
  server.getRecoveryCodes.mockResolvedValue({ offered, createdAt, remaining: remaining ?? 0 });
}
function gives() {
  server.createRecoveryCodes.mockImplementationOnce(async () => {
    has(10);
    return CODES;
  });
}

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(sessionApi).readSession.mockResolvedValue(session());
  vi.mocked(serviceApi).listMeans.mockResolvedValue([{ id: 'password', available: true }]);
  vi.mocked(accountApi).getAccount.mockResolvedValue(account());
});
afterEach(() => page.unmount());

describe('the recovery codes of « Mon compte »', () => {
  it('are shown once, in a dialog that only their person closes, to be printed or copied', async () => {
    const copied: string[] = [];
    vi.stubGlobal('print', vi.fn());
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: async (what: string) => void copied.push(what) },
    });
    has(null);
    gives();
    await open('/mon-compte');
    expect(text()).toContain('Vous n’avez pas de code de secours.');
    await press('Créer des codes de secours');
    expect(text()).toContain('Ils ne seront plus affichés');
    document
      .querySelector('[role=dialog]')!
      .dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    for (const code of CODES) expect(text()).toContain(code);
    await press('Imprimer');
    expect(window.print).toHaveBeenCalledOnce();
    await press('Copier');
    expect(copied).toEqual([CODES.join('\n')]);
    await press('J’ai gardé mes codes');
    for (const code of CODES) expect(text()).not.toContain(code);
    expect(text()).toContain('Il vous reste 10 codes');
  });

  it('says when the browser does not let them be copied', async () => {
    const clipboard = { writeText: () => Promise.reject(new Error('denied')) };
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard });
    has(null);
    gives();
    await open('/mon-compte');
    await press('Créer des codes de secours');
    await press('Copier');
    expect(text()).toContain('Ce navigateur n’a pas permis de copier');
  });

  it('asks for the password where the code alone is fresh', async () => {
    has(null);
    server.createRecoveryCodes.mockRejectedValueOnce(new ApiProblem('password.confirmation-required'));
    server.createRecoveryCodes.mockRejectedValueOnce(new ApiProblem('password.wrong'));
    await open('/mon-compte');
    await press('Créer des codes de secours');
    expect(text()).toContain('deux preuves récentes');
    await type('Mot de passe', 'secret');
    await press('Continuer');
    expect(text()).toContain('Ce mot de passe n’est pas le bon.');
    gives();
    await press('Continuer');
    expect(server.createRecoveryCodes).toHaveBeenLastCalledWith('secret');
    expect(text()).toContain(CODES[0]);
  });

  it('are replaced once their person has read that the former ones end', async () => {
    has(8);
    gives();
    await open('/mon-compte');
    await press('Créer de nouveaux codes');
    expect(text()).toContain('Ceux que vous avez n’ouvriront plus rien');
    expect(server.createRecoveryCodes).not.toHaveBeenCalled();
    await press('Créer de nouveaux codes');
    expect(text()).toContain(CODES[0]);
  });

  it.each([
    [4, false],
    [3, true],
    [0, true],
  ])('with %s left a warning comes: %s', async (left, warned) => {
    has(left);
    await open('/mon-compte');
    expect(text().includes('Créez de nouveaux codes avant d’en manquer')).toBe(warned);
  });

  it('are deleted', async () => {
    has(5);
    server.deleteRecoveryCodes.mockImplementation(async () => has(null));
    await open('/mon-compte');
    await press('Créer de nouveaux codes');
    await press('Supprimer mes codes');
    expect(text()).toContain('Vos codes de secours sont supprimés.');
    expect(text()).toContain('Vous n’avez pas de code de secours.');
  });

  it('are not spoken of where none are taken, unless their person still has some', async () => {
    has(null, false);
    await open('/mon-compte');
    expect(text()).not.toContain('Codes de secours');
    page.unmount();
    setActivePinia(createPinia());
    has(5, false);
    await open('/mon-compte');
    expect(text()).toContain('Vous pouvez supprimer les vôtres');
    expect(text()).not.toContain('Créer de nouveaux codes');
  });
});
