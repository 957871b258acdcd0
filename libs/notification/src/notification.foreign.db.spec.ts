import { Injectable, Logger, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { InjectDataSource, TypeOrmModule, TypeOrmModuleOptions } from '@nestjs/typeorm';
import { KernelModule } from '@portillon/kernel';
import { openDataSource } from '@portillon/persistence';
import { describeOnEveryEngine, SmtpSink } from '@portillon/testing';
import { Column, DataSource, DataSourceOptions, Entity, PrimaryGeneratedColumn } from 'typeorm';
import {
  DispatcherService,
  NoticeService,
  NotificationModule,
  notificationPersistence,
  NotificationService,
} from './';
import { Outlet } from './testing/messages';
import { keyring } from './testing/process';

Logger.overrideLogger(false);

/** A table of the application's own. */
@Entity('appointment')
class AppointmentEntity {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ type: 'varchar', length: 100 })
  patient!: string;
}

const MESSAGES = {
  pt: {
    subject: 'A sua consulta',
    title: 'Consulta marcada',
    text: 'Até breve.',
    where: 'Local',
  },
};

/** An act of the application, in its own transaction, with its own words. */
@Injectable()
class AppointmentService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly notifications: NotificationService,
    private readonly notices: NoticeService,
  ) {}

  async make(patient: string): Promise<string> {
    const message = await this.dataSource.transaction(async (tx) => {
      await tx.getRepository(AppointmentEntity).insert({ patient });
      await this.notices.note({ subjectId: patient, kind: 'appointment', details: {} }, tx);
      await this.notifications.enqueue(
        { channel: 'SMS', to: '+351912345678', text: 'Consulta marcada' },
        { kind: 'appointment', accountId: null, when: 'later' },
        tx,
      );
      return this.notifications.enqueue(mailIn('pt'), { kind: 'appointment', accountId: null }, tx);
    });
    return this.notifications.deliver(message);
  }
}

function mailIn(locale: keyof typeof MESSAGES) {
  const { subject, title, text, where } = MESSAGES[locale];
  const details = [{ label: where, value: 'Lisboa' }];
  const body = { title, paragraphs: [text], details, closing: [] };
  return { channel: 'EMAIL', to: 'ana@clinica.example', locale, subject, body } as const;
}

/** As an application sets it up: a host and a name, or a data source that it opens itself. */
function ownTypeOrm(url: string): TypeOrmModuleOptions {
  const { hostname: host, port, username, pathname } = new URL(url, 'file:');
  const entities = [AppointmentEntity, ...notificationPersistence.entities];
  const database = pathname.slice(1);
  return { type: 'mysql', host, port: Number(port), username, database, entities } as TypeOrmModuleOptions;
}

describeOnEveryEngine(
  'an application with its own TypeOrmModule',
  [notificationPersistence],
  (fixture, engine) => {
    const own = {
      entities: [AppointmentEntity, ...notificationPersistence.entities],
      migrations: [],
    };
    const typeOrm =
      engine === 'MariaDB'
        ? () => TypeOrmModule.forRoot(ownTypeOrm(fixture.url))
        : () =>
            TypeOrmModule.forRootAsync({
              useFactory: () => ({ type: 'better-sqlite3' }) as TypeOrmModuleOptions,
              dataSourceFactory: (_?: DataSourceOptions) =>
                openDataSource({ url: fixture.url, parts: [own] }),
            });

    it('sends its own words by its own sender, in its own transaction, with nothing of ours but the kernel', async () => {
      const sink = await new SmtpSink().start();
      const outlet = new Outlet();
      const mail = { transport: sink.url, from: 'Clínica <nao-responder@clinica.example>' };

      @Module({
        imports: [
          typeOrm(),
          KernelModule.forRoot({ keyring }),
          NotificationModule.forRoot({ mail, sms: { providers: [outlet] } }),
        ],
        providers: [AppointmentService],
      })
      class Application {}

      const application = await Test.createTestingModule({ imports: [Application] }).compile();
      await application.init();
      await application.get(DataSource).getRepository(AppointmentEntity).query(CREATE[engine]);

      expect(await application.get(AppointmentService).make('ana')).toBe('SENT');
      expect(await application.get(DispatcherService).dispatchPending(10)).toBe(1);
      const notices = application.get(NoticeService);
      const due = await application.get(DataSource).transaction((tx) => notices.takeDue(10, tx));

      const received = sink.lastTo('ana@clinica.example');
      expect(received.subject).toBe('A sua consulta');
      expect(received.text).toContain('Local: Lisboa');
      expect(received.html).toContain('<html lang="pt"');
      expect(outlet.sent).toMatchObject([{ text: 'Consulta marcada' }]);
      expect(due).toMatchObject([{ subjectId: 'ana', occurrences: 1 }]);
      await application.close();
      await sink.stop();
    });
  },
);

const CREATE = {
  MariaDB: 'CREATE TABLE appointment (id int PRIMARY KEY AUTO_INCREMENT, patient varchar(100) NOT NULL)',
  embedded: 'CREATE TABLE appointment (id integer PRIMARY KEY AUTOINCREMENT, patient varchar(100) NOT NULL)',
};
