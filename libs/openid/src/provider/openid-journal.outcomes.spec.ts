import { FindingRegistry, MetricsRegistry } from '@portillon/kernel';
import type Provider from 'oidc-provider';
import type { errors, KoaContextWithOIDC } from 'oidc-provider';
import { application, AskedRequest, contextOf, SESSION } from '../testing/openid.fixture';
import { OpenidMetrics } from '../openid.metrics';
import { OpenidJournalService } from './openid-journal.service';
import { stateOf } from './oidc-context';

type Listener = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError) => void;
type Thrown = [event: string, error: object];
type Middleware = (ctx: object, next: () => Promise<void>) => Promise<void>;

const SCOPE = Object.assign(new Error(), { error: 'invalid_scope', scope: 'admin' });
const LOGIN = Object.assign(new Error(), { error: 'login_required' });

function recorder() {
  const kept: unknown[][] = [];
  const leftOut: unknown[][] = [];
  const journal: unknown[] = [];
  const listeners: { event: string; listener: Listener }[] = [];
  const registry = new MetricsRegistry();
  let middleware: Middleware;
  const unused = {} as never;
  const metrics = new OpenidMetrics(registry, new FindingRegistry());
  const rest = [unused, unused, unused, unused, unused, unused] as const;
  const service = new OpenidJournalService(metrics, ...rest);
  jest.spyOn(service, 'recordRefusal').mockImplementation(async (id, { code, detail }, isInJournal) => {
    kept.push([id, code, detail, isInJournal]);
  });
  jest.spyOn(service, 'recordLeftOut').mockImplementation(async (id, scopes) => {
    leftOut.push([id, ...scopes]);
  });
  jest.spyOn(service, 'recordEntry').mockImplementation(async (_ctx, refusal) => {
    journal.push(refusal);
  });
  const provider = {
    on: (event: string, listener: Listener) => listeners.push({ event, listener }),
    use: (one: Middleware) => (middleware = one),
  };
  service.follow(provider as unknown as Provider);

  /** Simulates a request that the library answers, with the errors that it reports. */
  const answered = (asked: AskedRequest, errors: Thrown[] = []) => answeredIn(contextOf(asked), errors);
  async function answeredIn(ctx: KoaContextWithOIDC, errors: Thrown[] = []) {
    await middleware(ctx, async () => {
      for (const [event, error] of errors)
        for (const one of listeners.filter((each) => each.event === event))
          one.listener(ctx, error as errors.OIDCProviderError);
    });
  }
  return { kept, leftOut, journal, registry, answered, answeredIn };
}

describe('what came of the request of an application', () => {
  it.each(['authorization.error', 'pushed_authorization_request.error', 'grant.error', 'end_session.error'])(
    'is explained to those who keep its settings when it is refused: %s',
    async (event) => {
      const { kept, journal, answered } = recorder();
      await answered({ application: application() }, [[event, SCOPE]]);
      expect(kept).toEqual([['agenda', 'invalid_scope', 'admin', false]]);
      expect(journal).toEqual([{ code: 'invalid_scope', detail: 'admin' }]);
    },
  );

  it('is counted, by the code that the application was answered', async () => {
    const { registry, answered } = recorder();
    await answered({ application: application() }, [['authorization.error', SCOPE]]);
    await answered({ application: application() }, [['authorization.success', {}]]);
    const lines = (await registry.metrics()).split('\n').filter((line) => /^portillon_provider/.test(line));
    expect(lines).toEqual([
      'portillon_provider_entries_total{outcome="success"} 1',
      'portillon_provider_entries_total{outcome="invalid_scope"} 1',
    ]);
  });

  it('is the later of two errors, which is the one that is answered', async () => {
    const { kept, answered } = recorder();
    const other = { ...SCOPE, scope: 'other' };
    await answered({ application: application() }, [
      ['authorization.error', other],
      ['authorization.error', SCOPE],
    ]);
    expect(kept).toEqual([['agenda', 'invalid_scope', 'admin', false]]);
  });

  it('is explained where it came with no parameters at all', async () => {
    const { kept, answered } = recorder();
    const error = Object.assign(new Error(), { error: 'invalid_redirect_uri' });
    await answered({ application: application(), oidc: { params: undefined } }, [['grant.error', error]]);
    expect(kept).toEqual([['agenda', 'invalid_redirect_uri', '', false]]);
  });

  it('asks for no explanation when it is answered, or when no setting is at fault', async () => {
    const { kept, journal, answered } = recorder();
    await answered({ application: application() });
    await answered({ application: application() }, [['authorization.error', LOGIN]]);
    expect(kept).toEqual([]);
    expect(journal).toEqual([undefined, undefined]);
  });

  it('is of no one where the application is not known, or the request is none of the protocol', async () => {
    const { kept, leftOut, journal, answered, answeredIn } = recorder();
    await answered({}, [['authorization.error', SCOPE]]);
    await answeredIn({ ...contextOf(), oidc: undefined } as never);
    expect([kept, leftOut, journal]).toEqual([[], [], []]);
  });

  it('says which of its scopes were left out, where it is answered all the same', async () => {
    const { kept, leftOut, answeredIn } = recorder();
    const ctx = contextOf({ application: application() });
    const phone = { code: 'scope_not_granted', detail: 'phone' };
    stateOf(ctx).leftOut = [phone];
    await answeredIn(ctx);
    expect([kept, leftOut]).toEqual([[], [['agenda', phone]]]);
  });

  it('is counted by its line of the journal where a person is kept out', async () => {
    const { kept, answered } = recorder();
    const asked = { application: application(), session: SESSION };
    const error = { error: 'access_denied', error_description: 'not for this person' };
    await answered(asked, [['authorization.error', error]]);
    expect(kept).toEqual([['agenda', 'access_denied', 'audience-other', true]]);
  });
});
