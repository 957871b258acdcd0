import { Injectable } from '@nestjs/common';
import { AccessCookies, MeansRegistry, sessionView } from '@portillon/access';
import type { Means, SessionView } from '@portillon/access';
import { clientOf } from '@portillon/http';
import { Clock } from '@portillon/kernel';
import { isCodeLate, SessionService } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import { ServiceDescription } from '../service/service-description.service';
import type { Service } from '../service/service.dto';

/** The paths that receive and answer an application's request. */
const PAGES = ['/', '/demande'];
const SIGN_IN_PAGES = ['/connexion', '/connexion/code', '/connexion/exercice'];
const UID = /^[\w-]{1,64}$/;

/**
 * Returns the id of the application request that a page serves, or that waits behind a sign-in; undefined on other pages.
 */
export function applicationRequestOf(url: string): string | undefined {
  const page = partsOf(url);
  const wanted = SIGN_IN_PAGES.includes(page.path) ? partsOf(page.query.get('returnTo') ?? '') : page;
  const uid = PAGES.includes(wanted.path) ? (wanted.query.get('request') ?? '') : '';
  return UID.test(uid) ? uid : undefined;
}

function partsOf(url: string): { path: string; query: URLSearchParams } {
  const [path = '', query] = url.split('?', 2);
  return { path, query: new URLSearchParams(query) };
}

/** Characters that would end the script element, or begin another (HTML, 4.12.1.3). */
const MARKUP = /[<>&\u2028\u2029]/g;
/** The name alone in an element, as the page was built: its title, and its header. */
const NAME = /(?<=>)Portillon(?=<)/g;

/**
 * Writes answers into a page as a data block, and the name of the service where the page shows it before its script runs.
 * No browser runs the block, whatever names it contains, and the content security policy needs no exception.
 */
export function pageWithAnswers(html: string, answers: { service: { name: string } }): string {
  const json = JSON.stringify(answers).replace(
    MARKUP,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const name = answers.service.name.replace(MARKUP, (mark) => `&#${mark.charCodeAt(0)};`);
  const [head = '', ...rest] = html.replace(NAME, () => name).split('</head>');
  return `${head}<script type="application/json" id="answers">${json}</script></head>${rest.join('</head>')}`;
}

/** The data that a page needs from the API before it shows anything. */
export interface PageAnswers {
  /** The server's time, which the page uses for countdowns. */
  now: string;
  service: Service;
  means: Means[];
  /** Null: the browser has no open session. Absent: the page must call the API, because the answer would be an error. */
  session?: SessionView | null;
}

/** Includes the API's answers in the HTML of a page, so that it shows without further requests. */
@Injectable()
export class PageAnswersService {
  constructor(
    private readonly description: ServiceDescription,
    private readonly means: MeansRegistry,
    private readonly sessions: SessionService,
    private readonly cookies: AccessCookies,
    private readonly clock: Clock,
  ) {}

  async answersFor(request: FastifyRequest): Promise<PageAnswers> {
    // Pages also open when the database is down: they report it themselves.
    const reading = this.#session(request).catch(() => undefined);
    const describing = this.description.read(clientOf(request), applicationRequestOf(request.url));
    const [session, service] = await Promise.all([reading, describing]);
    return {
      now: this.clock.now().toISOString(),
      service,
      means: this.means.list(),
      ...(session === undefined ? {} : { session }),
    };
  }

  async #session(request: FastifyRequest): Promise<SessionView | null | undefined> {
    const session = await this.sessions.find(this.cookies.session(request));
    if (!session) return null;
    return isCodeLate(session, this.clock.now()) ? undefined : sessionView(session);
  }
}
