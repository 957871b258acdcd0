import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { refusalPage, REFUSAL_PAGE_POLICY } from './refusal-page';
import type { RefusalKind } from './refusal-page.texts';

const STATUS: Readonly<Record<RefusalKind, number>> = { forbidden: 403, 'level-unmet': 403, lost: 400 };

/** The gate's answers to browsers on an application's host. */
@Injectable()
export class GateReplyService {
  redirect(reply: FastifyReply, location: string, status = 302): void {
    void onApplicationsHost(reply).status(status).header('location', location).send();
  }

  refuse(reply: FastifyReply, kind: RefusalKind): void {
    void onApplicationsHost(reply)
      .status(STATUS[kind])
      .header('content-security-policy', REFUSAL_PAGE_POLICY)
      .type('text/html; charset=utf-8')
      .send(refusalPage(kind));
  }
}

/** Whether an application's domain and all below it speak HTTPS alone is for its own server to say. */
function onApplicationsHost(reply: FastifyReply): FastifyReply {
  return reply.removeHeader('strict-transport-security').header('cache-control', 'no-store');
}
