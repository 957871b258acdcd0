import { randomInt } from 'node:crypto';
import type { Person } from '../people/person';
import { Mood, ProviderBrowser, PscProvider } from './psc-provider';
import type { Environment } from '../server/server';
import { Engine, engines, share, Stage } from '../server/stage';
import type { Answer } from '../people/answer.types';
import type { Visitor } from '../people/visitor';

export const PUBLIC_URL = 'http://portillon.test';
const START = '/api/sign-in/pro-sante-connect';

/** A server that offers Pro Santé Connect, and the provider that simulates it. */
export class PscStage {
  provider!: PscProvider;
  stage!: Stage;

  constructor(
    private readonly engine: Engine | undefined,
    private readonly publicUrl = PUBLIC_URL,
    /** How the provider is when the server starts. */
    private readonly mood: Mood = {},
    /** More settings of the server. */
    private readonly settings: Environment = {},
  ) {}

  async open(): Promise<void> {
    this.provider = await PscProvider.start(this.publicUrl);
    await this.provider.be(this.mood);
    const environment = { ...this.provider.environment, PUBLIC_URL: this.publicUrl, ...this.settings };
    this.stage = new Stage({ ...(this.engine ? { engine: this.engine } : {}), environment });
    await this.stage.open();
    await this.provider.reaches(this.stage.server.url);
  }

  async close(): Promise<void> {
    await Promise.all([this.stage?.close(), this.provider?.stop()]);
  }

  visitor(): Visitor {
    return this.stage.visitor();
  }

  /** An account whose national id Pro Santé Connect knows, with the claims of `changes`. */
  async professional(changes: Record<string, unknown> = {}): Promise<Person> {
    const person = await this.stage.person();
    const nationalId = newNationalId();
    const sql = 'UPDATE account SET nationalId = ? WHERE id = ?';
    await this.stage.database.execute(sql, [nationalId, person.id]);
    await this.provider.knows(person.id, { SubjectNameID: nationalId, email: person.email, ...changes });
    return person;
  }

  /** To the provider. Resolves to the address that the service sent the browser to. */
  async leave(visitor: Visitor, returnTo?: string): Promise<string> {
    const query = returnTo === undefined ? '' : `?returnTo=${encodeURIComponent(returnTo)}`;
    const answer = await visitor.get(START + query);
    return answer.headers.location!;
  }

  /** There and back, without the last step: the address that the provider sends the browser back to. */
  async wayBack(visitor: Visitor, person: string, returnTo?: string): Promise<string> {
    const back = await new ProviderBrowser().signIn(await this.leave(visitor, returnTo), person);
    return back.pathname + back.search;
  }

  /** The whole way. */
  async signIn(visitor: Visitor, person: string, returnTo?: string): Promise<Answer> {
    return visitor.get(await this.wayBack(visitor, person, returnTo));
  }

  /** The whole way, with a provider that behaves badly from the moment the person is back. */
  async signInWhile(mood: Mood, person: Person): Promise<string | undefined> {
    const visitor = this.visitor();
    const back = await this.wayBack(visitor, person.id);
    await this.provider.be(mood);
    const answer = await visitor.get(back);
    await this.provider.be();
    const session = await visitor.get('/api/session');
    return session.status === 200 ? 'signed in' : answer.headers.location;
  }

  /** The latest entry of the journal about a sign-in. */
  async journal(): Promise<{
    name: string;
    outcome: string;
    reason: string | null;
    data: string | null;
    accountId: string | null;
  }> {
    const sql = `SELECT name, outcome, reason, data, accountId FROM auditEvent WHERE means = 'pro-sante-connect'
      ORDER BY id DESC LIMIT 1`;
    return (await this.stage.database.row(sql))!;
  }
}

/** Runs the tests against a server that offers Pro Santé Connect. */
export function describePsc(title: string, tests: (psc: PscStage) => void, engine?: Engine): void {
  describe(title, () => {
    const psc = new PscStage(engine);
    beforeAll(() => psc.open(), 60_000);
    afterAll(() => psc.close(), 20_000);
    tests(psc);
  });
}

const shared = new PscStage(undefined);
const open = share(shared);

/** The server and the provider of the specs in `src/together`, which leave the provider as it was. */
export function useSharedPsc(): PscStage {
  open();
  return shared;
}

/** Runs the tests against that server. */
export function describeSharedPsc(title: string, tests: (psc: PscStage) => void): void {
  describe(title, () => tests(useSharedPsc()));
}

/** Runs the same tests on each engine, with a provider for each: for races and the main journey. */
export function describePscOnEveryEngine(title: string, tests: (psc: PscStage) => void): void {
  for (const engine of engines()) describePsc(`${title} (${engine})`, tests, engine);
}

export function newNationalId(): string {
  return `8${String(randomInt(10 ** 11)).padStart(11, '0')}`;
}
