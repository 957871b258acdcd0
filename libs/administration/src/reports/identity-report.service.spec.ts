import type { IdentityCountService } from '@portillon/account';
import type { ReportsDatabase } from '@portillon/persistence';
import { Steps } from '@portillon/testing';
import type { EntityManager } from 'typeorm';
import type { PractitionerDirectoryService } from '../directory/practitioner-directory.service';
import type { AdministeredStructureService } from '../structures/administered-structure.service';
import { OF_HOSPITAL } from '../testing/administrator.fixture';
import { IdentityReportService } from './identity-report.service';

describe('of whom the identity is proven', () => {
  it('is counted within the reach of who asks, where reports are read', async () => {
    const steps = new Steps();
    const replica = {} as EntityManager;
    const asked: unknown[] = [];
    const counted = { people: 12, unverified: 5, due: 2, unknownToDirectory: 1 };
    const service = new IdentityReportService(
      steps.of<AdministeredStructureService>('structures', {
        within: async ({ scope }, structure) => (asked.push(structure), scope.structureId),
      }),
      steps.of<IdentityCountService>('counts', {
        count: async (structure, tx) => (asked.push(structure, tx), counted),
      }),
      { isOffered: true } as PractitionerDirectoryService,
      steps.of<ReportsDatabase>('reports', { manager: async () => replica }),
    );
    expect(await service.of(OF_HOSPITAL, { structure: 'hospital' })).toEqual({
      structure: 'hospital',
      ...counted,
      directoryAsked: true,
    });
    expect(asked).toEqual(['hospital', 'hospital', replica]);
  });
});
