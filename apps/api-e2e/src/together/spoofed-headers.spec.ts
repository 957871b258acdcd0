import { connect } from 'node:net';
import { useSharedStage, useStage } from '../harness/server/stage';
import type { Answer } from '../harness/people/answer.types';

const AT_A_TIME = 26;

describe('spoofed headers', () => {
  describe('without a trusted proxy', () => {
    const stage = useStage({ environment: { TRUSTED_PROXIES: '' } });
    const spoofs = {
      'x-forwarded-for': '6.6.6.6',
      forwarded: 'for=6.6.6.6;host=evil.example;proto=https',
      'x-real-ip': '6.6.6.6',
      'true-client-ip': '6.6.6.6',
      'x-client-ip': '6.6.6.6',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      'x-original-url': '/api/service',
      'x-http-method-override': 'DELETE',
    };

    it('change neither the address of the session, nor its cookies, nor the text of a message', async () => {
      const claire = await stage.person();
      const browser = stage.visitor({ ...spoofs, host: 'evil.example' });
      const { cookies } = await claire.signIn(browser);
      expect(cookies.join()).not.toMatch(/Secure|evil|Domain/);
      expect((await browser.get('/api/account/sessions')).body.items[0].address).toBe('127.0.0.1');
      await claire.setUpPhone(browser);
      const mail = stage.smtp.lastTo(claire.email);
      expect(`${mail.text}${String(mail.html)}${stage.twilio.lastTo(claire.mobile).body}`).not.toContain(
        'evil',
      );
      expect((await browser.get('/api/session')).outcome).toBe('200');
    });

    it('give no request an id of the stranger’s', async () => {
      const { headers } = await stage.visitor({ 'x-request-id': 'a'.repeat(32) }).get('/api/service');
      expect(headers['x-request-id']).not.toBe('a'.repeat(32));
    });

    it('do not let the failures of one address be spread over many', async () => {
      const guess = (index: number) =>
        stage
          .visitor({ 'x-forwarded-for': `6.6.${index}.6` })
          .post('/api/sign-in/password', { username: `nobody-${index}`, password: 'guess' });
      const outcomes = await inTurns(104, guess);
      expect(outcomes.slice(0, 90)).toEqual(Array(90).fill('401 credentials.rejected'));
      // Thirty turns in ten seconds, of which wrong guesses use one each.
      expect(await inTurns(40, (index) => guess(900 + index))).toContain('429 attempts.exceeded');
    });
  });

  describe('behind a trusted proxy', () => {
    const stage = useSharedStage();

    it('a request has the id that the proxy logged, if it is one', async () => {
      const id = '6f1d2c0b9a8e7f6d5c4b3a2918070605';
      const answer = await stage.visitor({ 'x-request-id': id }).get('/api/session');
      expect([answer.headers['x-request-id'], answer.body.requestId]).toEqual([id, id]);
      for (const forged of [`${id}\u0085"`, 'x'.repeat(64), '1'])
        expect(
          (await stage.visitor({ 'x-request-id': forged }).get('/api/service')).headers['x-request-id'],
        ).toMatch(/^[0-9a-f-]{36}$/);
    });

    it.each([
      ['6.6.6.6, 10.1.2.3', '10.1.2.3'],
      ['127.0.0.1, 10.1.2.4', '10.1.2.4'],
      ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6'],
      ['<script>alert(1)</script>', 'unknown'],
      ["' OR 1=1 --", 'unknown'],
      ['x'.repeat(5_000), 'unknown'],
      ['', '127.0.0.1'],
    ])('of %.30s only what the proxy wrote last counts', async (forwarded, address) => {
      const claire = await stage.person();
      const browser = stage.visitor({ 'x-forwarded-for': forwarded });
      await claire.signIn(browser);
      expect((await browser.get('/api/account/sessions')).body.items[0].address).toBe(address);
    });

    it('of one IPv6 subscriber count as one, whatever addresses it takes', async () => {
      const guess = (index: number) =>
        stage
          .visitor({ 'x-forwarded-for': `2001:db8:77:1::${index.toString(16)}` })
          .post('/api/sign-in/password', { username: `nobody-v6-${index}`, password: 'guess' });
      await inTurns(104, guess);
      expect(await inTurns(40, (index) => guess(9_000 + index))).toContain('429 attempts.exceeded');
    });

    it.each([
      [
        'two lengths',
        'POST /api/sign-in/password HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\n{}',
      ],
      [
        'a length and chunks',
        'POST /api/sign-in/password HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      ],
      ['a header that is cut', 'GET /api/service HTTP/1.1\r\nHost: x\r\nX\r\n\r\n'],
      ['a line feed alone', 'GET /api/service HTTP/1.1\nHost: x\n\n'],
      ['a kilometre of headers', `GET /api/service HTTP/1.1\r\nHost: x\r\n${'X: y\r\n'.repeat(20_000)}\r\n`],
      ['no HTTP at all', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000'],
      ['no host', 'GET /api/service HTTP/1.1\r\n\r\n'],
    ])('that are no HTTP are refused and do no harm: %s', async (_, text) => {
      expect(await answerTo(text)).toMatch(/^HTTP\/1\.1 4\d\d |^$/);
      expect((await stage.visitor().get('/api/service')).outcome).toBe('200');
    });

    function answerTo(text: string): Promise<string> {
      return new Promise((resolve) => {
        const socket = connect(stage.server.port, '127.0.0.1', () => socket.end(text));
        let answer = '';
        socket.on('data', (chunk) => (answer += chunk.toString()));
        socket.on('error', () => resolve(answer));
        socket.on('close', () => resolve(answer));
      });
    }
  });
});

/** So many at a time as the server hashes without refusing for want of room. */
async function inTurns(times: number, work: (index: number) => Promise<Answer>): Promise<string[]> {
  const outcomes: string[] = [];
  for (let start = 0; start < times; start += AT_A_TIME) {
    const turn = Array.from({ length: Math.min(AT_A_TIME, times - start) }, (_, index) =>
      work(start + index + 1),
    );
    outcomes.push(...(await Promise.all(turn)).map((answer) => answer.outcome));
  }
  return outcomes;
}
