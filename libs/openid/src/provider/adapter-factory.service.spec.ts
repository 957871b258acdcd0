import type { ApplicationService, ClientApplication } from '@portillon/application';
import type { OverLimit } from '@portillon/rate-limit';
import { SystemRandom } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import type { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import type { SessionClientService } from '../sessions/session-client.service';
import { application, contextOf, ERRORS, libraryOf } from '../testing/openid.fixture';
import { AdapterFactoryService } from './adapter-factory.service';
import type { RequestLimitService } from './request-limit.service';

interface World {
  client?: ClientApplication | undefined;
  kept?: object | undefined;
  isFirst?: boolean;
  over?: boolean;
}

/** Returns the storage of a model, for a request of this client. */
function storage(model: string, { client, kept, isFirst = true, over = false }: World = {}) {
  const clients: unknown[] = [];
  const forgotten: string[] = [];
  const stored = new Set<string>();
  let waiting = 0;
  const applications = {
    getClient: async (id: string) => (client?.id === id ? client : null),
  } as unknown as ApplicationService;
  const artifacts: Partial<OpenidArtifactService> = {
    put: async (_model, id) => void stored.add(id),
    find: async () => kept as never,
    findWithGrant: async () => kept && { payload: kept as never },
    consume: async () => isFirst,
    delete: async (_model, id) => void stored.delete(id),
  };
  const sessions: Partial<SessionClientService> = {
    save: async (_id, payload) => void clients.push(payload),
    findAnonymous: async () => kept as never,
    forgetAnonymous: async (id) => void forgotten.push(id),
  };
  const limits: Partial<RequestLimitService> = {
    count: async () => {
      if (over) throw new ERRORS.TemporarilyUnavailable();
      waiting++;
    },
    take: async () => (over ? ({} as OverLimit) : undefined),
    refund: async () => void waiting--,
  };
  const factory = new AdapterFactoryService(
    applications,
    artifacts as OpenidArtifactService,
    sessions as SessionClientService,
    limits as RequestLimitService,
    new SystemRandom(new SettableClock()),
  );
  const ctx = contextOf({ ...(client && { application: client }) });
  const adapter = factory.adapters(libraryOf(ctx))(model);
  return { clients, forgotten, stored, waiting: () => waiting, adapter };
}

const PUBLIC = application({ authMethod: 'none' });
const SECRET = application({ authMethod: 'client_secret_basic' });

describe('a code or a token that is kept', () => {
  it('is found whole, and asks for no session of the library’s, though the release before wrote so', async () => {
    const kept = { accountId: 'claire', expiresWithSession: true };
    const { adapter } = storage('AuthorizationCode', { kept });
    expect(await adapter.find('id')).toEqual({ accountId: 'claire', expiresWithSession: false });
    expect(await storage('AuthorizationCode').adapter.find('id')).toBeUndefined();
  });

  it('is found by no other name: sessions have another storage, and devices no flow', async () => {
    const { adapter } = storage('RefreshToken', { kept: {} });
    expect([await adapter.findByUid('x'), await adapter.findByUserCode('x')]).toEqual([undefined, undefined]);
  });
});

describe('an access token', () => {
  it('of the gate is not written, so that it opens nothing', async () => {
    const { adapter, stored } = storage('AccessToken', { client: application({ kind: 'gate' }) });
    await adapter.upsert('id', {}, 600);
    expect([...stored]).toEqual([]);
  });

  it('of any other application is', async () => {
    const { adapter, stored } = storage('AccessToken', { client: application() });
    await adapter.upsert('id', {}, 600);
    expect([...stored]).toEqual(['id']);
  });

  it('is all that is left out: the code that the gate redeems is written', async () => {
    const { adapter, stored } = storage('AuthorizationCode', { client: application({ kind: 'gate' }) });
    await adapter.upsert('id', {}, 600);
    expect([...stored]).toEqual(['id']);
  });
});

describe('a request that waits for its user', () => {
  it('is counted while it is kept, and given back when the person has come', async () => {
    const { adapter, stored, waiting } = storage('Interaction', { client: SECRET });
    await adapter.upsert('id', {}, 900);
    expect([stored.has('id'), waiting()]).toEqual([true, 1]);
    await adapter.destroy('id');
    expect([stored.has('id'), waiting()]).toEqual([false, 0]);
  });

  it.each<[string, ClientApplication]>([
    ['Interaction', SECRET],
    ['PushedAuthorizationRequest', PUBLIC],
  ])('is counted before it is written, and not written in a flood: %s', async (model, client) => {
    const { adapter, stored } = storage(model, { client, over: true });
    await expect(adapter.upsert('id', {}, 900)).rejects.toMatchObject({ error: 'temporarily_unavailable' });
    expect([...stored]).toEqual([]);
  });

  it('is not counted where an application that proved itself pushed it: its people share one address', async () => {
    const { adapter, stored, waiting } = storage('PushedAuthorizationRequest', {
      client: SECRET,
      over: true,
    });
    await adapter.upsert('id', {}, 60);
    expect(stored.has('id')).toBe(true);
    await adapter.consume('id');
    await adapter.destroy('id');
    expect([stored.has('id'), waiting()]).toEqual([false, 0]);
  });

  it('that anyone pushed is given back once it is used, and used once', async () => {
    const { adapter, waiting } = storage('PushedAuthorizationRequest', { client: PUBLIC });
    await adapter.upsert('id', {}, 60);
    await adapter.consume('id');
    expect(waiting()).toBe(0);
    const second = storage('PushedAuthorizationRequest', { client: PUBLIC, isFirst: false });
    await expect(second.adapter.consume('id')).rejects.toMatchObject({ error: 'invalid_request_uri' });
    expect(second.waiting()).toBe(0);
  });
});

describe('what is kept of a session of the library’s', () => {
  it('is written without a count for a person who is signed in', async () => {
    const { adapter, clients } = storage('Session', { over: true });
    await adapter.upsert('id', { accountId: 'claire' }, 60);
    expect(clients).toEqual([{ accountId: 'claire' }]);
  });

  it('is written of a browser that no one is signed in with, but not in a flood', async () => {
    const calm = storage('Session');
    await calm.adapter.upsert('id', {}, 60);
    expect(calm.clients).toEqual([{}]);
    const flood = storage('Session', { over: true });
    await flood.adapter.upsert('id', {}, 60);
    expect(flood.clients).toEqual([]);
  });

  it('is found and forgotten by its browser alone; no token and no grant is bound to it', async () => {
    const { adapter, forgotten } = storage('Session', { kept: { uid: 'browser' } });
    expect(await adapter.find('id')).toEqual({ uid: 'browser' });
    await adapter.destroy('id');
    await adapter.revokeByGrantId('grant');
    await adapter.consume('id');
    expect([await adapter.findByUid('x'), await adapter.findByUserCode('x')]).toEqual([undefined, undefined]);
    expect(forgotten).toEqual(['id']);
  });
});

describe('a client', () => {
  it('is an active application, without a readable secret', async () => {
    const { adapter } = storage('Client', { client: SECRET });
    const found = (await adapter.find('agenda'))!;
    expect(found).toMatchObject({
      client_id: 'agenda',
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'client_secret_basic',
    });
    const other = storage('Client', { client: SECRET });
    expect(found['client_secret']).not.toBe((await other.adapter.find('agenda'))!['client_secret']);
  });

  it.each([undefined, application({ status: 'disabled' })])('is none of %j', async (client) => {
    expect(await storage('Client', { client }).adapter.find('agenda')).toBeUndefined();
  });

  it('is only read', async () => {
    const { adapter } = storage('Client', { client: SECRET });
    for (const change of [
      adapter.upsert('agenda', {}, 1),
      adapter.consume('agenda'),
      adapter.destroy('agenda'),
      adapter.revokeByGrantId('grant'),
    ])
      await expect(change).rejects.toThrow('clients are read only');
    expect([await adapter.findByUid('x'), await adapter.findByUserCode('x')]).toEqual([undefined, undefined]);
  });
});
