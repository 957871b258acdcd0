import { column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = 'membershipProposal';
const COLUMNS = [
  column.id(),
  column.key('structureId'),
  column.text('identifierKind', 10),
  column.text('identifier', 254),
  column.text('roles', 255),
  column.text('function', 80, { isNullable: true }),
  column.text('source', 13),
  column.text('externalId', 255, { isNullable: true }),
  column.optionalTime('untilAt'),
  column.key('proposedBy', { isNullable: true }),
  column.time('proposedAt'),
  column.time('expiresAt'),
  column.optionalTime('mailedAt'),
  column.text('secretDigest', 64, { isNullable: true }),
  column.optionalTime('refusedAt'),
  column.optionalTime('closedAt'),
];
const INDICES = [
  {
    name: 'membershipProposalOnce',
    columnNames: ['structureId', 'identifierKind', 'identifier'],
    isUnique: true,
  },
  { name: 'membershipProposalIdentifier', columnNames: ['identifier', 'identifierKind'] },
  { name: 'membershipProposalMailed', columnNames: ['mailedAt', 'id'] },
  { name: 'membershipProposalExpiry', columnNames: ['expiresAt', 'id'] },
];

/** Memberships that structures offer to a person, who may have an account or not. */
export class ProposeMemberships1764720000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, TABLE, COLUMNS, INDICES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE);
  }
}
