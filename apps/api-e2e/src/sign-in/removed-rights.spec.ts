import { concurrently } from '@portillon/testing/servers';
import type { Person } from '../harness/people/person';
import type { Server } from '../harness/server/server';
import { Stage, useStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const ROUNDS = 5;
const SIGN_INS = 6;

/** A role that is removed during the hashing of the person's password is in no session afterwards. */
function takesRightsAway(stage: Stage, reach: (browser: Visitor, index: number) => Visitor): void {
  let national: Visitor;

  beforeAll(async () => {
    national = (await stage.signedIn({ role: 'national-admin', structureId: null })).browser;
  }, 30_000);

  const edit = async (person: Person, changes: object) => {
    const { body } = await national.get(`/api/admin/accounts/${person.id}`);
    const headers = { 'if-match': `"${String(body.version)}"` };
    return national.patch(`/api/admin/accounts/${person.id}`, changes, { headers });
  };

  /** Signs in again and again by the password alone, in a browser that remembers the code, while `act` is done. */
  const signInDuring = async (person: Person, browser: Visitor, act: () => Promise<unknown>) => {
    const tabs = Array.from({ length: SIGN_INS }, (_, index) => reach(browser.copy(), index));
    const { errors } = await concurrently<unknown>(SIGN_INS + 1, (index) =>
      index === 0 ? act() : person.givePassword(tabs[index - 1]!),
    );
    expect(errors).toEqual([]);
    const sessions = await Promise.all(tabs.map((tab) => tab.get('/api/session')));
    return sessions.filter(({ status }) => status === 200).map(({ body }) => body.session.account);
  };

  it('of a role: no session has it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { person, browser } = await stage.signedIn({ role: 'national-admin', structureId: null });
      const accounts = await signInDuring(person, browser, () =>
        edit(person, { roles: ['professional'], structureId: null }),
      );
      for (const { roles } of accounts) expect(roles).toEqual(['professional']);
    }
  }, 60_000);

  it('of the account: no session opens, and all sessions end', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { person, browser } = await stage.signedIn();
      const accounts = await signInDuring(person, browser, () =>
        national.post(`/api/admin/accounts/${person.id}/deactivate`, {}),
      );
      expect(accounts).toEqual([]);
    }
  }, 60_000);

  it('of the address: no code goes to it any more', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const person = await stage.person();
      const newAddress = `new.${person.email}`;
      let changedAt = Infinity;
      const change = async () => {
        const sql = 'UPDATE account SET email = ?, emailKey = ?, version = version + 1 WHERE id = ?';
        await stage.database.execute(sql, [newAddress, newAddress, person.id]);
        changedAt = Date.now();
      };
      await concurrently<unknown>(3, (index) =>
        index === 0 ? change() : person.givePassword(reach(stage.visitor(), index)),
      );
      const sent = await stage.database.rows<{ sentAt: Date; destinationHint: string }>(
        'SELECT sentAt, destinationHint FROM otpChallenge WHERE subjectId = ?',
        [person.id],
      );
      const late = sent.filter(({ sentAt }) => sentAt.getTime() > changedAt);
      for (const { destinationHint } of late) expect(destinationHint).toMatch(/^n/);
    }
  }, 60_000);
}

describe('an administrator who takes away, while a person signs in,', () => {
  const stage = useStage({ engine: 'MariaDB' });

  takesRightsAway(stage, (browser) => browser);

  describe('on two servers,', () => {
    let other: Server;

    beforeAll(async () => {
      other = await stage.anotherServer();
    }, 30_000);

    takesRightsAway(stage, (browser, index) => (index % 2 ? browser.through(other.url) : browser));
  });
});
