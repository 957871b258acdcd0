import type { Session } from '@portillon/session';
import { application, clientOfApplication, contextOf, LEVELS, SESSION } from '../testing/openid.fixture';
import type { LiveSessionService } from './live-session.service';
import { ClaimsService } from './claims.service';

const BY_CARD = { acr: 'eidas3', amr: ['sc', 'pin', 'mfa', 'hwk'], authTime: 1_764_000_000 };

function stated(token: object, entities: object = {}, standing: Session | undefined = SESSION) {
  const live = { get: async () => standing } as unknown as LiveSessionService;
  return new ClaimsService({} as never, live, LEVELS).ofToken(token, contextOf({ oidc: { entities } }));
}

describe('what an access token says', () => {
  const PERSON = { sessionUid: 'session', sid: 'sid-agenda' };

  it.each(['AuthorizationCode', 'RefreshToken'])('is the proof that its %s was given for', async (model) => {
    expect(await stated(PERSON, { [model]: BY_CARD })).toEqual({
      sid: 'sid-agenda',
      acr: 'eidas3',
      amr: BY_CARD.amr,
      auth_time: 1_764_000_000,
    });
  });

  it('is the strongest proof of the session where it comes from neither', async () => {
    expect(await stated(PERSON)).toMatchObject({ acr: 'eidas1-mfa', amr: ['pwd', 'sms', 'mfa'] });
  });

  it('is the structure of a machine, and nothing of one of the whole service', async () => {
    const client = (structureId: string | null) => clientOfApplication(application({ structureId }));
    expect(await stated({ client: client('nord') })).toEqual({ structure: 'nord' });
    expect(await stated({ client: client(null) })).toEqual({});
  });
});
