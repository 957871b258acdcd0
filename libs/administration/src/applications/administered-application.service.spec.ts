import type { ApplicationService } from '@portillon/application';
import { Steps } from '@portillon/testing';
import { NATIONAL, OF_HOSPITAL } from '../testing/administrator.fixture';
import { orientation } from '../testing/application.fixture';
import { refusing } from '../testing/refusals.fixture';
import { AdministeredApplicationService } from './administered-application.service';

const APPLICATIONS = [
  orientation(),
  orientation({ id: 'national', structureId: null }),
  orientation({ id: 'clinic-app', structureId: 'clinic' }),
];

function administered() {
  const steps = new Steps();
  const asked: unknown[] = [];
  const applications = steps.of<ApplicationService>('applications', {
    get: async (id) => APPLICATIONS.find((one) => one.id === id) ?? null,
    list: async (page) => {
      asked.push(page.structureId);
      return { items: [], nextCursor: null };
    },
  });
  return { steps, asked, service: new AdministeredApplicationService(applications, refusing(steps)) };
}

describe('an application', () => {
  it('of the own structure is within reach of its administrator', async () => {
    expect((await administered().service.get(OF_HOSPITAL, 'orientation')).id).toBe('orientation');
  });

  it.each(['national', 'clinic-app', 'none'])(
    'out of reach looks like one that is not there (%s)',
    async (id) => {
      const { steps, service } = administered();
      await expect(service.get(OF_HOSPITAL, id)).rejects.toMatchObject({ code: 'not-found' });
      expect(steps.taken).toEqual(['applications.get', 'refusals.hide']);
    },
  );

  it('is within reach of a national administrator, if it is there', async () => {
    const { steps, service } = administered();
    for (const { id } of APPLICATIONS) expect((await service.get(NATIONAL, id)).id).toBe(id);
    await expect(service.get(NATIONAL, 'none')).rejects.toMatchObject({ code: 'not-found' });
    expect(steps.taken).not.toContain('refusals.hide');
  });

  it('is listed to those who reach it', async () => {
    const { asked, service } = administered();
    await service.list(OF_HOSPITAL, { limit: 50 });
    await service.list(NATIONAL, { limit: 50 });
    expect(asked).toEqual(['hospital', undefined]);
  });
});
