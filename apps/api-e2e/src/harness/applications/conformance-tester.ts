import type * as client from 'openid-client';
import type { Person } from '../people/person';
import { type ApplicationChanges, arrive, interactionOf, REDIRECT_URI, RelyingParty } from './relying-party';
import type { Stage } from '../server/stage';
import type { Visitor } from '../people/visitor';

type Parameters = Record<string, string>;
type Way = { back: URL; checks: client.AuthorizationCodeGrantChecks };

const PKCE = ['code_challenge', 'code_challenge_method'];
const MINUTE = 60_000;

/** An application of OpenID's conformance suite, with one response mode and without PKCE, and its tester. */
export class ConformanceTester {
  private constructor(
    readonly party: RelyingParty,
    readonly person: Person,
    readonly browser: Visitor,
    private readonly mode: 'query' | 'form_post',
  ) {}

  static async start(stage: Stage, mode: 'query' | 'form_post'): Promise<ConformanceTester> {
    const { person, browser } = await stage.signedIn();
    return new ConformanceTester(await registered(stage), person, browser, mode);
  }

  /** The same person, with another application. */
  async of(changes: ApplicationChanges): Promise<ConformanceTester> {
    const party = await registered(this.party.stage, changes);
    return new ConformanceTester(party, this.person, this.browser, this.mode);
  }

  /** A request of the suite's, without the parameters that `without` names. */
  async request(parameters: Parameters = {}, without = PKCE): Promise<{ url: URL; checks: Way['checks'] }> {
    // `query` is what the suite calls the default.
    const mode: Parameters = this.mode === 'query' ? {} : { response_mode: this.mode };
    const { url, checks } = await this.party.request({ ...mode, ...parameters });
    for (const name of without) url.searchParams.delete(name);
    if (without.includes('code_challenge')) delete checks.pkceCodeVerifier;
    return { url, checks };
  }

  /** As far as a page that asks something, or the application. @throws Error when the response comes by another mode */
  async goTo(from: URL | string, browser = this.browser): Promise<URL> {
    const { url, text } = await arrive(browser, from);
    if (url.pathname === '/') return url;
    if (this.mode === 'form_post') return postedBy(text);
    if (url.href.startsWith(REDIRECT_URI)) return url;
    throw new Error(`ended at ${url.href}`);
  }

  async leave(parameters: Parameters = {}, browser = this.browser): Promise<Way> {
    const { url, checks } = await this.request(parameters);
    return { back: await this.goTo(url, browser), checks };
  }

  async enter(parameters: Parameters = {}) {
    return this.party.redeem(await this.leave(parameters));
  }

  /** The person proves anew who they are, on the page that `back` names. */
  async proveAnew({ back, checks }: Way) {
    const path = `/api/oidc/interactions/${interactionOf(back)}`;
    await this.party.stage.server.advance(MINUTE);
    await this.browser.post('/api/session/challenge', {});
    await this.browser.post('/api/session/challenge/code', { code: this.person.codeInMail() });
    const { redirectTo } = (await this.browser.post(`${path}/complete`, {})).body;
    return this.party.redeem({ back: await this.goTo(redirectTo), checks });
  }

  async userinfo(token: string): Promise<Record<string, unknown>> {
    const headers = { authorization: `Bearer ${token}` };
    return (await (await this.party.fetch('/oidc/userinfo', { headers })).json()) as Record<string, unknown>;
  }
}

/** The response that a page sends to the application as soon as it is open, as the query would carry it. */
export function postedBy(page: string): URL {
  if (!page.includes(`action="${REDIRECT_URI}"`)) throw new Error(`no form for the application:\n${page}`);
  const inputs = [...page.matchAll(/name="(\w+)" value="([^"]*)"/g)];
  const form = new URLSearchParams(inputs.map(([, name, value]) => [name!, value!] as [string, string]));
  return new URL(`${REDIRECT_URI}?${form}`);
}

function registered(stage: Stage, changes: ApplicationChanges = {}): Promise<RelyingParty> {
  return RelyingParty.register(stage, { pkce: 'off', claimMail: true, claimGroups: true, ...changes });
}
