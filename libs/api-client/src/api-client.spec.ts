import {
  client,
  endSession,
  getSession,
  listActivity,
  listAdminAccounts,
  signInWithPassword,
} from './index.js';

type Sent = { method: string; path: string; body: string };

/** Replaces the network: keeps the requests and returns the given answer. */
function answering(status: number, body: unknown, type = 'application/json'): Sent[] {
  const sent: Sent[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    sent.push({ method: request.method, path: pathname + search, body: await request.text() });
    const none = status === 204;
    return new Response(none ? null : JSON.stringify(body), { status, headers: { 'Content-Type': type } });
  };
  client.setConfig({ baseUrl: 'https://portillon.example', fetch: fetch as typeof globalThis.fetch });
  return sent;
}

describe('the generated client', () => {
  it('sends what the document says, as JSON', async () => {
    const sent = answering(200, { status: 'signed-in' });
    const body = { username: 'claire.martin', password: 'secret' };
    await signInWithPassword({ body });
    expect(sent).toEqual([{ method: 'POST', path: '/api/sign-in/password', body: JSON.stringify(body) }]);
  });

  it('escapes what goes into the address', async () => {
    const sent = answering(204, undefined);
    await endSession({ path: { id: '../x?y' } });
    await listActivity({ query: { cursor: 'a&b=c' } });
    expect(sent.map(({ path }) => path)).toEqual([
      '/api/account/sessions/..%2Fx%3Fy',
      '/api/account/activity?cursor=a%26b%3Dc',
    ]);
  });

  it('gives a refusal as the problem document, not as an exception', async () => {
    answering(401, { code: 'session.required', status: 401 }, 'application/problem+json');
    const { data, error, response } = await getSession();
    expect(data).toBeUndefined();
    expect(error).toMatchObject({ code: 'session.required' });
    expect(response.status).toBe(401);
  });

  it('gives a failed connection as the error of fetch, which no problem document is', async () => {
    const fetch = () => Promise.reject(new TypeError('fetch failed'));
    client.setConfig({ baseUrl: 'https://portillon.example', fetch: fetch as typeof globalThis.fetch });
    const { data, error, response } = await getSession();
    expect(data).toBeUndefined();
    expect(error instanceof TypeError ? 'unreachable' : error?.code).toBe('unreachable');
    expect(response).toBeUndefined();
  });

  it('sends a token as a bearer and in no cookie, which the server refuses beside it', async () => {
    let headers = new Headers();
    const fetch = (request: Request) => {
      headers = request.headers;
      return Promise.resolve(Response.json({ items: [] }));
    };
    client.setConfig({ fetch: fetch as typeof globalThis.fetch });
    await listAdminAccounts({ auth: () => 'token' });
    expect(headers.get('authorization')).toBe('Bearer token');
    expect(headers.get('cookie')).toBeNull();
    await getSession({ auth: () => 'token' });
    expect(headers.get('cookie')).toBeNull();
  });

  it('gives a network failure as an error without an answer', async () => {
    client.setConfig({ fetch: () => Promise.reject(new TypeError('fetch failed')) });
    const { data, error } = await getSession();
    expect(data).toBeUndefined();
    expect(error).toBeInstanceOf(TypeError);
  });
});
