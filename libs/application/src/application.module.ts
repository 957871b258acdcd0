import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { configurableModule, ErrorsModule, registerFindings } from '@portillon/kernel';
import { acrOfMeans } from './acr.policy';
import { ApplicationPurgeJob } from './application-purge.job';
import { applicationErrors, applicationFields } from './application.errors';
import { ApplicationFindings } from './application.findings';
import {
  ACR_OF_MEANS,
  ADDRESS_RULES,
  addressRules,
  ApplicationOptions,
  OFFERED_AUTH_METHODS,
  OFFERED_PKCE_RULES,
  offeredAuthMethods,
  offeredPkceRules,
} from './application.options';
import { applicationPersistence } from './application.persistence';
import { ApplicationRepository } from './application.repository';
import { ApplicationService } from './application.service';
import { ApplicationHostService } from './origins/application-host.service';
import { ApplicationOriginRepository } from './origins/application-origin.repository';
import { ApplicationRefusalRepository } from './refusals/application-refusal.repository';
import { ApplicationRefusals } from './refusals/application-refusals.service';
import { ApplicationSecretRepository } from './secrets/application-secret.repository';
import { ApplicationSecretService } from './secrets/application-secret.service';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = configurableModule<ApplicationOptions>();

const SERVICES = [ApplicationService, ApplicationHostService, ApplicationSecretService, ApplicationRefusals];

/** Registered applications. */
@Module({
  imports: [
    ErrorsModule.forFeature(applicationErrors, applicationFields),
    TypeOrmModule.forFeature(applicationPersistence.entities),
  ],
  providers: [
    ...registerFindings(ApplicationFindings),
    ApplicationRepository,
    ApplicationOriginRepository,
    ApplicationSecretRepository,
    ApplicationRefusalRepository,
    {
      provide: ACR_OF_MEANS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: ApplicationOptions) => acrOfMeans(options.acrOfMeans),
    },
    { provide: ADDRESS_RULES, inject: [MODULE_OPTIONS_TOKEN], useFactory: addressRules },
    { provide: OFFERED_AUTH_METHODS, inject: [MODULE_OPTIONS_TOKEN], useFactory: offeredAuthMethods },
    { provide: OFFERED_PKCE_RULES, inject: [MODULE_OPTIONS_TOKEN], useFactory: offeredPkceRules },
    ...SERVICES,
    ApplicationPurgeJob,
  ],
  exports: [ACR_OF_MEANS, OFFERED_AUTH_METHODS, OFFERED_PKCE_RULES, ...SERVICES],
})
export class ApplicationModule extends ConfigurableModuleClass {}
