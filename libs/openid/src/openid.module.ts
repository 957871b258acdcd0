import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PersistenceModule } from '@portillon/persistence';
import { SigningKeyRepository } from './keys/signing-key.repository';
import { SigningKeyRotationService } from './keys/signing-key-rotation.service';
import { SigningKeyService } from './keys/signing-key.service';
import { OpenidPurgeJob } from './openid-purge.job';
import { openidPersistence } from './openid.persistence';

/** The OpenID provider. Needs `PersistenceModule` with `openidPersistence`, and the journal. */
@Module({
  imports: [PersistenceModule, TypeOrmModule.forFeature(openidPersistence.entities)],
  providers: [SigningKeyRepository, SigningKeyService, SigningKeyRotationService, OpenidPurgeJob],
  exports: [SigningKeyService, SigningKeyRotationService],
})
export class OpenidModule {}
