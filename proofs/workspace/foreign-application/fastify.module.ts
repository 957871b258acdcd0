import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '@portillon/access';
import { AccountModule, accountPersistence } from '@portillon/account';
import { AuditModule, auditPersistence } from '@portillon/audit';
import { AuthModule } from '@portillon/auth';
import { CredentialModule, credentialPersistence } from '@portillon/credential';
import { KernelModule, Keyring } from '@portillon/kernel';
import { NotificationModule, notificationPersistence } from '@portillon/notification';
import { OtpModule, otpPersistence } from '@portillon/otp';
import { tableOptions } from '@portillon/persistence';
import { RateLimitModule, rateLimitPersistence } from '@portillon/rate-limit';
import { SecurityNoticeModule } from '@portillon/security-notice';
import { SessionModule, sessionPersistence } from '@portillon/session';
import { BadgeController } from './badge.controller';
import { BadgeEntity } from './badge.entity';
import { CreateBadge1790000000000 } from './badge.migration';
import { BadgeService } from './badge.service';

const { DATABASE_PORT, DATABASE_NAME, SMTP_URL, SECRET_KEYS } = process.env as Record<string, string>;

const PARTS = [
  accountPersistence,
  auditPersistence,
  credentialPersistence,
  notificationPersistence,
  otpPersistence,
  rateLimitPersistence,
  sessionPersistence,
];

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
    AuditModule,
    AccessModule.forRoot({ publicUrl: 'http://127.0.0.1' }),
    AccountModule.forRoot({}),
    AuthModule.forRoot({ serviceName: 'Cantine' }),
    CredentialModule.forRoot({}),
    NotificationModule.forRoot({ mail: { transport: SMTP_URL, from: 'Cantine <cantine@hopital.example>' } }),
    OtpModule.forRoot({}),
    RateLimitModule.forRoot({}),
    SecurityNoticeModule.forRoot({ serviceName: 'Cantine' }),
    SessionModule.forRoot({}),
  ],
  // Closed to people who are not signed in, since it is not `@Public()`.
  controllers: [BadgeController],
  providers: [BadgeService],
})
export class ApplicationModule {}
