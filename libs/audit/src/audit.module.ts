import { Module } from '@nestjs/common';
import { Audit } from './audit';

/** Provides {@link Audit}. Needs `KernelModule` and `PersistenceModule`, the latter with `auditPersistence`. */
@Module({ providers: [Audit], exports: [Audit] })
export class AuditModule {}
