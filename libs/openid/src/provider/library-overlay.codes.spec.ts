import { Steps } from '@portillon/testing';
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
  const steps = new Steps();
  const formers: unknown[] = [];
  const joined: string[] = [];
  const clients = steps.of<SessionClientService>('clients', {
    enter: async (entering, before) => {
      formers.push(before);
      return { ...entering, isFirst: !current, ...current };
    },
    ...others,
  });
  const Grant = {
    find: async (id: string) => {
      steps.taken.push('grants.find');
      joined.push(id);
    },
  };
  const ctx = contextOf({
    session: SESSION,
    application: application(),
    ...(former && { entered: { agenda: former } }),
    oidc: { provider: { Grant } },
  });
  class Library {
    static ctx = ctx;
    AuthorizationCode = { prototype: steps.of('code', { save: async () => 'value' }) };
  }
  const provider = new Library() as unknown as Provider;
  overlayWith({ clients }).overlayCodes(provider);
  const code = { accountId: 'claire', clientId: 'agenda', sid: 'sid-own', grantId: 'grant-own' };
  const { save } = modelsOf(provider).AuthorizationCode.prototype;
  return { steps, ctx, code, formers, joined, save: () => save.call(code) };
}

describe('a code', () => {
  it('is written once the application is entered, and says so', async () => {
    const { steps, ctx, code, save } = saving();
    expect(await save()).toBe('value');
    expect(steps.taken).toEqual(['clients.enter', 'code.save']);
    expect(code).toMatchObject({ sid: 'sid-own', grantId: 'grant-own' });
    expect(stateOf(ctx).isFirstEntry).toBe(true);
  });

  it('is bound to the entry of another tab that came first, whose grant takes its own in', async () => {
    const { steps, ctx, code, joined, save } = saving({ current: CURRENT });
    await save();
    expect(steps.taken).toEqual(['clients.enter', 'grants.find', 'code.save']);
    expect(joined).toEqual(['grant-standing']);
    expect(code).toMatchObject(CURRENT);
    expect(stateOf(ctx).isFirstEntry).toBe(false);
  });

  it('follows on the grant that the session had when the request came', async () => {
    const { formers, save } = saving({ former: 'grant-before' });
    await save();
    expect(formers).toEqual(['grant-before']);
  });

  it('is not written when the application could not be entered', async () => {
    const broken = { enter: () => Promise.reject(new Error('no database')) };
    const { steps, save } = saving({ clients: broken });
    await expect(save()).rejects.toThrow('no database');
    expect(steps.taken).not.toContain('code.save');
  });
});
