import { Logger } from '@nestjs/common';
import type { ApplicationRefusals } from '@portillon/application';
import { MetricsRegistry } from '@portillon/kernel';
import { Steps } from '@portillon/testing';
import type Provider from 'oidc-provider';
import type { errors, KoaContextWithOIDC } from 'oidc-provider';
import { application, AskedRequest, contextOf } from '../testing/openid.fixture';
import { OpenidMetrics } from '../openid.metrics';
import type { EntryJournalService } from './entry-journal.service';
import { OutcomeRecorderService } from './outcome-recorder.service';

type Listener = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError) => void;
type Thrown = [event: string, error: object];
type Middleware = (ctx: object, next: () => Promise<void>) => Promise<void>;

const SCOPE = Object.assign(new Error(), { error: 'invalid_scope', scope: 'admin' });
const LOGIN = Object.assign(new Error(), { error: 'login_required' });

function recorder(refusals: Partial<ApplicationRefusals> = {}) {
  const steps = new Steps();
  const kept: string[][] = [];
  const journal: unknown[] = [];
  const listeners: { event: string; listener: Listener }[] = [];
  const registry = new MetricsRegistry();
  let middleware: Middleware;
  const service = new OutcomeRecorderService(
    steps.of<ApplicationRefusals>('refusals', {
      record: async (id, code, detail) => void kept.push([id, code, detail!]),
      ...refusals,
    }),
    steps.of<EntryJournalService>('entries', { record: async (_ctx, refusal) => void journal.push(refusal) }),
    new OpenidMetrics(registry),
  );
  const provider = {
    on: (event: string, listener: Listener) => listeners.push({ event, listener }),
    use: (one: Middleware) => (middleware = one),
  };
  service.follow(provider as unknown as Provider);

  /** A request that the library answers, with the errors that it tells of. */
  const answered = (asked: AskedRequest, errors: Thrown[] = []) => answeredIn(contextOf(asked), errors);
  async function answeredIn(ctx: KoaContextWithOIDC, errors: Thrown[] = []) {
    await middleware(ctx, async () => {
      for (const [event, error] of errors)
        for (const one of listeners.filter((each) => each.event === event))
          one.listener(ctx, error as errors.OIDCProviderError);
      steps.taken.push('answered');
    });
  }
  return { steps, kept, journal, registry, answered, answeredIn };
}

describe('what came of the request of an application', () => {
  it.each(['authorization.error', 'pushed_authorization_request.error', 'grant.error', 'end_session.error'])(
    'is explained to those who keep its settings when it is refused: %s',
    async (event) => {
      const { steps, kept, journal, answered } = recorder();
      await answered({ application: application() }, [[event, SCOPE]]);
      expect(kept).toEqual([['agenda', 'invalid_scope', 'admin']]);
      expect(journal).toEqual([{ code: 'invalid_scope', detail: 'admin' }]);
      expect(steps.taken).toEqual(['answered', 'refusals.record', 'entries.record']);
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
    expect(kept).toEqual([['agenda', 'invalid_scope', 'admin']]);
  });

  it('is explained where it came with no parameters at all', async () => {
    const { kept, answered } = recorder();
    const error = Object.assign(new Error(), { error: 'invalid_redirect_uri' });
    await answered({ application: application(), oidc: { params: undefined } }, [['grant.error', error]]);
    expect(kept).toEqual([['agenda', 'invalid_redirect_uri', '']]);
  });

  it('asks for no explanation when it is answered, or when no setting is at fault', async () => {
    const { kept, journal, answered } = recorder();
    await answered({ application: application() });
    await answered({ application: application() }, [['authorization.error', LOGIN]]);
    expect(kept).toEqual([]);
    expect(journal).toEqual([undefined, undefined]);
  });

  it('is of no one where the application is not known, or the request is none of the protocol', async () => {
    const { steps, answered, answeredIn } = recorder();
    await answered({}, [['authorization.error', SCOPE]]);
    await answeredIn({ ...contextOf(), oidc: undefined } as never);
    expect(steps.taken).toEqual(['answered', 'answered']);
  });

  it('is answered all the same when it cannot be kept, and the journal has it', async () => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const broken = { record: () => Promise.reject(new Error('no database')) };
    const { journal, answered } = recorder(broken);
    await answered({ application: application() }, [['grant.error', SCOPE]]);
    expect(journal).toEqual([{ code: 'invalid_scope', detail: 'admin' }]);
    expect(warned).toHaveBeenCalledWith(new Error('no database'));
    warned.mockRestore();
  });
});
