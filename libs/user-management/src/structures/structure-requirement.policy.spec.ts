import { NO_POLICY, StructurePolicy } from '@portillon/structure';
import { DeploymentLimits, requirePossible } from './structure-requirement.policy';

const DEPLOYMENT: DeploymentLimits = {
  smsAvailable: true,
  codeWindowHours: 12,
  proSanteConnectOffered: true,
  cardOffered: false,
  passkeysOffered: false,
  totpOffered: false,
};
const require = (policy: Partial<StructurePolicy>, deployment: Partial<DeploymentLimits> = {}) =>
  requirePossible({ ...NO_POLICY, ...policy }, { ...DEPLOYMENT, ...deployment });

describe('what a structure asks', () => {
  it.each<Partial<StructurePolicy>>([
    {},
    { codeWindowHours: 0 },
    { codeWindowHours: 12 },
    { smsForbidden: true },
    { mailFirstTimeOnly: true },
    { proSanteConnectFrom: new Date(0) },
    { strongMeansFrom: new Date(0) },
    { identityRequiredFrom: new Date(0) },
  ])('may be as strict as this: %j', (policy) => {
    expect(() => require(policy)).not.toThrow();
  });

  it('may want strong means where an app is the only one, and counts', () => {
    const policy = { strongMeansFrom: new Date(0), totpIsStrong: true };
    expect(() => require(policy, { proSanteConnectOffered: false, totpOffered: true })).not.toThrow();
  });

  it.each<[string, Partial<StructurePolicy>, Partial<DeploymentLimits>, keyof StructurePolicy]>([
    ['is laxer than the deployment', { codeWindowHours: 13 }, {}, 'codeWindowHours'],
    ['leaves neither mail nor SMS', { mailFirstTimeOnly: true, smsForbidden: true }, {}, 'mailFirstTimeOnly'],
    [
      'wants SMS where none leaves',
      { mailFirstTimeOnly: true },
      { smsAvailable: false },
      'mailFirstTimeOnly',
    ],
    [
      'wants a means that is not offered',
      { proSanteConnectFrom: new Date(0) },
      { proSanteConnectOffered: false },
      'proSanteConnectFrom',
    ],
    [
      'wants strong means where none is offered',
      { strongMeansFrom: new Date(0) },
      { proSanteConnectOffered: false },
      'strongMeansFrom',
    ],
    ['counts an app where none is offered', { totpIsStrong: true }, {}, 'totpIsStrong'],
  ])('is refused when it %s', (_, policy, deployment, field) => {
    expect(() => require(policy, deployment)).toThrow(
      expect.objectContaining({ code: 'validation.failed', errors: [expect.objectContaining({ field })] }),
    );
  });
});
