import { AccountPhoneService, AccountService, StructureService } from '@portillon/account';
import { ApplicationSecretService, ApplicationService } from '@portillon/application';
import { AuditSealService, AuditService } from '@portillon/audit';
import { PasswordHashingService } from '@portillon/credential';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DAY, shift } from '@portillon/kernel';
import { MigratorService, Transactions } from '@portillon/persistence';
import { AppModule } from '../app.module';
import { seedDemoApplication } from '../demo/demo-application';
import { DemoClock } from '../demo/demo-clock';
import { seedDemoHistory } from '../demo/demo-history';
import { seedDemoPeople } from '../demo/demo-people';
import { Settings } from '../settings/settings';

/** The people of the demo, and the application behind the gate. */
export async function seedDemo(app: INestApplicationContext, settings: Settings): Promise<void> {
  await seedDemoPeople(demoTools(app));
  if (!settings.demoApplicationUrl) return;
  const tools = {
    transactions: app.get(Transactions),
    applications: app.get(ApplicationService),
    secrets: app.get(ApplicationSecretService),
  };
  await seedDemoApplication(tools, settings.demoApplicationUrl, settings.dataFolder);
}

/** Once, before the demo serves: an application whose clock goes through the days before `now`. */
export async function liveDemoHistory(settings: Settings, now: Date): Promise<void> {
  const days = settings.demoHistoryDays;
  const clock = new DemoClock();
  clock.moveTo(shift(now, -(days + 1) * DAY));
  const app = await NestFactory.createApplicationContext(AppModule.forRoot(settings, { clock }), {
    logger: ['error'],
    abortOnError: false,
  });
  try {
    await app.get(MigratorService).migrate();
    await seedDemoPeople(demoTools(app));
    const tools = {
      ...demoTools(app),
      audit: app.get(AuditService),
      seals: app.get(AuditSealService),
      clock,
    };
    await seedDemoHistory(tools, now, days);
  } finally {
    await app.close();
  }
}

export function demoTools(app: INestApplicationContext) {
  return {
    transactions: app.get(Transactions),
    accounts: app.get(AccountService),
    phones: app.get(AccountPhoneService),
    structures: app.get(StructureService),
    passwords: app.get(PasswordHashingService),
  };
}
