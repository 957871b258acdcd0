import { LEVELS, NOW } from '../testing/openid.fixture';
import {
  askedLevel,
  isOutOfReach,
  isRecent,
  isRecentForRequest,
  reachesLevel,
  requirementOf,
} from './requirement.policy';

const OPEN = { minAcr: null, maxAgeSeconds: null };
const BY_SMS = { acr: 'eidas1-mfa', amr: ['pwd', 'sms', 'mfa'] };

const secondsAgo = (seconds: number) => ({ provedAt: new Date(NOW.getTime() - seconds * 1_000) });
const essential = (acr: object) => ({ claims: JSON.stringify({ id_token: { acr } }) });

describe('what an application asks of a session', () => {
  it('is nothing where neither its request nor its settings ask', () => {
    expect(requirementOf({}, OPEN)).toEqual({ acr: [], maxAge: null, anew: false });
    expect(askedLevel(requirementOf({}, OPEN))).toBeNull();
  });

  it('is what the request, its essential claim and the settings ask, each for itself', () => {
    const asked = { acr_values: 'eidas1 phr', ...essential({ essential: true, value: 'eidas1-mfa' }) };
    expect(requirementOf(asked, { ...OPEN, minAcr: 'eidas2' }).acr).toEqual([
      ['eidas1', 'phr'],
      ['eidas1-mfa'],
      ['eidas2'],
    ]);
  });

  it.each([
    [{ essential: true, values: ['eidas2', 'eidas3'] }, [['eidas2', 'eidas3']]],
    [{ essential: true, value: 1 }, [['1']]],
    [{ essential: true }, []],
    [{ essential: false, value: 'eidas3' }, []],
    [{ value: 'eidas3' }, []],
  ])('is of the claim %j: %j', (acr, wanted) => {
    expect(requirementOf(essential(acr), OPEN).acr).toEqual(wanted);
  });

  it.each([
    '{}',
    '{"id_token":null}',
    '{"id_token":{}}',
    '{"id_token":{"acr":null}}',
    '{"userinfo":{"acr":{"essential":true}}}',
  ])('is nothing of the claims %s', (claims) => {
    expect(requirementOf({ claims }, OPEN).acr).toEqual([]);
  });

  it.each([
    [undefined, null, null],
    ['600', null, 600],
    [undefined, 300, 300],
    [600, 300, 300],
    [0, 300, 0],
  ])('is the younger of two ages: %j and %j make %j', (max_age, maxAgeSeconds, maxAge) => {
    const asked = max_age === undefined ? {} : { max_age };
    expect(requirementOf(asked, { ...OPEN, maxAgeSeconds }).maxAge).toBe(maxAge);
  });

  it('is a proof for this very request where it says so', () => {
    expect(requirementOf({ prompt: 'login consent' }, OPEN).anew).toBe(true);
    expect(requirementOf({ prompt: 'consent' }, OPEN).anew).toBe(false);
    expect(requirementOf({ prompt: 'loginx' }, OPEN).anew).toBe(false);
  });

  it('is shown to the person by the level that the settings name last', () => {
    expect(askedLevel(requirementOf({ acr_values: 'eidas1' }, { ...OPEN, minAcr: 'eidas2' }))).toBe('eidas2');
    expect(askedLevel(requirementOf({ acr_values: 'eidas1 phr' }, OPEN))).toBe('eidas1');
  });
});

describe('a proof', () => {
  const asking = (acr: string[][]) => ({ acr, maxAge: null, anew: false });

  it('has to reach one value of each list', () => {
    expect(reachesLevel(BY_SMS, asking([['eidas3', 'eidas1']]))).toBe(true);
    expect(reachesLevel(BY_SMS, asking([['eidas1'], ['eidas2']]))).toBe(false);
    expect(reachesLevel(BY_SMS, asking([]))).toBe(true);
  });

  it('is out of reach where no sign-in of the deployment gives its level', () => {
    expect(isOutOfReach(asking([['eidas3']]), LEVELS)).toBe(false);
    expect(isOutOfReach(asking([['eidas1'], ['eidas4']]), LEVELS)).toBe(true);
    expect(isOutOfReach(asking([['eidas3']]), { password: 'eidas1' })).toBe(true);
  });

  it('is recent until the second that is asked for, and always where none is', () => {
    const asked = { acr: [], maxAge: 300, anew: false };
    expect([299, 300, 301].map((age) => isRecent(secondsAgo(age), asked, NOW))).toEqual([true, true, false]);
    expect(isRecent(secondsAgo(1e9), asking([]), NOW)).toBe(true);
  });

  it('that was given for this request is good for a minute, however young it has to be', () => {
    const now = { acr: [], maxAge: 0, anew: true };
    expect([0, 60, 61].map((age) => isRecentForRequest(secondsAgo(age), now, NOW))).toEqual([
      true,
      true,
      false,
    ]);
    expect(isRecentForRequest(secondsAgo(100), { ...now, maxAge: 300 }, NOW)).toBe(true);
  });
});
