import type { StructureBrandingService } from '@portillon/structure';
import type { ApplicationService, ClientApplication } from '@portillon/application';
import type { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import { application } from '../testing/openid.fixture';
import { InteractionBrandingService } from './interaction-branding.service';

const NORD = { name: 'CHU Nord', logo: null, accent: '#b50000' };

/** The application « Agenda » waits as « request »; of the structures « nord » alone has a branding. */
function waiting(changes: Partial<ClientApplication>) {
  const asked: string[] = [];
  const artifacts = {
    find: async (_model: string, uid: string) =>
      uid === 'request' ? { params: { client_id: 'agenda' } } : undefined,
  };
  const applications = {
    getGated: async (id: string) => {
      asked.push(id);
      return id === 'agenda' ? application(changes) : undefined;
    },
  };
  const brandings = {
    shown: async (id: string) => {
      asked.push(id);
      return id === 'nord' ? NORD : undefined;
    },
  };
  const service = new InteractionBrandingService(
    artifacts as unknown as OpenidArtifactService,
    applications as unknown as ApplicationService,
    brandings as unknown as StructureBrandingService,
  );
  return { asked, branding: (uid = 'request') => service.of(uid) };
}

describe('the branding of an application that waits', () => {
  it('is that of the one structure for whose people it is', async () => {
    expect(await waiting({ audienceStructures: ['nord'] }).branding()).toEqual(NORD);
    expect(await waiting({ structureId: 'nord' }).branding()).toEqual(NORD);
    expect(await waiting({ audienceStructures: ['sud'] }).branding()).toBeUndefined();
  });

  it.each<Partial<ClientApplication>>([
    {},
    { audienceStructures: ['nord', 'sud'] },
    { audienceStructures: ['nord'], status: 'disabled' },
  ])('is none for an application with %j, and no structure is read', async (changes) => {
    const { branding, asked } = waiting(changes);
    expect([await branding(), asked]).toEqual([undefined, ['agenda']]);
  });

  it('is none for a request that is over or never was, and no application is read', async () => {
    const { branding, asked } = waiting({ audienceStructures: ['nord'] });
    expect([await branding('guessed'), asked]).toEqual([undefined, []]);
  });
});
