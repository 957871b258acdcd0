import type { Structure, StructureService } from '@portillon/account';
import { Steps } from '@portillon/testing';
import { NATIONAL, NATIONAL_SERVICE, OF_HOSPITAL } from '../testing/administrator.fixture';
import { refusing } from '../testing/refusals.fixture';
import { AccountGrantService } from './account-grant.service';

/** A register that knows these structures. */
function grants(...known: string[]) {
  const steps = new Steps();
  const structures = steps.of<StructureService>('structures', {
    get: async (id) => (known.includes(id) ? ({ id } as Structure) : undefined),
  });
  return { steps, service: new AccountGrantService(structures, refusing(steps)) };
}
const PROFESSIONAL = ['professional'];

describe('the role of an account', () => {
  it('is national by a national administrator alone', async () => {
    const { service } = grants();
    await expect(service.requireGrantable(OF_HOSPITAL, ['national-admin'])).rejects.toMatchObject({
      code: 'permission.denied',
    });
    await service.requireGrantable(NATIONAL, ['national-admin']);
    await service.requireGrantable(OF_HOSPITAL, ['structure-admin']);
  });
});

describe('the role of an account that a machine makes', () => {
  it.each(['structure-admin', 'national-admin'])('is never %s', async (role) => {
    const { steps, service } = grants();
    await expect(service.requireGrantable(NATIONAL_SERVICE, [role])).rejects.toMatchObject({
      code: 'permission.denied',
    });
    expect(steps.taken).toEqual(['refusals.forbid']);
    await service.requireGrantable(NATIONAL_SERVICE, PROFESSIONAL);
  });
});

describe('the structure of an account', () => {
  it.each([undefined, 'hospital'])('is the administrator’s own, asked for as %s', async (asked) => {
    const { service } = grants('hospital');
    expect(await service.structureFor(OF_HOSPITAL, asked, PROFESSIONAL)).toBe('hospital');
  });

  it.each(['clinic', null])('is not %s for an administrator of the hospital', async (asked) => {
    const { steps, service } = grants('hospital', 'clinic');
    await expect(service.structureFor(OF_HOSPITAL, asked, PROFESSIONAL)).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(steps.taken).toEqual(['refusals.hide']);
  });

  it('is any that exists for a national administrator, or none', async () => {
    const { service } = grants('clinic');
    expect(await service.structureFor(NATIONAL, 'clinic', PROFESSIONAL)).toBe('clinic');
    expect(await service.structureFor(NATIONAL, undefined, PROFESSIONAL)).toBeNull();
    await expect(service.structureFor(NATIONAL, 'nowhere', PROFESSIONAL)).rejects.toMatchObject({
      errors: [{ field: 'structureId', code: 'choice' }],
    });
  });

  it('is needed by who administers one', async () => {
    await expect(grants().service.structureFor(NATIONAL, null, ['structure-admin'])).rejects.toMatchObject({
      code: 'validation.failed',
    });
  });
});
