import { STRUCTURE, useStage } from './harness/stage';
import type { Visitor } from './harness/visitor';

// What the search asks of each database, `audit-search.db.spec.ts` shows on both.
describe('the journal by a reference', () => {
  const stage = useStage();
  const found = async (browser: Visitor, query: string) =>
    (await browser.get(`/api/admin/events?${query}`)).body.items as {
      name: string;
      requestId: string;
      account: { id: string };
    }[];

  it('has the code that a person reads aloud, and its request, within reach alone', async () => {
    const { browser: own } = await stage.signedIn({ role: 'structure-admin', structureId: STRUCTURE.id });
    const structureId = await stage.structure();
    const { browser: elsewhere } = await stage.signedIn({ role: 'structure-admin', structureId });
    const { browser: national } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const person = await stage.person();
    const { reference } = (await person.givePassword(stage.visitor())).body.challenge as {
      reference: string;
    };

    const [line, ...others] = await found(own, `code=${reference.toLowerCase()}`);
    expect(others).toEqual([]);
    expect(line).toMatchObject({ name: 'authn_code_sent', account: { id: person.id } });
    const request = `request=${line!.requestId}`;
    expect((await found(own, request)).map(({ requestId }) => requestId)).toContain(line!.requestId);
    expect(await found(national, `code=${reference}`)).toHaveLength(1);
    // The attacker administers another structure, and heard the reference.
    expect(await found(elsewhere, `code=${reference}`)).toEqual([]);
    expect(await found(elsewhere, request)).toEqual([]);
    expect((await elsewhere.get(`/api/admin/events?${request}&structure=${STRUCTURE.id}`)).outcome).toBe(
      '404 not-found',
    );
  });

  it('takes nothing that stands for other texts', async () => {
    const { browser } = await stage.signedIn({ role: 'national-admin', structureId: null });
    for (const query of ['code=%25%25%25%25', 'code=____', 'code=%22%7D', 'request=%25', "request='--"])
      for (const path of ['events', 'events/export'])
        expect((await browser.get(`/api/admin/${path}?${query}`)).outcome).toBe('422 validation.failed');
  });
});
