import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { IdempotencyKeyEntity, IdempotencyKeyRepository } from './idempotency-key.repository';
import { IdempotencyPurgeJob, IdempotencyService } from './idempotency.service';
import { idempotencyErrors } from './idempotency.errors';
import { IdempotencyInterceptor } from './idempotency.interceptor';

/** `Idempotency-Key` on creations: `@Idempotent()`. */
@Module({
  imports: [
    PersistenceModule,
    ErrorsModule.forFeature(idempotencyErrors),
    TypeOrmModule.forFeature([IdempotencyKeyEntity]),
  ],
  providers: [IdempotencyKeyRepository, IdempotencyService, IdempotencyInterceptor, IdempotencyPurgeJob],
  exports: [IdempotencyService, IdempotencyInterceptor],
})
export class IdempotencyModule {}
