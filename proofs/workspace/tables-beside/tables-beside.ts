import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountModule, accountPersistence, AccountSearchService, AccountService } from '@portillon/account';
import { KernelModule, Keyring } from '@portillon/kernel';
import { NotificationModule, notificationPersistence, NotificationService } from '@portillon/notification';
import { OtpModule, otpPersistence, OtpService } from '@portillon/otp';
import {
  isServerUrl,
  MigratorService,
  openDataSource,
  PersistenceModule,
  prefixed,
  tableOptions,
  Transactions,
} from '@portillon/persistence';
import { SessionModule, sessionPersistence, SessionService } from '@portillon/session';
import { Column, DataSource, Entity, Index, PrimaryColumn } from 'typeorm';
import type { MigrationInterface, QueryRunner } from 'typeorm';

declare module '@portillon/otp' {
  interface OtpPurposes {
    meal: 'meal';
  }
}

// Tables, classes and an index of the application that have our names.
@Entity('session')
@Index('sessionOfAccount', ['room'])
class SessionEntity {
  @PrimaryColumn('int')
  id!: number;

  @Column('varchar', { length: 20 })
  room!: string;
}

@Entity('account')
class AccountEntity {
  @PrimaryColumn('int')
  id!: number;

  @Column('int')
  cents!: number;
}

@Entity('notification')
class NotificationEntity {
  @PrimaryColumn('int')
  id!: number;

  @Column('int')
  hour!: number;
}

class CreateTheirs1600000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE session (id int NOT NULL PRIMARY KEY, room varchar(20) NOT NULL)');
    await runner.query('CREATE INDEX sessionOfAccount ON session (room)');
    await runner.query('CREATE TABLE account (id int NOT NULL PRIMARY KEY, cents int NOT NULL)');
    await runner.query('CREATE TABLE notification (id int NOT NULL PRIMARY KEY, hour int NOT NULL)');
  }

  async down(): Promise<void> {}
}

const url = process.env['DATABASE_URL']!;
const THEIRS = {
  entities: [SessionEntity, AccountEntity, NotificationEntity],
  migrations: [CreateTheirs1600000000000],
};
const OURS = prefixed('portillon_', [
  accountPersistence,
  notificationPersistence,
  otpPersistence,
  sessionPersistence,
]);
const mail = { transport: process.env['SMTP_URL']!, from: 'Cantine <cantine@hopital.example>' };

/** On a server, the application opens the database through TypeORM itself. */
function database(): DynamicModule {
  return isServerUrl(url)
    ? TypeOrmModule.forRoot({ type: 'mysql', url, ...tableOptions(OURS, THEIRS) })
    : PersistenceModule.forRoot({ url, parts: [...OURS, THEIRS], migrate: true });
}

@Module({
  imports: [
    KernelModule.forRoot({ keyring: Keyring.parse(process.env['SECRET_KEYS']) }),
    database(),
    PersistenceModule,
    AccountModule.forRoot({}),
    NotificationModule.forRoot({ mail }),
    OtpModule.forRoot({}),
    SessionModule.forRoot({}),
  ],
})
class AppModule {}

type App = Awaited<ReturnType<typeof NestFactory.createApplicationContext>>;

/** The tables before our libraries were added. */
async function fillTheirs(): Promise<void> {
  const source = await openDataSource({ url, parts: [THEIRS] });
  await new MigratorService(source).migrate();
  await source.manager.insert(SessionEntity, { id: 1, room: 'Amphi B' });
  await source.manager.insert(AccountEntity, { id: 1, cents: 1250 });
  await source.manager.insert(NotificationEntity, { id: 1, hour: 12 });
  await source.destroy();
}

async function useAccounts(app: App): Promise<string> {
  const draft = { username: 'claire', email: 'claire.martin@hopital.example', displayName: 'Claire Martin' };
  const created = await app.get(Transactions).run((tx) => app.get(AccountService).create(draft, tx));
  if (created.status !== 'created') return created.status;
  const { items } = await app.get(AccountSearchService).find({ text: 'mart', limit: 5 });
  const waiting = await app.get(AccountService).count({ only: 'CHANGE_PENDING' });
  return `${items[0]?.displayName ?? 'nobody'}, ${waiting} waiting`;
}

async function useCodes(app: App): Promise<string> {
  const meal = { purpose: 'meal' as const, binding: 'meal-1' };
  const whose = { subjectId: 'claire', channel: 'EMAIL' as const };
  const where = { destination: 'claire.martin@hopital.example', destinationHint: 'c•••' };
  const [otp, transactions] = [app.get(OtpService), app.get(Transactions)];
  const issued = await transactions.run((tx) => otp.issue({ ...meal, ...whose, ...where }, tx));
  const checked = await otp.check({ ...meal, code: issued.status === 'issued' ? issued.code : '' });
  const used = checked.status === 'accepted' && (await transactions.run((tx) => otp.consume(checked, tx)));
  return used ? 'used once' : checked.status;
}

async function useSessions(app: App): Promise<string> {
  const principal = { accountId: '1', username: 'claire', displayName: 'Claire', roles: [], structure: null };
  const proof = {
    means: 'password' as const,
    acr: null,
    amr: [],
    codeAcceptedAt: null,
    codeValidUntilAt: null,
  };
  const opening = { principal, ...proof, browserId: null, device: { userAgent: '', address: '192.0.2.1' } };
  const { token } = await app.get(Transactions).run((tx) => app.get(SessionService).open(opening, tx));
  return (await app.get(SessionService).find(token))?.principal.displayName ?? 'nobody';
}

function sendLetter(app: App): Promise<string> {
  const body = { title: 'Repas', paragraphs: ['Servi.'], closing: ['La cantine'] };
  const letter = {
    channel: 'EMAIL' as const,
    to: 'claire.martin@hopital.example',
    locale: 'fr',
    subject: 'Repas',
  };
  const send = app.get(NotificationService);
  return app
    .get(Transactions)
    .run((tx) => send.enqueue({ ...letter, body }, { kind: 'meal', accountId: 'claire' }, tx))
    .then((outgoing) => send.deliver(outgoing));
}

async function main(): Promise<void> {
  await fillTheirs();
  const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error', 'warn'] });
  console.log(await useAccounts(app));
  console.log(await useCodes(app));
  console.log(await useSessions(app));
  console.log(await sendLetter(app));
  const { manager } = app.get(DataSource);
  console.log((await manager.find(SessionEntity))[0]?.room);
  console.log((await manager.find(AccountEntity))[0]?.cents);
  console.log((await manager.find(NotificationEntity))[0]?.hour);
  await app.close();
}

void main();
