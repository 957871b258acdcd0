import { ArgumentsHost, Catch, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problems } from './problems';
import type { RouteTable } from './route-table';

/** The one place where a failure becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly routes: RouteTable,
    private readonly problems: Problems,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    // Of a path that no route took Nest says that it is not found, whatever the method.
    const failure = request.is404 ? this.routes.refusalOf(request) : error;
    this.problems.send(failure, request, http.getResponse<FastifyReply>());
  }
}
