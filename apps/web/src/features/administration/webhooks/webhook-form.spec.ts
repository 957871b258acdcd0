// @vitest-environment node
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { messagesOf, under } from '../../../../test/messages';
import { EVENTS } from './webhook-form';

describe('the words of the API', () => {
  const { schemas } = JSON.parse(readFileSync('../api/openapi.json', 'utf8')).components;
  const words = under(messagesOf('fr', 'webhooks'), 'webhooks');

  it('are all offered as events', () => {
    expect([...EVENTS].sort()).toEqual([...schemas.WebhookEventType.enum].sort());
  });

  it.each(['states:WebhookDeliveryState', 'failures:WebhookFailure', 'status:WebhookStatus'])(
    'have a text each: %s',
    (pair) => {
      const [path, schema] = pair.split(':') as [string, string];
      expect(Object.keys(words[path]!)).toEqual(expect.arrayContaining(schemas[schema].enum));
    },
  );
});
