import { FindingRegistry } from './finding-registry';
import type { FindingSource } from './finding-registry';

class Coupons implements FindingSource {
  readonly subject = 'coupons';
  find = () => Promise.resolve({ state: 'well', text: '3 are left', values: { left: 3 } } as const);
}
class Tills implements FindingSource {
  readonly subject = 'tills';
  find = () => Promise.reject(new Error('the drawer is stuck'));
  check = () => Promise.reject(Object.assign(new Error('hunter2'), { code: 'ECONNREFUSED' }));
}

describe('the registry of findings', () => {
  const registry = new FindingRegistry();
  registry.register(new Tills());
  registry.register(new Coupons());

  it('checks every subject in the order of names, and continues after a failed check', async () => {
    const seen = { subject: 'coupons', state: 'well', text: '3 are left' };
    const text = 'cannot be checked (nothing listens at its address)';
    const unseen = { subject: 'tills', state: 'failing', text, unseen: true };
    expect(await registry.check()).toEqual([seen, unseen]);
    expect(await registry.check(['coupons'])).toEqual([seen]);
  });

  it('fails if a subject requested by name cannot be checked', async () => {
    await expect(registry.find('tills')).rejects.toThrow('the drawer is stuck');
    await expect(registry.find('shelves')).rejects.toThrow('No library reports on "shelves"');
  });

  it('refuses a second source of one subject, and takes the same one again', () => {
    registry.register(new Coupons());
    class Others extends Coupons {}
    expect(() => registry.register(new Others())).toThrow('Two libraries report on "coupons"');
  });
});
