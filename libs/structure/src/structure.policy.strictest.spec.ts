import { NO_POLICY, strictestOf, type StructurePolicy } from './structure.policy';

const ruling = (id: string, policy: Partial<StructurePolicy>) => ({
  structure: { id, name: id },
  policy: { ...NO_POLICY, ...policy },
});
const [JANUARY, MARCH] = [new Date('2026-01-01'), new Date('2026-03-01')];

describe('the rules of several structures', () => {
  it('of none are those of the deployment', () => {
    expect(strictestOf([])).toEqual({ policy: NO_POLICY, ruledBy: {} });
  });

  it.each<[keyof StructurePolicy, unknown, unknown]>([
    ['smsForbidden', true, false],
    ['mailFirstTimeOnly', true, false],
    ['fourEyes', true, false],
    ['sharedWorkstations', true, false],
    ['codeWindowHours', 2, 8],
    ['codeWindowHours', 0, null],
    ['proSanteConnectFrom', JANUARY, MARCH],
    ['strongMeansFrom', MARCH, null],
    ['identityRequiredFrom', JANUARY, MARCH],
    ['strongMeansReached', 2, 1],
    ['passkeyKind', 'device', 'any'],
    ['passkeyIdentity', 'proven', 'any'],
  ])('are the strictest, in any order: %s %s before %s', (name, strict, lax) => {
    const [a, b] = [ruling('a', { [name]: strict }), ruling('b', { [name]: lax })];
    for (const both of [
      [a, b],
      [b, a],
    ]) {
      const { policy, ruledBy } = strictestOf(both);
      expect([policy[name], ruledBy[name]]).toEqual([strict, { id: 'a', name: 'a' }]);
    }
  });

  it('take an app for strong where every structure that asks for strong means does', () => {
    const asking = (totpIsStrong: boolean) => ruling('a', { strongMeansFrom: MARCH, totpIsStrong });
    const lax = ruling('b', { totpIsStrong: false });
    expect(strictestOf([asking(true), lax]).policy.totpIsStrong).toBe(true);
    expect(strictestOf([asking(true), asking(false)]).policy.totpIsStrong).toBe(false);
    expect(strictestOf([lax, ruling('c', { totpIsStrong: true })]).policy.totpIsStrong).toBe(false);
  });

  it('have the networks of all', () => {
    const of = (...egressAddresses: string[]) => ruling('a', { egressAddresses });
    expect(
      strictestOf([of('192.0.2.0/24'), of('192.0.2.0/24', '198.51.100.1')]).policy.egressAddresses,
    ).toEqual(['192.0.2.0/24', '198.51.100.1']);
  });
});
