import { useStage } from '../harness/server/stage';

const stage = useStage({});

it('keeps the town of a structure, which is written, read, changed, exported and journalled', async () => {
  const { browser } = await stage.signedIn({ role: 'national-admin', structureId: null });
  const path = '/api/admin/structures';
  const registered = { name: 'Clinique', finess: '750712184' };
  const made = await browser.post(path, { ...registered, town: ' Saint-Étienne ' });
  expect(made).toMatchObject({ status: 201, body: { ...registered, town: 'Saint-Étienne' } });
  const { id, version } = made.body;
  expect((await browser.get(`${path}/${id}`)).body.town).toBe('Saint-Étienne');
  const wrong = await browser.post(path, { ...registered, town: 'x'.repeat(81) });
  expect([wrong.outcome, wrong.body.errors]).toMatchObject(['422 validation.failed', [{ field: 'town' }]]);
  const headers = { 'if-match': `"${version}"` };
  expect((await browser.send('PATCH', `${path}/${id}`, { town: 'Roanne' }, { headers })).body.town).toBe(
    'Roanne',
  );
  expect((await stage.command(['export'])).stdout).toContain('town: Roanne');
  const [entry] = (await browser.get('/api/admin/events?name=structure_updated')).body.items;
  expect(entry.data.fields).toEqual(['town']);
});
