import type { ApplicationService } from '@portillon/application';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { metadataOf } from '../client-metadata';

/** Presents applications as clients. Read only: administrators create them. */
export class ClientAdapter implements Adapter {
  constructor(
    private readonly applications: ApplicationService,
    /** Replaces a client's secret, which is not stored. */
    private readonly noSecret: string,
  ) {}

  async find(id: string): Promise<AdapterPayload | undefined> {
    const application = await this.applications.getClient(id);
    return application?.status === 'active' ? metadataOf(application, this.noSecret) : undefined;
  }

  async findByUid(): Promise<undefined> {
    return undefined;
  }

  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  upsert = onlyRead;
  consume = onlyRead;
  destroy = onlyRead;
  revokeByGrantId = onlyRead;
}

async function onlyRead(): Promise<never> {
  throw new Error('clients are read only');
}
