import { AppError } from '@portillon/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseStrictJson } from './strict-json';

/** Includes SCIM's (RFC 7644, 3.1). JSON is UTF-8 (RFC 8259, 8.1): a body in another charset would be misread. */
const JSON_TYPE = /^application\/(?:scim\+)?json\s*(;\s*charset\s*=\s*("?)utf-?8\2\s*)?;?$/i;

/** The accepted bodies: JSON on all routes, a form or a file where a route declares it. */
export function acceptBodies(fastify: FastifyInstance): void {
  acceptJsonOnly(fastify);
  acceptFormsWhereDeclared(fastify);
  acceptFilesWhereDeclared(fastify);
}

function acceptJsonOnly(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    JSON_TYPE,
    { parseAs: 'buffer' },
    (_request: FastifyRequest, body: Buffer, done: (error: Error | null, value?: unknown) => void) => {
      try {
        done(null, body.length === 0 ? undefined : parseStrictJson(body));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

/** A form is taken by the routes marked `@TakesForm()` alone: any page of the web can make a browser send one. */
function acceptFormsWhereDeclared(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (request: FastifyRequest, body: string, done: (error: Error | null, value?: unknown) => void) => {
      const { takesForm } = request.routeOptions.config as { takesForm?: boolean };
      if (takesForm) done(null, new URLSearchParams(body));
      else done(new AppError('media-type.unsupported'));
    },
  );
}

/** A file is taken by the routes marked `@TakesCsv()` alone, unread: the route bounds it. */
function acceptFilesWhereDeclared(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(
    'text/csv',
    (request: FastifyRequest, body: unknown, done: (error: Error | null, value?: unknown) => void) => {
      const { takesCsv } = request.routeOptions.config as { takesCsv?: boolean };
      if (takesCsv) done(null, body);
      else done(new AppError('media-type.unsupported'));
    },
  );
}
