import { issueToken } from '@portillon/kernel';
import { describeOnEveryEngine } from '@portillon/testing';
import { sessionPersistence } from '../session.persistence';
import { SessionFixture } from '../testing/session.fixture';

describeOnEveryEngine('the cookie of remembered browsers', [sessionPersistence], (testDatabase) => {
  let fixture: SessionFixture;

  beforeEach(async () => {
    fixture = new SessionFixture(testDatabase.dataSource);
    await fixture.empty();
  });

  it('replaces the token of the same browser and person, newest first', async () => {
    const [one, other] = [await fixture.remember(), await fixture.remember('paul')];
    const cookie = fixture.browsers.writeCookie(
      fixture.browsers.writeCookie(undefined, one.token),
      other.token,
    );
    expect(cookie).toBe(`${other.token}~${one.token}`);
    const next = await fixture.rotateBrowser(one.token);
    expect(fixture.browsers.writeCookie(cookie, next!)).toBe(`${next}~${other.token}`);
    const shared = [cookie, other.token, undefined].map((one) => fixture.browsers.isShared(one));
    expect(shared).toEqual([true, false, false]);
  });

  it('holds twenty people, the one who came longest ago leaves it', async () => {
    const tokens = Array.from({ length: 21 }, () => issueToken(fixture.random).value);
    const cookie = tokens.reduce<string>((text, token) => fixture.browsers.writeCookie(text, token), '');
    expect(cookie.split('~')).toEqual(tokens.slice(1).reverse());
  });

  it('gives and drops the token of one browser', async () => {
    const [one, other] = [await fixture.remember(), await fixture.remember('paul')];
    const cookie = `${one.token}~${other.token}`;
    expect(fixture.browsers.tokenIn(cookie, other.id)).toBe(other.token);
    expect(fixture.browsers.tokenIn(cookie, 'another')).toBeUndefined();
    expect(fixture.browsers.tokenIn(cookie, null)).toBeUndefined();
    expect(fixture.browsers.dropFromCookie(cookie, one.id)).toBe(other.token);
    expect(fixture.browsers.dropFromCookie(other.token, other.id)).toBe('');
    expect(fixture.browsers.dropFromCookie(undefined, other.id)).toBe('');
  });
});
