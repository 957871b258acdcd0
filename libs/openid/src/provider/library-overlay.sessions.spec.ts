import type { Session } from '@portillon/session';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { contextOf, session, SESSION, SIGNED_IN_AT, overlayWith } from '../testing/openid.fixture';
import { modelsOf, SessionModel, stateOf } from './oidc-context';

const BROWSERS = { uid: 'of-a-browser' };
const REQUEST = { id: 'r1' };
const AUTHORIZATIONS = { agenda: { sid: 'sid-agenda', grantId: 'grant-agenda' }, dossiers: { sid: 'sid-2' } };

interface World {
  current?: Session | undefined;
  route?: string;
  state?: object;
}

function overlaid({ current, route = 'authorization', state }: World = {}) {
  const ended: unknown[][] = [];
  const destroyed: unknown[] = [];
  const entities: Record<string, unknown> = {};
  const entity = (name: string, model: unknown) => void (entities[name] = model);
  const ctx = contextOf({ oidc: { route, entity } });
  class Library {
    static ctx: KoaContextWithOIDC | undefined = ctx;
    Session = Object.assign(
      class {
        loginAccount(login: object) {
          Object.assign(this, login);
        }
        async destroy() {
          destroyed.push(this);
        }
      },
      {
        get: async () => BROWSERS,
        instantiate() {
          return new (this as unknown as { new (): SessionModel })();
        },
      },
    );
  }
  const provider = new Library() as unknown as Provider;
  overlayWith({
    requests: { of: () => REQUEST },
    live: { ofBrowser: async () => current },
    clients: { authorizationsOf: async () => AUTHORIZATIONS, signOutOf: async () => state },
    signOut: { end: async (...of: unknown[]) => void ended.push(of) },
  }).overlaySessions(provider);
  const { Session } = modelsOf(provider);
  return {
    ctx,
    ended,
    destroyed,
    entities,
    Library,
    get: async () => (await Session.get(ctx)) as SessionModel & Record<string, unknown>,
    destroy: (model: Partial<SessionModel>) => Session.prototype.destroy.call(model as SessionModel),
  };
}

describe('the session of the library', () => {
  it('represents the one of this service whose cookie the browser has, with its strongest proof', async () => {
    const { ctx, entities, get } = overlaid({ current: SESSION });
    const model = await get();
    expect(model).toMatchObject({
      uid: 'session',
      accountId: 'claire',
      loginTs: SIGNED_IN_AT.getTime() / 1_000,
      acr: 'eidas1-mfa',
      amr: ['pwd', 'sms', 'mfa'],
      transient: true,
      authorizations: AUTHORIZATIONS,
    });
    expect(entities['Session']).toBe(model);
    expect(stateOf(ctx).session).toBe(SESSION);
  });

  it('is another one once another person has signed in in this browser', async () => {
    const paul = session({ id: 'another', accountId: 'paul' });
    expect(await overlaid({ current: paul }).get()).toMatchObject({ uid: 'another', accountId: 'paul' });
  });

  it('is the library’s own where no one is signed in, and opens nothing', async () => {
    const { ctx, get } = overlaid();
    expect(await get()).toBe(BROWSERS);
    expect(stateOf(ctx).session).toBeUndefined();
  });

  it('has what it had entered when the request came, whatever the library adds to it since', async () => {
    const { ctx, get } = overlaid({ current: SESSION });
    const model = await get();
    model.authorizations!['agenda'] = { sid: 'sid-new', grantId: 'grant-new' };
    expect(stateOf(ctx).entered?.get('agenda')).toBe('grant-agenda');
    expect([stateOf(ctx).entered?.has('dossiers'), stateOf(ctx).entered?.has('beds')]).toEqual([true, false]);
  });

  it('remembers the question of signing out where that is what the request is about', async () => {
    const state = { secret: 'question' };
    const asking = overlaid({ current: SESSION, route: 'end_session_confirm', state });
    expect((await asking.get()).state).toBe(state);
    expect((await overlaid({ current: SESSION, state }).get()).state).toBeUndefined();
  });
});

describe('signing out at the request of an application', () => {
  it('ends the session of this service, with what the application asked for', async () => {
    const { ctx, ended, destroyed, get, destroy } = overlaid({ current: SESSION });
    await get();
    const model: Partial<SessionModel> = { state: { clientId: 'agenda' } };
    await destroy(model);
    expect(ended).toEqual([[SESSION, { clientId: 'agenda' }, REQUEST, ctx]]);
    expect([model.destroyed, destroyed]).toEqual([true, []]);
  });

  it('asks for nothing more where the application asked for nothing', async () => {
    const { ended, get, destroy } = overlaid({ current: SESSION });
    await get();
    await destroy({});
    expect(ended[0]![1]).toEqual({});
  });

  it('ends what the library keeps of a browser that no one is signed in with', async () => {
    const { ended, destroyed, Library, get, destroy } = overlaid();
    const [signedOut, withoutRequest] = [{}, {}];
    await get();
    await destroy(signedOut);
    Library.ctx = undefined;
    await destroy(withoutRequest);
    expect([destroyed, ended]).toEqual([[signedOut, withoutRequest], []]);
  });
});
