import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DAY, addMilliseconds } from '@portillon/kernel';
import { DemoService, DemoClock } from '@portillon/operation';
import { MigratorService } from '@portillon/persistence';
import { AppModule } from '../app.module';
import { Settings } from '../settings/settings';

/** Creates the demo accounts, and the application behind the gate. */
export async function seedDemo(
  app: INestApplicationContext,
  { demoApplicationUrl, dataFolder }: Settings,
): Promise<void> {
  await app.get(DemoService).seedAccounts();
  if (demoApplicationUrl) await app.get(DemoService).seedApplication(demoApplicationUrl, dataFolder);
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
    await app.get(DemoService).seedAccounts();
    await app.get(DemoService).seedHistory(clock, now, days);
  } finally {
    await app.close();
  }
}
