import type { ApplicationService } from '@portillon/application';
import { OpenidPersonalData } from './openid.personal-data';
import type { EnteredApplication, SessionClientService } from './sessions/session-client.service';

const CLAIRE = { id: 'claire', username: 'claire.martin', email: 'claire@hopital.example', nationalId: null };
const [NOON, ONE] = [new Date('2026-11-24T12:00:00Z'), new Date('2026-11-24T13:00:00Z')];

function entry(applicationId: string, createdAt: Date): EnteredApplication {
  return { sessionId: 's1', applicationId, grantId: null, createdAt, lastUsedAt: createdAt, endedAt: null };
}

it('names the applications that were entered, the latest first, also those that exist no more', async () => {
  const entries = [entry('gone', NOON), entry('agenda', ONE)];
  const clients = { entriesOf: async (id: string) => (id === 'claire' ? entries : []) };
  const applications = {
    getAll: async () => [{ id: 'agenda', name: 'The agenda' }],
  };
  const source = new OpenidPersonalData(
    clients as unknown as SessionClientService,
    applications as unknown as ApplicationService,
  );
  const exported = (await source.export(CLAIRE)).applications!;
  expect(exported.map(({ applicationId, name }) => [applicationId, name])).toEqual([
    ['agenda', 'The agenda'],
    ['gone', null],
  ]);
});
