import { SoftAuthenticator } from '@portillon/testing/servers';
import { addPasskey } from '../harness/people/add-passkey';
import { useStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const ORIGIN = 'http://portillon.test';
const RELATED = 'https://orientation.example';

async function signIn(visitor: Visitor, key: SoftAuthenticator, otherwise = {}) {
  const { body } = await visitor.post('/api/sign-in/passkey/options', {});
  return visitor.post('/api/sign-in/passkey', { credential: key.get(body.options, otherwise) });
}

describe('passkeys that pages of another origin may use', () => {
  const stage = useStage({ environment: { PASSKEYS: 'on', PASSKEY_RELATED_ORIGINS: RELATED } });

  it('are published by their domain, to browsers without a person', async () => {
    const { status, headers, body } = await stage.visitor().get('/.well-known/webauthn');
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(body).toEqual({ origins: [ORIGIN, RELATED] });
  });

  it('sign in from there, and from no origin that merely looks like it', async () => {
    const { person, browser } = await stage.signedIn();
    const { key } = await addPasskey(browser, new SoftAuthenticator(ORIGIN));
    for (const origin of [`${RELATED}.net`, 'http://orientation.example', 'https://www.orientation.example'])
      expect((await signIn(stage.visitor(), key, { origin })).outcome).toBe('401 passkey.rejected');
    expect((await signIn(stage.visitor(), key, { origin: RELATED, crossOrigin: true })).outcome).toBe(
      '401 passkey.rejected',
    );
    const answer = await signIn(stage.visitor(), key, { origin: RELATED });
    expect(answer.body.session.account.id).toBe(person.id);
  });

  it('allow no page of that origin to send our requests', async () => {
    const headers = { origin: RELATED, 'sec-fetch-site': 'cross-site' };
    const answer = await stage.visitor().post('/api/sign-in/passkey/options', {}, { headers });
    expect(answer.outcome).toBe('403 origin.refused');
  });

  it('are managed on the page that is declared to their manager', async () => {
    const page = `${ORIGIN}/mon-compte`;
    const { body } = await stage.visitor().get('/.well-known/passkey-endpoints');
    expect(body).toEqual({ enroll: page, manage: page });
  });
});
