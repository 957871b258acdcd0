import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { KernelModule, Keyring } from '@portillon/kernel';
import { NotificationModule, notificationPersistence } from '@portillon/notification';
import { OtpModule, otpPersistence } from '@portillon/otp';
import { tableOptions } from '@portillon/persistence';
import { SessionModule, sessionPersistence } from '@portillon/session';
import { BadgeController } from './badge.controller';
import { BadgeEntity } from './badge.entity';
import { CreateBadge1790000000000 } from './badge.migration';
import { BadgeService } from './badge.service';
import { DoorController } from './express.door.controller';
import { DoorService } from './express.door.service';

const PARTS = [notificationPersistence, otpPersistence, sessionPersistence];
const { DATABASE_PORT, DATABASE_NAME, SMTP_URL, SECRET_KEYS } = process.env as Record<string, string>;

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'mysql',
      host: '127.0.0.1',
      port: Number(DATABASE_PORT),
      username: 'root',
      database: DATABASE_NAME,
      ...tableOptions(PARTS, { entities: [BadgeEntity], migrations: [CreateBadge1790000000000] }),
    }),
    KernelModule.forRoot({ keyring: Keyring.parse(SECRET_KEYS) }),
    OtpModule.forRoot({ digits: 8 }),
    SessionModule.forRoot({}),
    NotificationModule.forRoot({ mail: { transport: SMTP_URL, from: 'Cantine <cantine@hopital.example>' } }),
  ],
  controllers: [BadgeController, DoorController],
  providers: [BadgeService, DoorService],
})
export class ApplicationModule {}
