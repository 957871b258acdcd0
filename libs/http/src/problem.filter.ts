import { ArgumentsHost, Catch, ExceptionFilter, NotFoundException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './problem';
import { RouteTable } from './route-table';

/** The one place where a failure becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly routes: RouteTable) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    // Nest throws this for a path that no route took, a wrong method included.
    const failure = error instanceof NotFoundException ? this.routes.refusalOf(request) : error;
    sendProblem(failure, request, http.getResponse<FastifyReply>());
  }
}
