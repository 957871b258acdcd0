import { cookiesOf, HttpConnection, requestBytes } from './http-connection.mjs';
import { PASSWORD } from './people.mjs';

/** A person at a browser that nobody remembers: a code is asked for each time. */
export class SignInClient {
  constructor(connection, mailbox) {
    Object.assign(this, { connection, mailbox });
  }

  static async open(port, mailbox) {
    return new SignInClient(await HttpConnection.open(port), mailbox);
  }

  /** Both requests and the mail between them; resolves to the session's cookie. */
  async signIn(person) {
    const started = await this.password(person);
    return this.code(started, await started.code);
  }

  /** The first step: the cookie of the sign-in in progress, and the code on its way. */
  async password(person) {
    const body = { username: person.username, password: PASSWORD };
    const answer = await this.#post('/api/sign-in/password', person, undefined, body);
    expectStatus(answer, 200, 'code-required');
    return { person, cookie: cookiesOf(answer.head), code: this.mailbox.take(person.email) };
  }

  /** The second step with the right code; resolves to the session's cookie. */
  async code({ person, cookie }, code) {
    const answer = await this.#post('/api/sign-in/code', person, cookie, { code });
    expectStatus(answer, 200, 'signed-in');
    return cookiesOf(answer.head);
  }

  /** The second step with a code that is not the right one. */
  async wrongCode({ person, cookie }, rightCode) {
    const code = rightCode === '000000' ? '111111' : '000000';
    expectStatus(await this.#post('/api/sign-in/code', person, cookie, { code }), 401, 'code.rejected');
  }

  close() {
    this.connection.close();
  }

  #post(path, person, cookie, body) {
    const headers = { 'x-forwarded-for': person.address, ...(cookie && { cookie }) };
    return this.connection.send(requestBytes('POST', path, headers, body));
  }
}

/** @throws Error with the whole answer when it is not the one awaited. */
export function expectStatus(answer, status, text) {
  if (answer.status === status && answer.body.includes(text)) return;
  throw new Error(
    `Expected ${status} with "${text}", got:\n${answer.head}\n\n${answer.body.slice(0, 2_000)}`,
  );
}
