import assert from 'node:assert/strict';

/** A browser behind the proxy of the service. */
export class Browser {
  #cookies = new Map();

  constructor({ http }) {
    this.http = http;
  }

  /** The same browser, at another machine. */
  on({ http }) {
    this.http = http;
    return this;
  }

  get(path) {
    return this.#ask(path, {});
  }

  post(path, body) {
    const headers = { 'content-type': 'application/json' };
    return this.#ask(path, { method: 'POST', body: JSON.stringify(body), headers });
  }

  async #ask(path, { headers, ...request }) {
    const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ');
    const proxied = { 'x-forwarded-host': 'portillon.example', 'x-forwarded-proto': 'https', cookie };
    const answer = await fetch(`http://127.0.0.1:${this.http}${path}`, {
      ...request,
      headers: { ...headers, ...proxied },
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set);
      this.#cookies.set(name, value);
    }
    return answer;
  }
}

/** Signs in with password and code. */
export async function signIn(browser, { username, password }, mailbox) {
  const begun = await browser.post('/api/sign-in/password', { username, password });
  assert.equal((await begun.json()).status, 'code-required', `${username} was not asked for a code`);
  const code = await mailbox.codeFor(`${username}@portillon.example`);
  assert.equal((await browser.post('/api/sign-in/code', { code })).status, 200, `${username}: wrong code`);
  assert.equal((await browser.get('/api/session')).status, 200, `${username} has no session`);
}
