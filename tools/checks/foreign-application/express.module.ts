import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { KernelModule, Keyring } from '@portillon/kernel';
import { NotificationModule, notificationPersistence } from '@portillon/notification';
import { OtpModule, otpPersistence } from '@portillon/otp';
import { BadgeController } from './badge.controller';
import { BadgeEntity } from './badge.entity';
import { CreateBadge1790000000000 } from './badge.migration';
import { BadgeService } from './badge.service';

const { DATABASE_PORT, DATABASE_NAME, SMTP_URL, SECRET_KEYS } = process.env as Record<string, string>;

@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'mysql',
      host: '127.0.0.1',
      port: Number(DATABASE_PORT),
      username: 'root',
      database: DATABASE_NAME,
      timezone: 'Z',
      isolationLevel: 'READ COMMITTED',
      entities: [BadgeEntity, ...otpPersistence.entities, ...notificationPersistence.entities],
      migrations: [
        CreateBadge1790000000000,
        ...otpPersistence.migrations,
        ...notificationPersistence.migrations,
      ],
      migrationsRun: true,
    }),
    KernelModule.forRoot({ keyring: Keyring.parse(SECRET_KEYS) }),
    OtpModule.forRoot({ digits: 8 }),
    NotificationModule.forRoot({ mail: { transport: SMTP_URL, from: 'Cantine <cantine@hopital.example>' } }),
  ],
  controllers: [BadgeController],
  providers: [BadgeService],
})
export class ApplicationModule {}
