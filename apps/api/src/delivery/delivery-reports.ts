import { parseStrictJson, type Problems } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { ReceiptService } from '@portillon/notification';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../settings/settings';

export const REPORTS_PATH = '/api/delivery-reports/';
/** Longer than any provider's report on a message. */
const LARGEST_FORM = 16 * 1_024;

type Report = FastifyRequest<{ Params: { provider: string } }>;

/**
 * Receives the delivery reports of SMS providers. Some providers post a form, so the routes are in a separate scope: all
 * other routes accept only JSON. A report without its provider's valid proof is refused before any database access.
 */
export async function receiveDeliveryReports(
  server: FastifyInstance,
  settings: Settings,
  receipts: ReceiptService,
  problems: Problems,
): Promise<void> {
  if (settings.sms.length === 0) return;
  await server.register(async (scope) => {
    // Nest puts its own on the server later, and a scope keeps the handler that it was born with.
    scope.setErrorHandler((error, request, reply) => problems.send(error, request, reply));
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: LARGEST_FORM },
      async (_request: FastifyRequest, body: string) => Object.fromEntries(new URLSearchParams(body)),
    );
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit: LARGEST_FORM },
      async (_request: FastifyRequest, body: Buffer) => valuesByPath(parseStrictJson(body)),
    );
    const receive = async (request: Report, reply: FastifyReply) => {
      const url = `${settings.publicUrl}${request.url}`;
      const form = (request.body ?? {}) as Record<string, string>;
      const report = { url, headers: request.headers, form };
      if (!(await receipts.receive(request.params.provider, report)))
        throw new AppError('permission.denied', { detail: 'report that is not proved to be the provider’s' });
      return reply.status(204).send();
    };
    scope.post(`${REPORTS_PATH}:provider`, receive);
    scope.get(`${REPORTS_PATH}:provider`, { exposeHeadRoute: false }, receive);
  });
}

/** `{ status: { value: 'DELIVERED' } }` as a form would have it: `status.value`. */
function valuesByPath(value: unknown, path: string[] = []): Record<string, string> {
  if (typeof value !== 'object' || value === null) return { [path.join('.')]: String(value) };
  const parts = Object.entries(value).map(([name, one]) => valuesByPath(one, [...path, name]));
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
}
