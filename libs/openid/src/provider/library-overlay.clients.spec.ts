import type { ApplicationSecretService } from '@portillon/application';
import { epochSeconds } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import type Provider from 'oidc-provider';
import type { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import { application, clientOfApplication, overlayWith } from '../testing/openid.fixture';
import { modelsOf } from './oidc-context';

function overlaid() {
  const kept = new Map<string, number>();
  const secrets = {
    matches: async (digests: unknown, secret: string) => `${String(digests)}` === `digest of ${secret}`,
  } as unknown as ApplicationSecretService;
  const artifacts = {
    add: async (model: string, id: string, _payload: object, seconds: number) => {
      const isFirst = !kept.has(`${model} ${id}`);
      if (isFirst) kept.set(`${model} ${id}`, seconds);
      return isFirst;
    },
  } as OpenidArtifactService;
  const clock = new SettableClock();
  const library = { Client: { prototype: {} }, ReplayDetection: {} } as unknown as Provider;
  overlayWith({ secrets, artifacts, clock }).overlayClients(library);
  const { Client, ReplayDetection } = modelsOf(library);
  return { client: Client.prototype, assertions: ReplayDetection, kept, now: epochSeconds(clock.now()) };
}

describe('a client of the provider', () => {
  it('proves itself by a secret whose digest is its own', async () => {
    const { client } = overlaid();
    const agenda = clientOfApplication(application({ secrets: ['digest of right'] as never }));
    expect(await client.compareClientSecret.call(agenda, 'right')).toBe(true);
    expect(await client.compareClientSecret.call(agenda, 'wrong')).toBe(false);
  });

  it('reads in every ID token which session it is of', () => {
    expect(overlaid().client.includeSid()).toBe(true);
  });

  it('is not called by the library when a session ends: deliveries are', async () => {
    expect(await overlaid().client.backchannelLogout()).toBeUndefined();
  });

  it('uses an assertion once, of two requests that come at the same time too', async () => {
    const { assertions, now } = overlaid();
    const use = (iss = 'agenda', jti = 'jti') => assertions.unique(iss, jti, now + 60);
    expect(await Promise.all([use(), use()])).toEqual([true, false]);
    expect(await use('agenda', 'another')).toBe(true);
    expect(await use('dossiers')).toBe(true);
  });

  it('has its assertion remembered until it is over, and never for no time', async () => {
    const { assertions, kept, now } = overlaid();
    await assertions.unique('agenda', 'one', now + 60);
    await assertions.unique('agenda', 'two', now - 3);
    expect(Object.fromEntries(kept)).toEqual({
      'ReplayDetection agenda one': 60,
      'ReplayDetection agenda two': 1,
    });
  });
});
