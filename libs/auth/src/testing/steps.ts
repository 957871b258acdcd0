import type { Account } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import type { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';

export const TX = {} as EntityManager;
export const CLIENT = {
  address: '192.0.2.1',
  addressBlock: '192.0.2.1',
  userAgent: 'Firefox',
  requestId: 'r1',
} as Client;
export const CLAIRE = {
  id: 'claire',
  username: 'claire.martin',
  displayName: 'Claire Martin',
  status: 'ACTIVE',
  email: 'claire@hopital.example',
  roles: ['professional'],
  structure: null,
  nationalId: '899700366240',
  passwordDigest: 'digest',
  passwordChangedAt: null,
  policy: {},
} as unknown as Account;

/** Writes down what a conductor does, in its order: that is what its spec proves. */
export class Steps {
  readonly taken: string[] = [];

  /** A domain method that is written down and answers `value`. */
  note<Value>(step: string, value: Value): (...given: unknown[]) => Promise<Value> {
    return async (...given) => {
      this.taken.push(given.at(-1) === TX ? `${step} (tx)` : step);
      return value;
    };
  }

  /** A transaction: what throws inside is rolled back. */
  readonly transactions = {
    run: async <Result>(work: (tx: EntityManager) => Promise<Result>): Promise<Result> => {
      try {
        const result = await work(TX);
        this.taken.push('commit');
        return result;
      } catch (error) {
        this.taken.push('roll back');
        throw error;
      }
    },
  } as unknown as Transactions;

  readonly audit = {
    record: async (event: { name: string; reason?: string }, tx?: EntityManager) => {
      const line = event.reason ? `${event.name} ${event.reason}` : event.name;
      this.taken.push(`journal ${line}${tx ? ' (tx)' : ''}`);
    },
  } as unknown as AuditService;
}
