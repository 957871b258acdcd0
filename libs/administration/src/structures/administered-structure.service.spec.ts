import type { Structure, StructureService } from '@portillon/account';
import { Steps } from '@portillon/testing';
import { NATIONAL, OF_HOSPITAL } from '../testing/administrator.fixture';
import { refusing } from '../testing/refusals.fixture';
import { AdministeredStructureService } from './administered-structure.service';

const structure = (id: string) => ({ id, name: id }) as Structure;

function administered() {
  const steps = new Steps();
  const structures = steps.of<StructureService>('structures', {
    get: async (id) => (id === 'nowhere' ? undefined : structure(id)),
    list: async () => ({ items: [structure('clinic'), structure('hospital')], nextCursor: null }),
  });
  return { steps, service: new AdministeredStructureService(structures, refusing(steps)) };
}

describe('a structure', () => {
  it('is the own one for its administrator, unless another is asked for, which is not there', async () => {
    const { steps, service } = administered();
    expect(await service.within(OF_HOSPITAL, undefined)).toBe('hospital');
    expect(await service.within(OF_HOSPITAL, 'hospital')).toBe('hospital');
    await expect(service.within(OF_HOSPITAL, 'clinic')).rejects.toMatchObject({ code: 'not-found' });
    expect(steps.taken).toEqual(['refusals.hide']);
  });

  it('is every one, or the one asked for, for a national administrator', async () => {
    const { service } = administered();
    expect(await service.within(NATIONAL, undefined)).toBeNull();
    expect(await service.within(NATIONAL, 'clinic')).toBe('clinic');
  });

  it('is not looked up when it is out of reach', async () => {
    const { steps, service } = administered();
    await expect(service.get(OF_HOSPITAL, 'clinic')).rejects.toMatchObject({ code: 'not-found' });
    expect(steps.taken).toEqual(['refusals.hide']);
  });

  it('that does not exist is not found', async () => {
    await expect(administered().service.get(NATIONAL, 'nowhere')).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('is listed alone to its administrator, with the others to a national one', async () => {
    const { service } = administered();
    expect((await service.list(OF_HOSPITAL, { limit: 50 })).items).toEqual([structure('hospital')]);
    expect((await service.list(NATIONAL, { limit: 50 })).items).toHaveLength(2);
  });
});
