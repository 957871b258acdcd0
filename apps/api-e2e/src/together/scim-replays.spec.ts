import { Machines } from '../harness/server/machine';
import { ScimClient, USER } from '../harness/applications/scim-client';
import { STRUCTURE, useSharedStage } from '../harness/server/stage';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/**
 * The requests that two directories publish, in their shapes: Entra ID (learn.microsoft.com, "Develop and plan
 * provisioning for a SCIM endpoint", read in MicrosoftDocs/entra-docs at 03cc7794) and Okta (developer.okta.com, "Okta
 * and SCIM Version 2.0").
 */
describe('the requests that directories publish', () => {
  const stage = useSharedStage();
  let scim: ScimClient;

  beforeAll(async () => {
    const machines = new Machines(stage);
    await machines.open();
    scim = new ScimClient(stage, machines, await machines.service(STRUCTURE.id));
  }, 30_000);

  const made = async (changes: object = {}) => (await scim.create(changes)).body;
  const read = async (id: unknown) => (await scim.send('GET', `Users/${id as string}`)).body;

  describe('by Entra ID', () => {
    it('probe, create, find again and read a person', async () => {
      expect((await scim.find('userName eq "non-existent user"')).body).toMatchObject({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        totalResults: 0,
      });
      const { userName, externalId, emails } = scim.resource();
      const person = {
        schemas: [USER, ENTERPRISE],
        externalId,
        userName,
        active: true,
        displayName: 'lennay',
        emails: [{ ...emails[0], primary: true }],
        meta: { resourceType: 'User' },
        name: { formatted: 'Adrian Bolt', familyName: 'Bolt', givenName: 'Adrian' },
        roles: [],
        [ENTERPRISE]: { department: 'Cardiology', manager: { value: 'x' } },
      };
      const { status, body } = await scim.send('POST', 'Users', person);
      expect([status, body.displayName, body.name]).toEqual([
        201,
        'lennay',
        { familyName: 'Bolt', givenName: 'Adrian' },
      ]);
      for (const filter of [`externalId eq "${externalId}"`, `userName eq "${userName}"`])
        expect((await scim.find(filter)).body.Resources).toMatchObject([{ id: body.id }]);
    });

    it('change several attributes at once, with capitals and paths', async () => {
      const { id, userName } = await made();
      const { status, body } = await scim.patch(
        id as string,
        { op: 'Replace', path: 'emails[type eq "work"].value', value: `new.${userName as string}` },
        { op: 'Replace', path: 'name.familyName', value: 'Durand' },
        { op: 'Add', path: 'name.formatted', value: 'Claire Durand' },
        { op: 'Add', path: `${ENTERPRISE}:department`, value: 'Cardiology' },
        { op: 'Replace', path: `${USER}:userName`, value: `u.${userName as string}` },
        { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+33612345678' },
      );
      expect([status, body]).toMatchObject([
        200,
        {
          userName: `u.${userName as string}`,
          displayName: 'Claire Durand',
          name: { givenName: 'Claire', familyName: 'Durand' },
          emails: [{ value: `new.${userName as string}`, type: 'work' }],
        },
      ]);
      expect(body).toEqual(await read(id));
    });

    it.each([
      { op: 'Replace', path: 'active', value: 'False' },
      { op: 'Replace', path: `${USER}:active`, value: 'False' },
      { op: 'Replace', value: { active: 'False' } },
      { op: 'replace', path: 'active', value: false },
    ])('disable a person: %j', async (operation) => {
      const { id } = await made();
      expect((await scim.patch(id as string, operation)).body.active).toBe(false);
      expect((await read(id)).active).toBe(false);
    });

    it('find a group by its name, without its members', async () => {
      const find = (name: string) =>
        scim.send(
          'GET',
          `Groups?excludedAttributes=members&filter=${encodeURIComponent(`displayName eq "${name}"`)}`,
        );
      expect((await find('auditor')).body).toMatchObject({ totalResults: 1, Resources: [{ id: 'auditor' }] });
      expect((await find('Cardiology')).body).toMatchObject({ totalResults: 0, Resources: [] });
      expect((await scim.send('GET', 'Groups?filter=members%20pr')).body.scimType).toBe('invalidFilter');
    });

    it('delete a person, and create the same one again', async () => {
      const { id, userName, externalId } = await made();
      expect((await scim.send('DELETE', `Users/${id as string}`)).status).toBe(204);
      expect((await scim.send('GET', `Users/${id as string}`)).status).toBe(404);
      expect((await made({ userName, externalId })).id).toBe(id);
    });
  });

  describe('by Okta', () => {
    it('probe, page, create and read a person', async () => {
      const { userName, externalId, emails } = scim.resource();
      const probe = `Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}&startIndex=1&count=100`;
      expect((await scim.send('GET', probe)).body).toMatchObject({ totalResults: 0, Resources: [] });
      expect((await scim.send('GET', 'Users?startIndex=1&count=2')).body).toMatchObject({ startIndex: 1 });
      const person = {
        schemas: [USER],
        userName,
        name: { givenName: 'Test', familyName: 'User' },
        emails,
        displayName: 'Test User',
        locale: 'en-US',
        externalId,
        groups: [],
        password: '1mz050nq',
        active: true,
      };
      const { status, body } = await scim.send('POST', 'Users', person);
      expect([status, body.name, body.active]).toEqual([201, person.name, true]);
      expect((await scim.send('GET', probe)).body).toMatchObject({ totalResults: 1, startIndex: 1 });
      expect(await read(body.id)).toEqual(body);
    });

    it('replace a whole person by PUT', async () => {
      const before = await made({ displayName: 'Claire Martin' });
      const whole = {
        ...before,
        name: { givenName: 'Another', middleName: 'Excited', familyName: 'User' },
        displayName: 'Another User',
        groups: [],
      };
      const { status, body } = await scim.send('PUT', `Users/${before.id as string}`, whole);
      expect([status, body]).toMatchObject([
        200,
        { id: before.id, displayName: 'Another User', name: { givenName: 'Another', familyName: 'User' } },
      ]);
    });

    it('close a person by a change without a path, and open them again', async () => {
      const { id } = await made();
      const set = (active: boolean) => scim.patch(id as string, { op: 'replace', value: { active } });
      expect((await set(false)).body.active).toBe(false);
      expect((await set(true)).body.active).toBe(true);
    });
  });
});
