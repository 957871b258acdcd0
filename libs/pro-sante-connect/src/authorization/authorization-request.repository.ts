import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { isUniqueViolation } from '@portillon/persistence';
import { Repository } from 'typeorm';
import { AuthorizationRequestEntity } from './authorization-request.entity';
import { ExpiringRepository } from '../expiring.repository';

/** The table `pscRequest`: authorization requests that came back. */
@Injectable()
export class AuthorizationRequestRepository extends ExpiringRepository<AuthorizationRequestEntity> {
  constructor(@InjectRepository(AuthorizationRequestEntity) rows: Repository<AuthorizationRequestEntity>) {
    super(rows);
  }

  /** Writes down that it is used, committed at once: the key lets one caller do so. */
  async use(request: AuthorizationRequestEntity): Promise<boolean> {
    try {
      await this.of().insert(request);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }
}
