import { describeOnEveryEngine, STRUCTURE } from './harness/stage';

describeOnEveryEngine('the order of accounts', (stage) => {
  it('is the same in the list, page after page, and in its export, within reach alone', async () => {
    const { browser: national } = await stage.signedIn({ role: 'national-admin', structureId: null });
    const { browser: own } = await stage.signedIn({ role: 'structure-admin', structureId: STRUCTURE.id });
    const elsewhere = await stage.structure();
    for (const [name, structureId] of [
      ['Bruno', STRUCTURE.id],
      ['Anne', STRUCTURE.id],
      ['David', elsewhere],
      ['Chloe', STRUCTURE.id],
    ]) {
      const draft = {
        username: `sorted.${name}`,
        email: `${name}@hopital.example`,
        displayName: `Sorted ${name}`,
      };
      await national.post('/api/admin/accounts', { ...draft, structureId });
    }
    const names = (text: string) => [...text.matchAll(/"Sorted (\w+)"/g)].map(([, name]) => name);
    for (const [browser, sort, expected] of [
      [national, '-displayName', ['David', 'Chloe', 'Bruno', 'Anne']],
      [own, '-displayName', ['Chloe', 'Bruno', 'Anne']],
      [own, 'createdAt', ['Bruno', 'Anne', 'Chloe']],
    ] as const) {
      const asked = `q=sorted&sort=${sort}`;
      const first = await browser.get(`/api/admin/accounts?${asked}&limit=2`);
      const rest = await browser.get(`/api/admin/accounts?${asked}&cursor=${first.body.nextCursor}`);
      expect(names(JSON.stringify([first.body, rest.body]))).toEqual(expected);
      expect(names((await browser.get(`/api/admin/accounts/export?${asked}`)).text)).toEqual(expected);
    }
  });

  it('is none of a column that is not offered', async () => {
    const { browser } = await stage.signedIn({ role: 'national-admin', structureId: null });
    for (const path of ['accounts', 'accounts/export'])
      for (const sort of ['passwordDigest', 'id;--', '--status'])
        expect((await browser.get(`/api/admin/${path}?sort=${sort}`)).outcome).toBe('422 validation.failed');
  });
});
