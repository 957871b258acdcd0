import type { AuditData } from '@portillon/audit';
import type { AccessRefusalService, Administrator } from '@portillon/user-management';

/** Guards the fields that only a national administrator changes. @throws AppError `application.national-only` */
export function keepNational(
  refusals: AccessRefusalService,
  administrator: Administrator,
  setting: AuditData['setting'],
): Promise<never> {
  return refusals.forbid(administrator, 'national-setting', { setting }, 'application.national-only');
}
