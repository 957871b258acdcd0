import type { Person } from './person';
import type { Stage } from '../server/stage';
import type { Visitor } from './visitor';

/** Makes a set in a session that was opened just now: the ten codes. */
export async function makeRecoveryCodes(browser: Visitor): Promise<string[]> {
  const { body, outcome } = await browser.post('/api/account/recovery-codes', {});
  expect(outcome).toBe('201');
  return body.codes;
}

/** A browser that was never here, in which the password of this person was given. */
export async function afterPassword(stage: Stage, person: Person) {
  const visitor = stage.visitor();
  return { visitor, begun: await person.givePassword(visitor) };
}

export function giveRecoveryCode(visitor: Visitor, code: string) {
  return visitor.post('/api/sign-in/recovery-code', { code });
}
