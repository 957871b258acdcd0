import { Injectable } from '@nestjs/common';
import { AppError } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import type { ApplicationEntity } from '../application.entity';
import { ApplicationOriginRepository } from './application-origin.repository';

/** A host name has 253 characters at most. */
const LONGEST = 300;

/**
 * Where applications behind the gate stand. Two at one origin could not be distinguished: an administrator of one
 * structure would close another's application, or write its rules.
 */
@Injectable()
export class ApplicationOriginService {
  constructor(private readonly origins: ApplicationOriginRepository) {}

  /**
   * Holds the origins of the redirect addresses for this application, though it is disabled: no other one takes the
   * place of one that is closed for a while.
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
}

function refusal(code: 'uri-invalid' | 'origin-taken'): AppError {
  const message = 'redirectUris is not valid';
  return new AppError('validation.failed', { errors: [{ field: 'redirectUris', code, message }] });
}
