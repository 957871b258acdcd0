import { useSharedStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const SESSION = 'portillon_session';
const SIGN_IN = 'portillon_sign_in';
const BROWSER = 'portillon_browser';
const OTHER_ID = '01a20e4e-456f-7512-ad13-30b1f69779ef';

describe('a forged cookie', () => {
  const stage = useSharedStage();

  async function signedIn() {
    const person = await stage.person();
    const visitor = stage.visitor();
    await person.signIn(visitor);
    return { person, visitor, token: visitor.cookies.get(SESSION)! };
  }

  function withCookie(visitor: Visitor, header: string) {
    return visitor.get('/api/session', { headers: { cookie: header } });
  }

  it('of a session is refused, however it was changed', async () => {
    const { visitor, token } = await signedIn();
    const other = await signedIn();
    const [id, secret] = token.split('.') as [string, string];
    const forged = [
      '',
      '.',
      id,
      `${id}.`,
      `.${secret}`,
      token.slice(0, -1),
      `${token}x`,
      `${token}.${secret}`,
      `${OTHER_ID}.${secret}`,
      `${other.token.split('.')[0]}.${secret}`,
      `${id}.${other.token.split('.')[1]}`,
      `${id}.${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`,
      `${id}.${'A'.repeat(43)}`,
      `${id.toUpperCase()}.${secret}`,
      `${id}.${secret.toLowerCase()}`,
      `${id}%2E${secret}x`,
      `' OR '1'='1`,
      `${id}' --.${secret}`,
      `${id}.${secret}%00`,
      'x'.repeat(8_000),
      '%F0%28%8C%28',
      '[object Object]',
      'null',
      '__proto__',
    ];
    const opened = [];
    for (const text of forged) {
      const answer = await withCookie(visitor, `${SESSION}=${text}`);
      if (answer.outcome !== '401 session.required') opened.push([text, answer.outcome]);
    }
    expect(opened).toEqual([]);
    expect((await visitor.get('/api/session')).outcome).toBe('200');
  });

  it('under a name that only looks like ours is refused', async () => {
    const { visitor, token } = await signedIn();
    const names = [
      'Portillon_Session',
      'PORTILLON_SESSION',
      '__Host-portillon_session',
      ' portillon_session2',
      SIGN_IN,
      BROWSER,
    ];
    for (const name of names)
      expect((await withCookie(visitor, `${name}=${token}`)).outcome).toBe('401 session.required');
  });

  it('sent beside the right one gives no other identity', async () => {
    const { visitor, token, person } = await signedIn();
    const thief = await signedIn();
    for (const header of [
      `${SESSION}=${token}; ${SESSION}=${thief.token}`,
      `${SESSION}=x; ${SESSION}=${token}`,
    ]) {
      const answer = await withCookie(visitor, header);
      expect([401, 200]).toContain(answer.status);
      if (answer.status === 200) expect(answer.body.session.account.username).toBe(person.username);
    }
  });

  it('of a sign-in in progress is refused, like the code of another user', async () => {
    const claire = await stage.person();
    const paul = await stage.person();
    const [hers, his] = [stage.visitor(), stage.visitor()];
    await claire.givePassword(hers);
    await paul.givePassword(his);
    const submit = (token: string, code: string) =>
      hers.post('/api/sign-in/code', { code }, { headers: { cookie: `${SIGN_IN}=${token}` } });
    const token = hers.cookies.get(SIGN_IN)!;
    const [id, secret] = token.split('.');
    const right = claire.codeInMail();
    for (const forged of [
      `${id}.${'A'.repeat(43)}`,
      `${his.cookies.get(SIGN_IN)!.split('.')[0]}.${secret}`,
      `${token}x`,
      '',
    ])
      expect((await submit(forged, right)).outcome).toBe('401 sign-in.required');
    expect((await submit(token, paul.codeInMail())).outcome).toBe('401 code.rejected');
    expect((await submit(his.cookies.get(SIGN_IN)!, right)).outcome).toBe('401 code.rejected');
    expect((await submit(token, right)).body.session.account.username).toBe(claire.username);
  });

  it('of a remembered browser waives no code', async () => {
    const { person, visitor } = await signedIn();
    const other = await signedIn();
    const token = visitor.cookies.get(BROWSER)!;
    const [id] = token.split('.');
    const forged = [
      other.visitor.cookies.get(BROWSER)!,
      `${id}.${'A'.repeat(43)}`,
      token.slice(0, -1),
      `${OTHER_ID}.${token.split('.')[1]}`,
    ];
    for (const text of forged) {
      const answer = await person.givePassword(asBrowser(text));
      expect(answer.body.status).toBe('code-required');
    }
  });

  it('with many tokens of a remembered browser costs at most twenty look-ups, and causes no error', async () => {
    const { person, visitor } = await signedIn();
    const many = Array.from({ length: 150 }, () => `${OTHER_ID}.${'A'.repeat(43)}`).join('~');
    expect((await person.givePassword(asBrowser(many))).body.status).toBe('code-required');
    const mine = visitor.cookies.get(BROWSER)!;
    expect((await person.givePassword(asBrowser(`${mine}~${many}`))).body.status).toBe('signed-in');
  });

  it('of another person’s browser, with the right password, reveals nothing to either of them', async () => {
    const { person, visitor } = await signedIn();
    const { visitor: others } = await signedIn();
    const browser = asBrowser(others.cookies.get(BROWSER)!);
    await person.givePassword(browser);
    await browser.post('/api/sign-in/code', { code: person.codeInMail() });
    const { items } = (await browser.get('/api/account/browsers')).body;
    expect(items).toHaveLength(2);
    expect((await visitor.get('/api/session')).outcome).toBe('200');
  });

  function asBrowser(cookie: string): Visitor {
    const visitor = stage.visitor();
    visitor.cookies.set(BROWSER, cookie);
    return visitor;
  }
});
