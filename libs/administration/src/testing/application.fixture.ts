import type { ApplicationEntity } from '@portillon/application';
import { Steps } from '@portillon/testing';
import type { ActJournalService, JournalAct } from '../core/act-journal.service';
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

/** What every act on an application calls, as fakes that write down what was called, and what they were given. */
export class ApplicationSteps extends Steps {
  readonly journalled: JournalAct[] = [];
  readonly administered: AdministeredApplicationService;

  readonly journal = this.of<ActJournalService>('journal', {
    recordOnApplication: async (_administrator, _application, act) => void this.journalled.push(act),
  });

  constructor(application: ApplicationEntity = orientation()) {
    super();
    this.administered = this.of<AdministeredApplicationService>('administered', {
      get: async () => application,
    });
  }
}
