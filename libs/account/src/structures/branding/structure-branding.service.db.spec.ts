import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { accountPersistence } from '../../account.persistence';
import { accountServices } from '../../testing/account.fixture';
import { NO_POLICY } from '@portillon/structure';
import type { NewBranding } from '@portillon/structure';

const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>';
const CLEANED = LOGO.replace('/></svg>', '></path></svg>');

describeOnEveryEngine('the branding of a structure', [accountPersistence], (bench) => {
  let services: ReturnType<typeof accountServices>;
  let id: string;

  beforeEach(async () => {
    services = accountServices(bench.dataSource, new SettableClock());
    await bench.empty();
    const made = await services.structures.create('Hôpital Nord');
    id = made.status === 'created' ? made.structure.id : '';
  });
  const set = (branding: NewBranding, version: number) =>
    bench.transactions.run((tx) => services.brandings.set(id, branding, version, tx));
  const branding = async () => (await services.structures.get(id))!.branding;

  it('has a name, a sanitised logo and a readable colour', async () => {
    expect(await branding()).toEqual({ displayName: null, logo: null, accent: null });
    await set({ displayName: ' CHU Nord ', logo: LOGO, accent: '#FF0000' }, 1);
    const kept = await branding();
    expect(kept).toEqual({
      displayName: 'CHU Nord',
      logo: expect.stringMatching(/^[0-9a-f]{64}$/),
      accent: '#b50000',
    });
    expect(await services.brandings.logo(kept.logo!)).toBe(CLEANED);
    expect(await services.brandings.logo('0'.repeat(64))).toBeUndefined();
  });

  it('is shown by its name, and not at all without any branding', async () => {
    expect(await services.brandings.shown(id)).toBeUndefined();
    expect(await services.brandings.shown('elsewhere')).toBeUndefined();
    await set({ displayName: null, accent: '#0a5650' }, 1);
    expect(await services.brandings.shown(id)).toEqual({
      name: 'Hôpital Nord',
      logo: null,
      accent: '#0a5650',
    });
  });

  it('keeps an omitted logo, and deletes a removed one', async () => {
    await set({ displayName: null, logo: LOGO, accent: null }, 1);
    const { logo } = await branding();
    await set({ displayName: 'CHU', accent: null }, 2);
    expect(await branding()).toEqual({ displayName: 'CHU', logo, accent: null });
    await set({ displayName: 'CHU', logo: null, accent: null }, 3);
    expect(await services.brandings.logo(logo!)).toBeUndefined();
  });

  it('changes in the version that was read, or not at all, and only to valid values', async () => {
    const asked = { displayName: 'CHU', accent: null };
    expect(await set(asked, 7)).toEqual({ status: 'moved' });
    for (const wrong of [{ accent: 'red' }, { logo: '<svg/>' }, { displayName: 'a\nb' }])
      await expect(set({ ...asked, ...wrong }, 1)).rejects.toMatchObject({ code: 'validation.failed' });
    expect(await branding()).toMatchObject({ displayName: null });
  });

  it('is found by an IP address of the structure', async () => {
    const policy = { ...NO_POLICY, egressAddresses: ['192.0.2.0/24'] };
    await bench.transactions.run((tx) => services.structures.setPolicy(id, policy, 1, tx));
    await set({ displayName: 'CHU Nord', logo: null, accent: '#0a5650' }, 2);
    expect(await services.structures.at('192.0.2.9')).toMatchObject([
      { name: 'Hôpital Nord', displayName: 'CHU Nord', logo: null, accent: '#0a5650' },
    ]);
  });
});
