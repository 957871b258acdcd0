import { DAY, addMilliseconds } from '@portillon/kernel';
import { describeOnEveryEngine, explained } from '@portillon/testing';
import type { AuditFilter } from './audit.types';
import { auditPersistence } from '../audit.persistence';
import { Journal, journalOn } from '../testing/journal.fixture';

const NAMES = ['authn_login_success', 'authn_login_fail'];

describeOnEveryEngine(
  'what is searched for in a long journal',
  [auditPersistence],
  (testDatabase, engine) => {
    let journal: Journal;

    beforeAll(async () => {
      journal = journalOn(testDatabase.dataSource);
      for (const person of ['claire', 'paul', 'nadia', 'zoe']) await journal.recordMany(500, person);
      // The other engine plans by rules, not by statistics.
      if (engine === 'MariaDB') await testDatabase.dataSource.query('ANALYZE TABLE auditEvent');
    });

    it.each<[string, AuditFilter]>([
      ['of a person', { accountId: 'claire' }],
      ['of an actor', { actorId: 'nadia' }],
      ['of an event', { names: ['authn_login_success'] }],
      ['of several events', { names: NAMES }],
      ['of a structure', { structureId: 'hopital' }],
      ['of an event in a structure', { structureId: 'hopital', names: NAMES }],
      ['of a request', { requestId: 'r1' }],
      ['of a span', { from: new Date(0), to: addMilliseconds(new Date(0), 30 * DAY) }],
      ['of any kind', {}],
    ])('is found in the order of an index, and no further than a page: lines %s', async (_, filter) => {
      if (engine === 'embedded') return;
      const search = () => journal.audit.search(filter, { limit: 50 });
      const lines = (await explained(testDatabase.dataSource, search)).flat();
      expect(lines.map(({ key }) => key)).not.toContain(null);
      expect(lines.map(({ type }) => type)).not.toContain('ALL');
    });
  },
);
