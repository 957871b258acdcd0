import { Injectable } from '@nestjs/common';
import { AccessCookies, MeansRegistry, sessionView, type Means, type Session } from '@portillon/access';
import { clientOf } from '@portillon/http';
import { Clock } from '@portillon/kernel';
import { isCodeLate, SessionService } from '@portillon/session';
import type { FastifyRequest } from 'fastify';
import { ServiceDescription } from '../service/service-description.service';
import type { Service } from '../service/service.dto';
import { applicationRequestOf } from './application-request';

/** The data that a page needs from the API before it shows anything. */
export interface PageAnswers {
  /** The server's time, which the page uses for countdowns. */
  now: string;
  service: Service;
  means: Means[];
  /** Null: the browser has no open session. Absent: the page must call the API, because the answer would be an error. */
  session?: Session | null;
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

  async #session(request: FastifyRequest): Promise<Session | null | undefined> {
    const session = await this.sessions.find(this.cookies.session(request));
    if (!session) return null;
    return isCodeLate(session, this.clock.now()) ? undefined : sessionView(session);
  }
}
