import { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '@portillon/persistence';

const OPTIONAL = { isNullable: true };

const ENDPOINT_COLUMNS = [
  column.id(),
  column.key('structureId', OPTIONAL),
  column.text('name', 100),
  column.text('url', 1000),
  column.text('events', 500),
  column.text('status', 8),
  column.text('disabledReason', 16, OPTIONAL),
  column.text('sealedSecret', 255),
  column.text('previousSealedSecret', 255, OPTIONAL),
  column.optionalTime('previousSecretUntil'),
  column.integer('version'),
  column.time('createdAt'),
  column.time('updatedAt'),
];

const DELIVERY_COLUMNS = [
  column.id(),
  column.key('endpointId'),
  column.text('type', 64),
  column.longText('payload'),
  column.text('state', 16),
  column.integer('attempts'),
  column.optionalTime('dueAt'),
  column.key('claimedBy', OPTIONAL),
  column.integer('lastStatus', OPTIONAL),
  column.text('lastFailure', 32, OPTIONAL),
  column.time('createdAt'),
  column.optionalTime('settledAt'),
];

export class CreateWebhook1764000013001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'webhookEndpoint', ENDPOINT_COLUMNS, [
      { name: 'webhookEndpointOfStructure', columnNames: ['structureId', 'id'] },
    ]);
    await createTable(runner, 'webhookDelivery', DELIVERY_COLUMNS, [
      { name: 'webhookDeliveryDue', columnNames: ['state', 'dueAt'] },
      { name: 'webhookDeliveryOfEndpoint', columnNames: ['endpointId', 'id'] },
      { name: 'webhookDeliveryDueOfEndpoint', columnNames: ['endpointId', 'state', 'dueAt'] },
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['webhookDelivery', 'webhookEndpoint']) await runner.dropTable(table);
  }
}
