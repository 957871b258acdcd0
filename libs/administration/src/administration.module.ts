import { DynamicModule, Module, Type } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module';
import { ApplicationsModule } from './applications/applications.module';
import { ConfigurationModule } from './configuration/configuration.module';
import { CoreModule } from './core/core.module';
import { DirectoryModule } from './directory/directory.module';
import type { DirectoryOptions } from './directory/directory.options';
import { ImportsModule } from './imports/imports.module';
import { IncidentModule } from './incident/incident.module';
import { JournalModule } from './journal/journal.module';
import { MeansModule } from './means/means.module';
import { ReportsModule } from './reports/reports.module';
import { SetupModule } from './setup/setup.module';
import type { SetupOptions } from './setup/setup.options';
import { StructuresModule } from './structures/structures.module';
import { WaysInModule } from './ways-in/ways-in.module';
import { WebhooksModule } from './webhooks/webhooks.module';

/** The modules of what « Administration » conducts, each made once by the application. */
export type AdministrationUses = Record<
  | 'access'
  | 'account'
  | 'application'
  | 'auth'
  | 'authenticator'
  | 'credential'
  | 'gate'
  | 'notice'
  | 'notification'
  | 'otp'
  | 'outbound'
  | 'personalData'
  | 'rateLimit'
  | 'recovery'
  | 'session'
  | 'webhook',
  DynamicModule
>;

/** « Administration »: its core and its parts, each given the modules that it uses. */
@Module({})
export class AdministrationModule {
  static forRoot(uses: AdministrationUses, options: SetupOptions & DirectoryOptions): DynamicModule {
    const { access, account, application, authenticator, notice, outbound, recovery, session } = uses;
    const core = part(CoreModule, [access, account]);
    const basis = [core, access, account];
    const structures = part(StructuresModule, [...basis, authenticator, uses.notification]);
    const applications = part(ApplicationsModule, [
      ...basis,
      structures,
      application,
      uses.auth,
      authenticator,
      uses.gate,
      outbound,
      session,
    ]);
    const waysIn = part(WaysInModule, [...basis, applications, uses.auth, authenticator]);
    const accounts = part(AccountsModule, [
      ...basis,
      waysIn,
      application,
      authenticator,
      uses.credential,
      notice,
      uses.notification,
      uses.otp,
      uses.personalData,
      recovery,
      session,
    ]);
    const imports = part(ImportsModule, [...basis, recovery]);
    const webhooks = part(WebhooksModule, [...basis, structures, session, uses.webhook]);
    const configuration = part(ConfigurationModule, [
      ...basis,
      structures,
      accounts,
      application,
      uses.gate,
      recovery,
      uses.webhook,
      webhooks,
    ]);
    const incident = part(IncidentModule, [account, notice, session]);
    const setup = {
      ...SetupModule.forRoot(options),
      imports: [...basis, uses.notification, uses.rateLimit],
    };
    const directory = { ...DirectoryModule.forRoot(options), imports: [account, outbound] };
    return {
      module: AdministrationModule,
      imports: [
        core,
        imports,
        accounts,
        waysIn,
        part(MeansModule, [...basis, authenticator, notice]),
        applications,
        configuration,
        directory,
        structures,
        part(JournalModule, [...basis, structures, application]),
        part(ReportsModule, [...basis, structures, application, directory]),
        incident,
        setup,
        webhooks,
      ],
      exports: [core, accounts, imports, applications, configuration, incident, structures, setup],
    };
  }
}

function part(module: Type, imports: DynamicModule[]): DynamicModule {
  return { module, imports };
}
