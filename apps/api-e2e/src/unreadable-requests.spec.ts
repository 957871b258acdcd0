import { connect } from 'node:net';
import { useStage } from './harness/stage';

const SECRET = 'portillon_session=do-not-repeat-me';

describe('what is no request', () => {
  const stage = useStage();

  it.each([
    [
      'headers over 16 KiB',
      `GET / HTTP/1.1\r\nhost: x\r\ncookie: ${SECRET}${'a'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers.too-large',
    ],
    ['a first line that is none', `${SECRET} do-not-repeat-me\r\n\r\n`, 400, 'request.malformed'],
    [
      'a method that is none',
      `HELLO /do-not-repeat-me HTTP/1.1\r\nhost: x\r\n\r\n`,
      400,
      'request.malformed',
    ],
    [
      'a line feed in a header',
      `GET / HTTP/1.1\r\nhost: x\r\nx\n${SECRET}\r\n\r\n`,
      400,
      'request.malformed',
    ],
    [
      'two lengths',
      `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab`,
      400,
      'request.malformed',
    ],
  ])('is refused in the words of the house: %s', async (_what, text, status, code) => {
    const { head, body } = await said(text);
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain('content-type: application/problem+json; charset=utf-8');
    expect(head).toContain('cache-control: no-store');
    expect(head).toContain('x-content-type-options: nosniff');
    const problem = JSON.parse(body) as Record<string, string>;
    expect(problem).toMatchObject({ type: `urn:portillon:error:${code}`, status, code });
    expect(problem['detail']).toMatch(/\.$/);
    expect(head).toContain(`x-request-id: ${problem['requestId']}`);
    expect(Object.keys(problem).sort()).toEqual(['code', 'detail', 'requestId', 'status', 'title', 'type']);
    expect(body + head).not.toMatch(/do-not-repeat-me|HPE_|fastify|node/i);
  });

  it('leaves the server well', async () => {
    await said('\0\0\0\r\n\r\n');
    expect((await stage.visitor().get('/health/live')).status).toBe(200);
  });

  /** All that the server answers to these bytes before it hangs up. */
  async function said(text: string): Promise<{ head: string; body: string }> {
    const { hostname, port } = new URL(stage.server.url);
    const socket = connect(Number(port), hostname);
    socket.write(text);
    const pieces: Buffer[] = [];
    for await (const piece of socket) pieces.push(piece as Buffer);
    const [head = '', body = ''] = Buffer.concat(pieces).toString().split('\r\n\r\n');
    return { head, body };
  }
});
