import type { AccountProfile, AccountService } from '@portillon/account';
import { application, AskedRequest, contextOf, LEVELS, session, SESSION } from '../testing/openid.fixture';
import { ClaimsService } from './claims.service';
import type { LiveSessionService } from './live-session.service';

const CLAIRE = {
  id: 'claire',
  status: 'ACTIVE',
  roles: [],
  memberships: [],
  structure: null,
} as unknown as AccountProfile;
const TOKEN = { sessionUid: 'session' };

function finding(account: AccountProfile | null = CLAIRE, isAdmitted = true) {
  const accounts = { profile: async () => account } as unknown as AccountService;
  const admissions = {
    getAdmitted: async (id: string) => (isAdmitted && id === 'session' ? SESSION : undefined),
  } as unknown as LiveSessionService;
  const service = new ClaimsService(accounts, admissions, LEVELS);
  return (token?: object, asked: AskedRequest = {}, id = 'claire') =>
    service.findAccount(contextOf({ application: application(), ...asked }), id, token);
}

describe('the person of a request', () => {
  it('is the one who is signed in in this browser', async () => {
    const found = await finding()(undefined, { session: SESSION });
    expect(found?.accountId).toBe('claire');
    expect(await found?.claims('id_token', 'openid', {}, [])).toMatchObject({
      sub: 'claire',
      means: 'password',
    });
  });

  it('is no one where no one is signed in', async () => {
    expect(await finding()()).toBeUndefined();
  });

  it('is no one where another person has signed in in this browser since', async () => {
    const other = session({ accountId: 'paul' });
    expect(await finding()(undefined, { session: other })).toBeUndefined();
  });

  it.each(['DEACTIVATED', 'INVITED', 'ERASED'])('is no one once the account is %s', async (status) => {
    const closed = { ...CLAIRE, status } as AccountProfile;
    expect(await finding(closed)(undefined, { session: SESSION })).toBeUndefined();
  });
});

describe('the person of a token', () => {
  it('is no one once the account is gone', async () => {
    expect(await finding(null)(TOKEN)).toBeUndefined();
  });

  it('is the one of the session that it was issued under', async () => {
    expect(await finding()(TOKEN)).toMatchObject({ accountId: 'claire' });
  });

  it('is no one once that session has ended, or may not open the application', async () => {
    expect(await finding(CLAIRE, false)(TOKEN)).toBeUndefined();
  });

  it('is no one for a token without session, even when the browser has another one', async () => {
    expect(await finding()({}, { session: SESSION })).toBeUndefined();
  });

  it('is no one for an account that the session is not of', async () => {
    expect(await finding()(TOKEN, {}, 'paul')).toBeUndefined();
  });
});
