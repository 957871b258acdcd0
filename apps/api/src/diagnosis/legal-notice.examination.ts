import type { INestApplicationContext } from '@nestjs/common';
import { LegalNoticeService } from '@portillon/account';
import { doubtful, fine, Finding } from './finding';

/** Whether the texts are there that the law has the operator publish: the service runs without them, and may not open. */
export async function examineLegalNotice(app: INestApplicationContext): Promise<Finding> {
  const missing = await app.get(LegalNoticeService).missing();
  if (missing.length === 0) return fine('legal', 'the texts of the law are complete');
  const advice =
    'complete them under Administration, Mentions légales, and the declaration of accessibility in the folder of SITE_STATEMENTS, before people come';
  return doubtful('legal', `not told yet: ${missing.join(', ')}`, advice);
}
