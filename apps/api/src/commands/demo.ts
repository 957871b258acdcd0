import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DAY, addMilliseconds } from '@portillon/kernel';
import {
  DemoApplicationService,
  DemoClock,
  DemoHistoryService,
  DemoPeopleService,
} from '@portillon/operation';
import { MigratorService } from '@portillon/persistence';
import { AppModule } from '../app.module';
import { Settings } from '../settings/settings';

/** Creates the demo accounts, and the application behind the gate. */
export async function seedDemo(
  app: INestApplicationContext,
  { demoApplicationUrl, dataFolder }: Settings,
): Promise<void> {
  await app.get(DemoPeopleService).seed();
  if (demoApplicationUrl) await app.get(DemoApplicationService).seed(demoApplicationUrl, dataFolder);
}

/** Before the demo serves: runs an application whose clock goes through the days before `now`. */
export async function liveDemoHistory(settings: Settings, now: Date): Promise<void> {
  const days = settings.demoHistoryDays;
  const clock = new DemoClock();
  clock.moveTo(addMilliseconds(now, -(days + 1) * DAY));
  const app = await NestFactory.createApplicationContext(AppModule.forRoot(settings, { clock }), {
    logger: ['error'],
    abortOnError: false,
  });
  try {
    await app.get(MigratorService).migrate();
    await app.get(DemoPeopleService).seed();
    await app.get(DemoHistoryService).seed(clock, now, days);
  } finally {
    await app.close();
  }
}
