import { ArgumentsHost, Catch, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problems } from './problems';
import type { RouteTable } from './route-table';

/** Converts every failure into an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly routes: RouteTable,
    private readonly problems: Problems,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    // For a path without a route, Nest reports not found, whatever the method.
    const failure = request.is404 ? this.routes.refusalOf(request) : error;
    this.problems.send(failure, request, http.getResponse<FastifyReply>());
  }
}
