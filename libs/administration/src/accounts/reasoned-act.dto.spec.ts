import { validateBody } from '@portillon/http';
import { EmergencyAccessRequest, ErasureWishRequest } from './account-act.dto';
import { InPersonProof, ReasonedAct } from '@portillon/user-management';

const ACTS = [
  ['the data of a person', ReasonedAct, {}],
  ['a person recognised face to face', InPersonProof, {}],
  ['an emergency access', EmergencyAccessRequest, { means: 'password', hours: 1 }],
  ['an erasure', ErasureWishRequest, { receivedOn: '2026-11-20' }],
] as const;

describe.each(ACTS)('a reason that is compulsory: %s', (_, type, rest) => {
  it('is taken with something to read in it', () => {
    expect(validateBody<object>(type, { ...rest, reason: 'lettre' })).toMatchObject({ reason: 'lettre' });
  });

  it.each(['', ' ', '\u00a0\u3000', '\u200b\u200d\ufeff', '\u3164'])('is not taken as %j', (reason) => {
    const refused = {
      code: 'validation.failed',
      errors: [{ field: 'reason', code: 'required', message: '' }],
    };
    expect(() => validateBody<object>(type, { ...rest, reason })).toThrow(expect.objectContaining(refused));
  });
});
