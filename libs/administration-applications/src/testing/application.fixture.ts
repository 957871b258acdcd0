import type { ApplicationEntity } from '@portillon/application';
import { Steps } from '@portillon/testing';
import type { AdministeredApplicationService } from '../applications/administered-application.service';

/** An application of the hospital, with these changes. */
export function orientation(changes: Partial<ApplicationEntity> = {}): ApplicationEntity {
  return {
    id: 'orientation',
    name: 'Orientation',
    kind: 'web',
    structureId: 'hospital',
    authMethod: 'client_secret_basic',
    jwksUri: null,
    backchannelLogoutUri: null,
    trusted: false,
    audienceRoles: [],
    audienceStructures: [],
    audienceProfessions: [],
    resources: [],
    status: 'active',
    version: 1,
    ...changes,
  } as ApplicationEntity;
}

/** Who has access to the application, as a fake that records its calls. */
export class ApplicationSteps extends Steps {
  readonly administered = this.of<AdministeredApplicationService>('administered', {
    get: async () => orientation(),
  });
}
