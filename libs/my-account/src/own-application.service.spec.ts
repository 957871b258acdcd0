import type { ApplicationService, AudienceMember } from '@portillon/application';
import type { Session } from '@portillon/session';
import { OwnApplicationService } from './own-application.service';

async function askedFor(session: object): Promise<AudienceMember[]> {
  const asked: AudienceMember[] = [];
  const openableBy = async (person: AudienceMember) => {
    asked.push(person);
    return [];
  };
  await new OwnApplicationService({ openableBy } as Partial<ApplicationService> as ApplicationService).list(
    session as Session,
  );
  return asked;
}

describe('my applications', () => {
  it('are those for my roles, my structure and the profession of my chosen activity', async () => {
    const principal = { roles: ['professional'], structure: { id: 'hospital', name: 'Hôpital' } };
    expect(await askedFor({ principal, activity: { profession: '10' } })).toEqual([
      { roles: ['professional'], structureId: 'hospital', professions: ['10'] },
    ]);
  });

  it('are those for everybody when I have neither structure nor activity', async () => {
    expect(await askedFor({ principal: { roles: [], structure: null }, activity: null })).toEqual([
      { roles: [], structureId: null, professions: [] },
    ]);
  });
});
