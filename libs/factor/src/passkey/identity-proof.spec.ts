import type { Session } from '@portillon/session';
import { identityProofOf } from './identity-proof';

it.each<[string | null, Pick<Session, 'means' | 'proof'>]>([
  ['cpx', { means: 'cpx', proof: {} }],
  ['pro-sante-connect', { means: 'pro-sante-connect', proof: {} }],
  ['cpx', { means: 'passkey', proof: { identity: 'cpx' } }],
  [null, { means: 'passkey', proof: {} }],
  [null, { means: 'password', proof: { renewedBy: 'passkey' } }],
  [null, { means: 'cpx', proof: { renewedBy: 'code' } }],
  [null, { means: 'pro-sante-connect', proof: { delegated: true } }],
])('an identity is proven by %s in %j', (expected, session) => {
  expect(identityProofOf(session)).toBe(expected);
});
