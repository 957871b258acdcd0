import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { beginAsStructureAdmin } from '../../../../test/administration-server';
import { gatedApplication } from '../../../../test/applications';
import { field, open, page, press, settle, text, type } from '../../../../test/pages';
import * as applicationsApi from '../../../api/applications.api';

vi.mock('../../../api/administration.api');
vi.mock('../../../api/applications.api');
vi.mock('../../../api/session.api');

const api = vi.mocked(applicationsApi);
const REFRESH = 'Donner des jetons d’actualisation';
const ASSERTION = 'Joindre une attestation signée';

beforeEach(() => {
  beginAsStructureAdmin();
  api.listRefusals.mockResolvedValue([]);
  api.getGateRules.mockResolvedValue({ items: [], version: 7 });
});
afterEach(() => page.unmount());

describe('the settings of an application', () => {
  it.each([
    ['gate', ASSERTION, 'gateAssertion', REFRESH, 'offlineAccess'],
    ['web', REFRESH, 'offlineAccess', ASSERTION, 'gateAssertion'],
    ['native', REFRESH, 'offlineAccess', ASSERTION, 'gateAssertion'],
  ] as const)(
    'of kind %s offer « %s », and not what it has no use for',
    async (kind, label, name, other, hidden) => {
      const application = gatedApplication({ kind });
      api.getApplication.mockResolvedValue(application);
      api.editApplication.mockResolvedValue(application);
      await open('/administration/applications/planning/integration');
      await press('Modifier');
      expect(text()).not.toContain(other);
      field(label).click();
      await settle();
      await press('Enregistrer');
      const body = api.editApplication.mock.lastCall![2];
      expect(body).toMatchObject({ [name]: true });
      expect(body).not.toHaveProperty(hidden);
    },
  );

  it('let a web application with a secret use a nonce for PKCE, and no public one', async () => {
    const application = gatedApplication({ kind: 'web', authMethod: 'client_secret_basic', pkce: 'off' });
    api.getApplication.mockResolvedValue(application);
    api.editApplication.mockResolvedValue(application);
    await open('/administration/applications/planning/integration');
    await press('Modifier');
    expect(text()).toContain('PKCE rend un code volé inutilisable.');
    await type('PKCE', 'nonce');
    await press('Enregistrer');
    expect(api.editApplication.mock.lastCall![2]).toMatchObject({ pkce: 'nonce' });

    await press('Modifier');
    await type('Méthode', 'none');
    expect(text()).not.toContain('PKCE empêche');
    await press('Enregistrer');
    expect(api.editApplication.mock.lastCall![2]).toMatchObject({ authMethod: 'none', pkce: 'required' });
  });

  it('warn on its page where PKCE is off', async () => {
    api.getApplication.mockResolvedValue(gatedApplication({ kind: 'web', pkce: 'off' }));
    await open('/administration/applications/planning');
    expect(text()).toContain('PKCE est désactivé');
  });
});
