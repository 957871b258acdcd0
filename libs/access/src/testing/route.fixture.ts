import type { ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A request as the guard of a route meets it. */
export interface Asked {
  cookies?: Record<string, string>;
  authorization?: string;
}

/** The first request to a route: `handler`, a method of the controller `Routes`. */
export function askFor(
  Routes: { prototype: object },
  handler: string,
  { cookies = {}, authorization }: Asked = {},
) {
  const headers: Record<string, string> = {};
  const request = { cookies, headers: { authorization } } as unknown as FastifyRequest;
  const reply = { header: (name: string, value: string) => void (headers[name] = value) };
  const context = {
    getHandler: () => (Routes.prototype as Record<string, unknown>)[handler],
    getClass: () => Routes,
    switchToHttp: () => ({ getRequest: () => request, getResponse: () => reply as unknown as FastifyReply }),
  } as unknown as ExecutionContext;
  return { context, request, headers };
}
