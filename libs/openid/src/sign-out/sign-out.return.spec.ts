import type { ApplicationEntity, ApplicationService } from '@portillon/application';
import { SystemRandom } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import type { AdapterPayload } from 'oidc-provider';
import type { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import { SignOutService } from './sign-out.service';

const ADDRESS = 'https://orientation.test/au-revoir?from=gate';
const ASKED = { clientId: 'orientation', postLogoutRedirectUri: ADDRESS, state: 'bye' };

function returns() {
  const kept = new Map<string, AdapterPayload>();
  const application = { status: 'active', postLogoutRedirectUris: [ADDRESS] };
  const artifacts = {
    put: async (_model: string, id: string, payload: AdapterPayload) => void kept.set(id, payload),
    find: async (_model: string, id: string) => kept.get(id),
    consume: async (_model: string, id: string) => kept.delete(id),
  } as unknown as OpenidArtifactService;
  const applications = {
    get: async (id: string) => (id === ASKED.clientId ? (application as ApplicationEntity) : null),
  } as ApplicationService;
  const unused = {} as never;
  const service = new SignOutService(
    unused,
    unused,
    unused,
    unused,
    unused,
    artifacts,
    applications,
    new SystemRandom(new SettableClock()),
  );
  return { service, application };
}

describe('the way back to the application that asked for a sign-out', () => {
  it('leads to its registered address, with its own state', async () => {
    const { service } = returns();
    const token = await service.saveReturn(ASKED);
    expect(await service.takeReturn(token)).toBe(`${ADDRESS}&state=bye`);
    const stateless = await service.saveReturn({ ...ASKED, state: undefined });
    expect(await service.takeReturn(stateless)).toBe(ADDRESS);
  });

  it('is open once, of two that come at the same time too', async () => {
    const { service } = returns();
    const token = await service.saveReturn(ASKED);
    const both = await Promise.all([service.takeReturn(token), service.takeReturn(token)]);
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(await service.takeReturn(token)).toBeUndefined();
  });

  it.each([undefined, '', 'https://evil.example', 'another-token'])(
    'is closed to a browser with %j',
    async (token) => {
      const { service } = returns();
      await service.saveReturn(ASKED);
      expect(await service.takeReturn(token)).toBeUndefined();
    },
  );

  it('is closed when the application was disabled meanwhile', async () => {
    const { service, application } = returns();
    const token = await service.saveReturn(ASKED);
    application.status = 'disabled';
    expect(await service.takeReturn(token)).toBeUndefined();
  });

  it('is closed when the address is no longer registered, to the letter', async () => {
    const { service, application } = returns();
    const token = await service.saveReturn(ASKED);
    application.postLogoutRedirectUris = ['https://orientation.test/au-revoir'];
    expect(await service.takeReturn(token)).toBeUndefined();
  });

  it('is closed when the application is gone', async () => {
    const { service } = returns();
    const token = await service.saveReturn({ ...ASKED, clientId: 'gone' });
    expect(await service.takeReturn(token)).toBeUndefined();
  });

  it('is none where the application named no address', async () => {
    const { service } = returns();
    expect(await service.saveReturn({ clientId: 'orientation' })).toBeUndefined();
    expect(await service.saveReturn({})).toBeUndefined();
  });
});
