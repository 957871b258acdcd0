import type Provider from 'oidc-provider';
import type { Entering, SessionClientService } from '../sessions/session-client.service';
import { application, contextOf, SESSION, overlayWith } from '../testing/openid.fixture';
import { modelsOf, stateOf } from './oidc-context';

/** The entry that another tab has already made. */
const CURRENT = { sid: 'sid-standing', grantId: 'grant-standing' };

interface World {
  current?: Partial<Entering>;
  former?: string;
  clients?: Partial<SessionClientService>;
}

function saving({ current, former, clients: others }: World = {}) {
  const formers: unknown[] = [];
  const joined: string[] = [];
  const saved: object[] = [];
  const clients: Partial<SessionClientService> = {
    enter: async (entering, before) => {
      formers.push(before);
      return { ...entering, isFirst: !current, ...current };
    },
    ...others,
  };
  const Grant = {
    find: async (id: string) => void joined.push(id),
  };
  const ctx = contextOf({
    session: SESSION,
    application: application(),
    ...(former && { entered: { agenda: former } }),
    oidc: { provider: { Grant } },
  });
  class Library {
    static ctx = ctx;
    AuthorizationCode = {
      prototype: {
        async save(this: object) {
          saved.push({ ...this, joined: [...joined] });
          return 'value';
        },
      },
    };
  }
  const provider = new Library() as unknown as Provider;
  overlayWith({ clients }).overlayCodes(provider);
  const code = { accountId: 'claire', clientId: 'agenda', sid: 'sid-own', grantId: 'grant-own' };
  const { save } = modelsOf(provider).AuthorizationCode.prototype;
  return { ctx, formers, saved, save: () => save.call(code) };
}

describe('a code', () => {
  it('is written with the entry of its session, and says whether it is the first', async () => {
    const { ctx, saved, save } = saving();
    expect(await save()).toBe('value');
    expect(saved).toMatchObject([{ sid: 'sid-own', grantId: 'grant-own', joined: [] }]);
    expect(stateOf(ctx).isFirstEntry).toBe(true);
  });

  it('is bound to the entry of another tab that came first, whose grant takes its own in', async () => {
    const { ctx, saved, save } = saving({ current: CURRENT });
    await save();
    expect(saved).toMatchObject([{ ...CURRENT, joined: ['grant-standing'] }]);
    expect(stateOf(ctx).isFirstEntry).toBe(false);
  });

  it('follows on the grant that the session had when the request came', async () => {
    const { formers, save } = saving({ former: 'grant-before' });
    await save();
    expect(formers).toEqual(['grant-before']);
  });

  it('is not written when the application could not be entered', async () => {
    const broken = { enter: () => Promise.reject(new Error('no database')) };
    const { saved, save } = saving({ clients: broken });
    await expect(save()).rejects.toThrow('no database');
    expect(saved).toEqual([]);
  });
});
