import { STRUCTURE, useStage } from '../harness/server/stage';
import type { Answer } from '../harness/people/answer.types';
import type { Visitor } from '../harness/people/visitor';

const STRUCTURES = '/api/admin/structures';

describe('structures of a grouping', () => {
  const stage = useStage();
  let national: Visitor;
  let region: string;
  let ght: string;
  let hospital: string;

  const create = async (name: string, changes: object = {}) => {
    const made = await national.post(STRUCTURES, { name, kind: 'grouping', ...changes });
    expect(made.outcome).toBe('201');
    return String(made.body.id);
  };
  const edit = async (id: string, changes: object, browser = national, version?: unknown) => {
    const seen = version ?? (await national.get(`${STRUCTURES}/${id}`)).body.version;
    return browser.patch(`${STRUCTURES}/${id}`, changes, { headers: { 'if-match': `"${String(seen)}"` } });
  };
  const fault = ({ outcome, body }: Answer) => [
    outcome,
    ...((body.errors ?? []) as { code: string }[]).map(({ code }) => code),
  ];
  const invalid = (reason: string) => ['422 structure.parent-invalid', reason];

  beforeAll(async () => {
    national = (await stage.signedIn({ role: 'national-admin', structureId: null })).browser;
    region = await create('Région Ouest');
    ght = await create('GHT du Littoral', { parentId: region });
    hospital = await create('Hôpital', { kind: 'establishment', finess: '750712184', parentId: ght });
  }, 30_000);

  it('are listed with their parent, by parent and by kind, and as a tree with their people', async () => {
    await stage.person({ structureId: hospital });
    const seen = await national.get(`${STRUCTURES}/${hospital}`);
    const position = { kind: 'establishment', parentId: ght, parentName: 'GHT du Littoral' };
    expect(seen.body).toMatchObject(position);
    const listed = async (query: string) =>
      ((await national.get(`${STRUCTURES}?${query}`)).body.items as { id: string }[]).map(({ id }) => id);
    expect(await listed(`parentId=${ght}`)).toEqual([hospital]);
    expect(await listed('kind=grouping')).toEqual([ght, region]);
    expect(await listed(`kind=establishment&parentId=${region}`)).toEqual([]);
    expect((await national.get(`${STRUCTURES}?kind=ghost`)).outcome).toBe('422 validation.failed');
    expect((await national.get(`${STRUCTURES}/${region}/tree`)).body).toEqual({
      items: [
        { id: ght, name: 'GHT du Littoral', kind: 'grouping', parentId: region, people: 0 },
        { id: hospital, name: 'Hôpital', kind: 'establishment', parentId: ght, people: 1 },
      ],
      total: 2,
    });
    expect((await national.get(`${STRUCTURES}/${hospital}/tree`)).body).toEqual({ items: [], total: 0 });
  });

  it('move in the version that was read, which the journal records with both parents', async () => {
    const other = await create('GHT des Landes', { parentId: region });
    const site = await create('Site', { parentId: ght });
    expect((await edit(site, { parentId: other })).body).toMatchObject({ parentName: 'GHT des Landes' });
    expect((await edit(site, { parentId: null }, national, 1)).outcome).toBe('412 precondition.failed');
    expect((await edit(site, { parentId: null })).body).toMatchObject({ parentId: null, parentName: null });
    const sql = "SELECT data FROM auditEvent WHERE structureId = ? AND name LIKE 'structure_%' ORDER BY id";
    const lines = await stage.database.rows<{ data: string }>(sql, [site]);
    expect(lines.map(({ data }) => JSON.parse(data) as object)).toEqual([
      expect.objectContaining({ parent: 'GHT du Littoral' }),
      expect.objectContaining({ previousParent: 'GHT du Littoral', parent: 'GHT des Landes' }),
      expect.objectContaining({ previousParent: 'GHT des Landes', parent: null }),
    ]);
  });

  it('have a grouping as parent, no circle and at most four levels', async () => {
    expect(fault(await edit(region, { parentId: ght }))).toEqual(invalid('parent-below'));
    expect(fault(await edit(ght, { kind: 'establishment' }))).toEqual(invalid('structures-below'));
    expect(fault(await edit(STRUCTURE.id, { parentId: hospital }))).toEqual(invalid('parent-not-grouping'));
    expect(fault(await edit(STRUCTURE.id, { parentId: 'unknown' }))).toEqual(invalid('parent-unknown'));
    const pole = await create('Pôle', { parentId: ght });
    const unit = await create('Unité', { parentId: pole });
    const fifth = { name: 'Cinquième', kind: 'grouping', parentId: unit };
    expect(fault(await national.post(STRUCTURES, fifth))).toEqual(invalid('too-many-levels'));
    const top = await create('Nation');
    const moved = await edit(region, { parentId: top });
    expect(fault(moved)).toEqual(invalid('too-many-levels'));
    const texts = moved.body.errors as unknown as { field: string; message: string }[];
    expect(texts).toMatchObject([
      { field: 'parentId', message: 'Il y aurait plus de quatre niveaux de structures.' },
    ]);
  });

  it('are moved by national administrators only', async () => {
    const { browser } = await stage.signedIn({ role: 'structure-admin', structureId: hospital });
    expect((await edit(hospital, { parentId: null }, browser)).outcome).toBe('403 permission.denied');
    expect((await browser.get(`${STRUCTURES}/${hospital}`)).body).toMatchObject({
      parentName: 'GHT du Littoral',
    });
    expect((await browser.get(`${STRUCTURES}/${STRUCTURE.id}/tree`)).outcome).toBe('404 not-found');
  });
});
