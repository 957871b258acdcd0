import { Test, type TestingModule } from '@nestjs/testing';
import { KernelModule, Keyring } from '@portillon/kernel';
import { OutboundModule } from '@portillon/outbound';
import { SettableClock } from '@portillon/testing';
import { FhirServer, organizationOf } from '../testing/fhir-server.fixture';
import { DirectoryClientService, DirectoryPause } from './directory-client.service';
import { DirectoryOrganization, DirectoryOrganizationsService } from './directory-organizations.service';
import { DIRECTORY_OPTIONS } from './practitioner-directory.service';

const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
const HOSPITAL = '750712184';
const ENTITY = '750000123';
const address = [{ line: ['12 quai des Trois Dames'], postalCode: '33000', city: 'BORDEAUX' }];

describe('the establishments of the directory', () => {
  const server = new FhirServer();
  let app: TestingModule;

  beforeAll(() => server.start());
  afterAll(() => server.stop());
  beforeEach(async () => {
    server.reset();
    app = await Test.createTestingModule({
      imports: [
        KernelModule.forRoot({ keyring, clock: new SettableClock() }),
        OutboundModule.forRoot({ allow: ['127.0.0.1'] }),
      ],
      providers: [
        DirectoryClientService,
        DirectoryOrganizationsService,
        { provide: DIRECTORY_OPTIONS, useValue: { annuaire: { url: server.url, key: 'key' } } },
      ],
    }).compile();
  });
  afterEach(() => app.close());

  async function find(...numbers: string[]): Promise<DirectoryOrganization[]> {
    const found = [];
    for await (const one of app.get(DirectoryOrganizationsService).find(numbers)) found.push(one);
    return found;
  }

  it('have name, address and legal entity', async () => {
    server.resources = [
      organizationOf(ENTITY, { id: 'ej', name: 'CHU' }),
      organizationOf(HOSPITAL, { name: 'HOPITAL', address, partOf: { reference: 'Organization/ej' } }),
    ];
    expect(await find(HOSPITAL)).toEqual([
      {
        finess: HOSPITAL,
        name: 'HOPITAL',
        town: 'BORDEAUX',
        address: '12 quai des Trois Dames, 33000 BORDEAUX',
        entity: { finess: ENTITY, name: 'CHU' },
      },
    ]);
  });

  it('are those that were asked for and are open, each with what the entry has', async () => {
    server.resources = [
      organizationOf('750000001', { active: false, name: 'CLOSED' }),
      organizationOf('750000002', { name: 'BARE' }),
      organizationOf('750000003', { name: 'OTHER' }),
    ];
    const bare = { finess: '750000002', name: 'BARE', town: '', address: '', entity: null };
    expect(await find('750000001', '750000002', '750000009')).toEqual([bare]);
  });

  it('are asked for ten at a time, and one by one where the answer is too large', async () => {
    const numbers = Array.from({ length: 12 }, (_, index) => String(750_000_100 + index));
    server.resources = numbers.map((finess) => organizationOf(finess, { name: 'x'.repeat(30_000) }));
    expect((await find(...numbers)).map(({ finess }) => finess)).toEqual(numbers);
    expect(server.asked).toHaveLength(1 + 10 + 1);
    expect(server.mostAtOnce).toBe(1);
  });

  it('are asked for later when the directory says so', async () => {
    server.behaviour = (_request, response) => {
      response.writeHead(429, { 'retry-after': '120' }).end();
      return true;
    };
    await expect(find(HOSPITAL)).rejects.toBeInstanceOf(DirectoryPause);
  });
});
