import type { INestApplicationContext } from '@nestjs/common';
import { WebhookOutboxService } from '@portillon/webhook';
import { fine, Finding, wrong } from './finding';

/** Whether what is told to others arrives. */
export async function examineWebhooks(app: INestApplicationContext): Promise<Finding> {
  const { waiting, failing, failingEndpoints } = await app.get(WebhookOutboxService).health();
  if (failing === 0) return fine('webhooks', `${waiting} deliveries wait, none has failed`);
  const what = `${failing} deliveries to ${failingEndpoints} webhook(s) failed and are tried again`;
  return wrong('webhooks', what, 'see "portillon webhook list", and tell who keeps these addresses');
}
