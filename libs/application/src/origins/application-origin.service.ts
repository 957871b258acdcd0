import { Injectable } from '@nestjs/common';
import { AppError } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import type { ApplicationEntity } from '../application.entity';
import { ApplicationOriginRepository } from './application-origin.repository';

/** Maximum length; a host name has at most 253 characters. */
const LONGEST = 300;

/**
 * Origins of applications behind the gate. With two applications at one origin, an administrator of one structure
 * could close the other's application, or write its rules.
 */
@Injectable()
export class ApplicationOriginService {
  constructor(private readonly origins: ApplicationOriginRepository) {}

  /**
   * Reserves the origins of the redirect addresses for this application, also while it is disabled, so that no other
   * takes them meanwhile.
   *
   * @throws AppError `validation.failed` when another application has one of them
   */
  async hold(
    { id, kind, redirectUris }: Pick<ApplicationEntity, 'id' | 'kind' | 'redirectUris'>,
    tx: EntityManager,
  ): Promise<void> {
    if (kind !== 'gate') return;
    const origins = [...new Set(redirectUris.map((uri) => new URL(uri).origin))];
    if (origins.some((origin) => origin.length > LONGEST)) throw refusal('uri-invalid');
    if (!(await this.origins.hold(id, origins, tx))) throw refusal('origin-taken');
  }

  /** Id of the application that holds this origin, in any status. */
  async holderOf(origin: string): Promise<string | undefined> {
    return (await this.origins.byOrigin(origin))[0]?.applicationId;
  }
}

function refusal(code: 'uri-invalid' | 'origin-taken'): AppError {
  const message = 'redirectUris is not valid';
  return new AppError('validation.failed', { errors: [{ field: 'redirectUris', code, message }] });
}
