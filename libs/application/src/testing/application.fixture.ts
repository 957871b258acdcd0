import { Clock, SystemRandom } from '@portillon/kernel';
import type { DataSource } from 'typeorm';
import { ApplicationEntity } from '../application.entity';
import { addressRules, offeredAuthMethods, offeredPkceRules } from '../application.options';
import { ApplicationRepository } from '../application.repository';
import { ApplicationService } from '../application.service';
import { ApplicationHostService } from '../origins/application-host.service';
import {
  ApplicationOriginEntity,
  ApplicationOriginRepository,
} from '../origins/application-origin.repository';
import {
  ApplicationRefusalEntity,
  ApplicationRefusalRepository,
} from '../refusals/application-refusal.repository';
import { ApplicationRefusals } from '../refusals/application-refusals.service';
import {
  ApplicationSecretEntity,
  ApplicationSecretRepository,
} from '../secrets/application-secret.repository';
import { ApplicationSecretService } from '../secrets/application-secret.service';

/** The services of this library on a test database, as its module builds them. */
export function applicationServices(dataSource: DataSource, clock: Clock) {
  const random = new SystemRandom(clock);
  const applications = new ApplicationRepository(dataSource.getRepository(ApplicationEntity));
  const secrets = new ApplicationSecretRepository(dataSource.getRepository(ApplicationSecretEntity));
  const origins = new ApplicationOriginRepository(dataSource.getRepository(ApplicationOriginEntity));
  const refusals = new ApplicationRefusalRepository(dataSource.getRepository(ApplicationRefusalEntity));
  return {
    applications: new ApplicationService(
      applications,
      origins,
      clock,
      random,
      offeredAuthMethods({}),
      offeredPkceRules({}),
      addressRules({}),
    ),
    hosts: new ApplicationHostService(applications, addressRules({ ownUrls: ['https://portillon.example'] })),
    secrets: new ApplicationSecretService(secrets, clock, random),
    refusals: new ApplicationRefusals(refusals, clock),
  };
}
