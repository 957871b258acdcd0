import type { AuditEvent, AuditService } from '@portillon/audit';
import { AppError } from '@portillon/kernel';
import { Steps } from '@portillon/testing';
import type { AuthorizationRequestService, ReturnedRequest } from './authorization-request.service';
import type { CallbackLimitService, CountedReturn } from './callback-limit.service';
import type { IdentificationService } from '../provider/identification.service';
import { ProSanteConnectCallbackService } from './pro-sante-connect-callback.service';
import type { ProSanteConnectLinkService } from '../link/pro-sante-connect-link.service';
import type { ProSanteConnectSignInService } from '../sign-in/pro-sante-connect-sign-in.service';
import type { ProSanteConnectResult } from '../pro-sante-connect.types';
import { Unproven } from '../refusal';
import { CLAIRE, CLIENT } from '../testing/proven';

const CALLBACK = { query: '?state=s&code=c', browserCookie: 'b', sessionToken: 't', client: CLIENT };
const EXPECTED: ReturnedRequest = {
  status: 'expected',
  correlation: { state: 's', nonce: 'n', codeVerifier: 'v', maxAge: null },
  returnTo: '/agenda',
  linkFor: null,
};
const TO_LINK: ReturnedRequest = { ...EXPECTED, linkFor: 'session-1' };
const SIGNED_IN = { status: 'signed-in', opened: {}, returnTo: '/agenda' } as ProSanteConnectResult;

describe('the way back from PSC', () => {
  let steps: Steps;
  let written: AuditEvent[];

  beforeEach(() => {
    steps = new Steps();
    written = [];
  });

  interface Changes {
    counted?: CountedReturn;
    request?: ReturnedRequest;
    identify?: () => Promise<typeof CLAIRE>;
    enter?: ProSanteConnectResult | Error;
    link?: ProSanteConnectResult;
  }
  const service = (changes: Changes = {}) => {
    const { request = EXPECTED, identify = async () => CLAIRE, enter = SIGNED_IN } = changes;
    const counted = 'counted' in changes ? changes.counted : ({} as CountedReturn);
    const entered = () => (enter instanceof Error ? Promise.reject(enter) : Promise.resolve(enter as never));
    return new ProSanteConnectCallbackService(
      steps.of<CallbackLimitService>('limits', {
        count: async () => counted,
        giveBack: async () => undefined,
      }),
      steps.of<AuthorizationRequestService>('requests', {
        consumeState: async () => request,
        leftFrom: () => ({ returnTo: '/agenda', linkFor: request === TO_LINK ? 'session-1' : null }),
      }),
      steps.of<IdentificationService>('identification', { identify }),
      steps.of<ProSanteConnectSignInService>('signIn', { enter: entered }),
      steps.of<ProSanteConnectLinkService>('link', {
        link: async (prove) => prove().then(() => (changes.link ?? { status: 'linked' }) as never),
      }),
      steps.of<AuditService>('audit', {
        record: async (event) => void written.push(event),
      }),
    );
  };

  it('is counted, used up, and only then PSC is asked; the hit is given back once the person is in', async () => {
    expect(await service().handle(CALLBACK)).toBe(SIGNED_IN);
    expect(steps.taken).toEqual([
      'limits.count',
      'requests.consumeState',
      'identification.identify',
      'signIn.enter',
      'limits.giveBack',
    ]);
  });

  it.each<[string, Changes]>([
    ['no account', { enter: { status: 'refused', code: 'account.not-linked', returnTo: '/' } }],
    ['no link', { request: TO_LINK, link: { status: 'not-linked', code: 'account.already-linked' } }],
    ['a state that was used', { request: { status: 'refused', reason: 'replayed-state' } }],
    ['a person who was not proved', { identify: () => Promise.reject(cancelled()) }],
    ['an error', { enter: new Error('of a programmer') }],
  ])('keeps its hit when it ends in %s', async (_, changes) => {
    await service(changes).handle(CALLBACK);
    expect(steps.taken).not.toContain('limits.giveBack');
  });

  it.each([
    [new AppError('means.unavailable', { status: 503 }), 'means.unavailable'],
    [new Error('of a programmer'), 'internal'],
  ])('ends at a page, whatever goes wrong: %s', async (enter, code) => {
    expect(await service({ enter }).handle(CALLBACK)).toMatchObject({ status: 'refused', code });
  });
});

function cancelled(): Unproven {
  return new Unproven('sign-in.cancelled', 'cancelled');
}
