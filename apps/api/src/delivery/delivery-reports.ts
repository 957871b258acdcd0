import type { Problems } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { isSignedByTwilio, NotificationService } from '@portillon/notification';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Settings } from '../settings/settings';

export const TWILIO_REPORTS_PATH = '/api/delivery-reports/twilio';

type Form = Record<string, string>;

/**
 * Where Twilio tells what became of an SMS. It posts a form, so the route stands in a scope of its own: no other route
 * reads anything but JSON. A report without Twilio's signature is refused and changes nothing.
 */
export async function receiveTwilioReports(
  server: FastifyInstance,
  settings: Settings,
  notifications: NotificationService,
  problems: Problems,
): Promise<void> {
  const { twilio } = settings;
  if (!twilio) return;
  await server.register(async (scope) => {
    // Nest puts its own on the server later, and a scope keeps the handler that it was born with.
    scope.setErrorHandler((error, request, reply) => problems.send(error, request, reply));
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      async (_request: FastifyRequest, body: string) => Object.fromEntries(new URLSearchParams(body)),
    );
    scope.post(TWILIO_REPORTS_PATH, async (request, reply) => {
      const form = request.body as Form;
      await refuseForged(request, form, settings.publicUrl, twilio.authToken);
      const id = String((request.query as Form)['id'] ?? '');
      await notifications.recordReport({
        id,
        reference: form['MessageSid'] ?? '',
        report: form['MessageStatus'] ?? '',
      });
      return reply.status(204).send();
    });
  });
}

async function refuseForged(
  request: FastifyRequest,
  params: Form,
  publicUrl: string,
  authToken: string,
): Promise<void> {
  const signature = request.headers['x-twilio-signature'];
  const genuine = await isSignedByTwilio({
    authToken,
    signature: typeof signature === 'string' ? signature : undefined,
    url: `${publicUrl}${request.url}`,
    params,
  });
  if (!genuine) throw new AppError('permission.denied', { detail: 'report without Twilio’s signature' });
}
